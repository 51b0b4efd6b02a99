// What `@parley/texts` offers: reading a text and finding the commitments that its words may hold.

export { findNamed, listPackAliases, mergeAliases, type Alias, type Named } from './aliases.ts'
export {
  alignedProposalsMax,
  alignedTextsMax,
  alignTexts,
  type Aligned,
  type Alignment,
  type IssuedText,
} from './alignment/align.ts'
export type { Divergence, DivergenceCode } from './alignment/divergences.ts'
export { drifts, type Drift } from './alignment/drifts.ts'
export { TextsError, type TextsErrorCode } from './error.ts'
export {
  actorKinds,
  proposalKinds,
  qualifierCodes,
  type Actor,
  type ActorKind,
  type Force,
  type Passed,
  type Proposal,
  type ProposalKind,
  type Qualifier,
  type QualifierCode,
} from './proposal.ts'
export { overlap, wordsAt, type Range } from './range.ts'
export { readText, sentencesMax, textLengthMax, type ReadOptions, type ReadText } from './read-text.ts'
export { blocksMax, readBlocks, type Block } from './structure/blocks.ts'
export { sayTimeRule, textWord, type TextWordLanguage } from './say/say.ts'
export type { TextWordKey } from './say/en.ts'
export { findLanguage, textLanguages, type TextLanguage } from './structure/language.ts'
export { splitSentences } from './structure/sentences.ts'
export { formatTimeRule, relations, type Relation, type SpanUnit, type TimeRule } from './time/time-rule.ts'
