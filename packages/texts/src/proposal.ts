// What the extractor proposes: a commitment that a text may hold, with every word that the proposal rests on. A proposal is
// adopted by nobody until a person has confirmed it.

import type { Code } from '@parley/mechanism'
import type { Range } from './range.ts'
import type { TextLanguage } from './structure/language.ts'
import type { TimeRule } from './time/time-rule.ts'

/** What kind of undertaking the words are. */
export const proposalKinds = [
  'affirm',
  'commit',
  'undertake-not-to',
  'agree-to-do',
  'establish',
  'designate',
  'welcome',
] as const
export type ProposalKind = (typeof proposalKinds)[number]

/** The ladder of force is that of packs, strongest first: shall, commit, agree, decide, intend, affirm, welcome. */
export type Force = Code<'force'>

export const actorKinds = [
  /** Both sides, the parties, we. */
  'all',
  /** Each side for itself. */
  'each',
  /** One named party or side. */
  'one',
  /** Whoever is in a role: a state, the requested party, a party that receives a request. */
  'class',
  /** A body: a group, a ministry, the mechanism, its meetings. */
  'body',
  /** The words say what is to be done and not by whom. */
  'unnamed',
  /** The statement has no subject; who it is comes from the text around it. */
  'absent',
] as const
export type ActorKind = (typeof actorKinds)[number]

export interface Actor {
  readonly kind: ActorKind
  /** The words that name the actor; for an absent one, the words elsewhere in the text that it is taken from. */
  readonly range?: Range
  /** For an absent actor: what the words it is taken from say, or `all`, the parties of the text, when there are none. */
  readonly taken?: Exclude<ActorKind, 'absent' | 'unnamed'>
  /** Ids of the bodies and parties of the alias table that are named. */
  readonly ids: readonly string[]
}

/** Words that change what is owed. Those that packs know too are spelled as there. */
export const qualifierCodes = [
  'as-appropriate',
  'consistent-with-law',
  'endeavour',
  'generally-applicable',
  'knowingly',
  'should',
  'unnecessarily',
  'where-necessary',
  'where-possible',
  'with-intent',
] as const
export type QualifierCode = (typeof qualifierCodes)[number]

export interface Qualifier {
  readonly code: QualifierCode
  readonly range: Range
}

export interface Proposal {
  /** The name of the rule that found it. */
  readonly rule: string
  readonly language: TextLanguage
  /** The statement as a whole: what a pack would quote. */
  readonly range: Range
  /** The words that the rule saw: the verb, and for items of a list those that lead into it. */
  readonly operative: Range
  readonly kind: ProposalKind
  readonly force: Force
  /** True when it is not to do something. */
  readonly negative: boolean
  readonly actor: Actor
  /** What is to be done, affirmed or welcomed. */
  readonly object: Range
  readonly qualifiers: readonly Qualifier[]
  readonly conditions: readonly Range[]
  readonly times: readonly TimeRule[]
  /** The words that say that the parties host in turn. */
  readonly hosts?: Range
  /** The block of the text and, for items, their number as written. */
  readonly block: number
  readonly number?: string
}

/** A statement that looks like a commitment and is none, with the rule that says so. */
export interface Passed {
  readonly rule: string
  readonly range: Range
}
