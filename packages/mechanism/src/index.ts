// What the mechanism offers to the rooms around it.

export { type CustodyAccount, type CustodyDeed, formatCustodyText } from './evidence/custody-text.ts'
export { isVisible, listVisible, orderActs, type Act, type BodyReference } from './act.ts'
export {
  agreementTopic,
  viewInForce,
  type AgreementRefusal,
  type AgreementState,
  type AgreementType,
  type Position,
} from './agreement.ts'
export { listQuotes, type Range, type TextQuoteSelector } from './anchor.ts'
export {
  bodyContentBytesMax,
  bodyContentShape,
  formatBodyContent,
  parseBodyContent,
  titleOf,
  type BodyContent,
  type BodyContentProblem,
} from './body-content.ts'
export type { Clock } from './clocks/clocks.ts'
export { viewClocksNow } from './clocks/clocks-now.ts'
export { findAboveCeiling, isMarked, type AboveCeiling, type CeilingRefusal } from './ceiling.ts'
export { guidelinesInForce, guidelinesOf, type Agreed } from './clocks/guidelines-in-force.ts'
export { nextDue, viewClocksAtCut } from './clocks/next-due.ts'
export { codeLists, type Code, type CodeKey, type CodeList, type Role } from './codes.ts'
export {
  cutDigest,
  cutShape,
  digestStates,
  diverge,
  formatCut,
  parseCut,
  type Cut,
  type Divergence,
  type StateDigests,
} from './cut.ts'
export { directoryTopic } from './directory/directory.ts'
export { dutyOf, findStandIn, isReviewOverdue, listContactPoints, whoIsOnDuty, type Duty } from './directory/duty.ts'
export { localTime } from './directory/local-time.ts'
export type { DirectoryRefusal } from './directory/rules.ts'
export type { DirectoryType } from './directory/shapes.ts'
export type { Absence, DirectoryState, Holder, Office, PartyDirectory, Profile, Rota } from './directory/view.ts'
export { erasureTopic, type Erasure, type ErasureRefusal, type ErasureState } from './erasure.ts'
export { MechanismError, type MechanismErrorCode, type Problem } from './error.ts'
export { exceedsCeiling, handlingStrictest, joinHandling, readHandling } from './handling.ts'
export {
  calendarOf,
  findKind,
  findTarget,
  listPostponementGrounds,
  listRefusalGrounds,
  listRequired,
} from './guidelines/look-up.ts'
export type { Calendar, Guidelines, KindGuideline, Span, Target, TargetName } from './guidelines/shape.ts'
export { evidenceTopic } from './evidence/evidence.ts'
export { refuseNamedRequest, type EvidenceRefusal } from './evidence/rules.ts'
export type { EvidenceData, EvidenceType } from './evidence/shapes.ts'
export { evidenceBytesMax, evidenceSizeClass } from './evidence/size-class.ts'
export type { Custody, EvidenceState } from './evidence/view.ts'
export { listCrossings, type Crossing } from './hotline/crossing.ts'
export { countCalls, type CountedCall, type Elapsed, type HotlineFigures } from './hotline/figures.ts'
export { mayRaiseAnother, openCallsMax, openCallStatuses, type OpenCallsRefusal } from './hotline/open-calls.ts'
export { hotlineTopic } from './hotline/hotline.ts'
export {
  defaultLadder,
  firstRungs,
  ladderOf,
  nextRung,
  type HotlineLevel,
  type Ladder,
  type LadderRung,
  type Rung,
} from './hotline/ladder.ts'
export type { HotlineRefusal } from './hotline/rules.ts'
export type { HotlineType } from './hotline/shapes.ts'
export type { HotlineState } from './hotline/view.ts'
export {
  readAct,
  subjectOf,
  view,
  viewSubject,
  type EntryPart,
  type EntryPlace,
  type Reading,
  type States,
  type SubjectFound,
  type SubjectRefusal,
  type SubjectState,
} from './mechanism.ts'
export { formatPackSchema, packSourceShape, type Anchor, type PackSource } from './pack-schema.ts'
export {
  compilePack,
  listCitations,
  packDigest,
  packFileNames,
  type Commitment,
  type Pack,
  type PackText,
} from './pack.ts'
export { countPings, pingTopic, type PingFigures, type PingRefusal, type PingState, type PingType } from './ping.ts'
export { listHidden, refuseName, refuseText, type HiddenCharacter, type TextRefusal } from './plain-text.ts'
export { receiptTopic, type Receipt, type ReceiptRefusal, type ReceiptState } from './receipt.ts'
export {
  closeCut,
  replay,
  type Channel,
  type Closure,
  type LogEntry,
  type RecordRefusal,
  type Replay,
} from './replay.ts'
export { listGiven, listMissing, listParticulars, type Asked, type Guided } from './request/completeness.ts'
export { limitsOf, type Limits } from './request/limits.ts'
export { listIdentifiers, type Identifier } from './request/identifiers.ts'
export { requestTopic } from './request/request.ts'
export type { RequestRefusal } from './request/refusals.ts'
export { listSameMatter, type Matter, type SameMatter } from './request/same-matter.ts'
export { isRequesting, type RequestData, type RequestType } from './request/shapes.ts'
export type { Preservation } from './request/preservation.ts'
export type { Undertaking } from './request/undertaking.ts'
export type { RequestEnd, RequestState } from './request/view.ts'
export { formatJsonSchema, listFields, type Field, type JsonSchema } from './shape-description.ts'
export { checkShape, type Checked, type Infer, type Shape, type ShapeCode, type ShapeReason } from './shape.ts'
export { carriedReceipt, carriesReceipt, receiptField } from './time/carried-receipt.ts'
export { intervalOf, receiptOf } from './time/evidence.ts'
export type { Interval } from './time/interval.ts'
export { demandsOf, entryTypes, findType, isStanding, shapeOf, topicOf, topics } from './table.ts'
export type { Demand, EntryType, Intent, Known, Place, StandingSubject, TopicName } from './topic.ts'
export {
  judge,
  may,
  rulesVersion,
  type Context,
  type FormRefusal,
  type Refusal,
  type RuleRefusal,
  type Verdict,
} from './verdict.ts'
export {
  standings,
  type EntryTypeName,
  type FieldName,
  type ReasonKey,
  type Standing,
  type ThingKey,
  type WordKey,
} from './words/keys.ts'
export { wordKeys, wordLanguages, wordOf, type WordLanguage } from './words/words.ts'
export { areAligned, parseTextBlocks, type TextBlock } from './text-structure.ts'
