// The closed lists of codes that entries and packs may carry. Codes are added, never renamed or reused; their words in
// each language are in `words/`, which does not compile while a code has none.

import { directoryCodes } from './directory-codes.ts'

/** What is asked for. The kinds follow the Budapest Convention (articles 26, 29, 30, 31, 35) and the 2015 outcomes. */
const requestKind = [
  'information',
  'legal-information',
  'technical-advice',
  'preservation',
  'preserved-traffic-data',
  'subscriber-data',
  'traffic-data',
  'content-data',
  'investigation',
  'location-of-person',
  'mitigation',
  'mutual-legal-assistance',
  'preservation-renewal',
  'takedown',
  'malware-sample',
  'malware-analysis',
  'victim-notification',
  'emergency-disclosure',
  'other',
] as const

const urgency = ['emergency', 'urgent', 'ordinary'] as const

/** Why a request cannot wait. Each urgency above `ordinary` must carry one. */
const urgencyGround = [
  'threat-to-life',
  'critical-infrastructure',
  'attack-under-way',
  'evidence-at-risk',
  'suspect-in-custody',
  'public-safety',
  'court-date',
] as const

const offence = [
  'illegal-access',
  'illegal-interception',
  'data-interference',
  'system-interference',
  'misuse-of-devices',
  'computer-forgery',
  'computer-fraud',
  'extortion',
  'phishing',
  'business-email-compromise',
  'trade-secret-theft',
  'intellectual-property',
  'child-abuse-material',
  'terrorist-use',
  'money-laundering',
  'drug-trafficking',
  'firearms-trafficking',
  'identity-theft',
  'other-offence',
] as const

/** Traffic Light Protocol 2.0. */
const handling = ['clear', 'green', 'amber', 'amber-strict', 'red'] as const

/** What a request must say, after the templates T-CY(2018)10 and T-CY(2018)11 and article 29(2). */
const particular = [
  'authority',
  'case-reference',
  'contact',
  'authenticity-contact',
  'facts',
  'applicable-law',
  'legal-basis',
  'data-sought',
  'identifiers',
  'time-range',
  'custodian',
  'relation-to-offence',
  'necessity',
  'purpose',
  'result-sought',
  'urgency-reason',
  'confidentiality',
  'formal-request-intended',
  'earlier-requests',
] as const

const returnReason = [
  'incomplete',
  'identifier-invalid',
  'too-broad',
  'facts-insufficient',
  'offence-unclear',
  'legal-basis-missing',
  'language',
  'not-authenticated',
  'wrong-authority',
  'duplicate',
  'body-unreadable',
] as const

const refusalGround = [
  'sovereignty',
  'security',
  'public-order',
  'essential-interests',
  'political-offence',
  'dual-criminality',
  'twice-for-the-same',
  'discrimination',
  'immunity-or-privilege',
  'fundamental-rights',
  'death-penalty',
  'confidentiality-not-assured',
  'domestic-law',
  'no-legal-basis',
  'disproportionate',
  'formal-request-needed',
] as const

/** What a request is to an earlier one, as the field's templates ask (T-CY(2018)10 and 11). */
const relation = ['new', 'extension', 'follow-up'] as const

/** The norms of responsible state behaviour by their letter in paragraph 13 of A/70/174. */
const norm = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'] as const

/** The triage answer: whether the substance will come (Directive 2013/40/EU, article 13). */
const will = ['yes', 'in-part', 'no', 'undecided'] as const

/** In what form the substance will come. */
const answerForm = ['information', 'evidence', 'preservation', 'technical-measure', 'formal-channel'] as const

/** How much of a request is accepted. */
const extent = ['whole', 'part'] as const

/** Why the execution of a request is put off: not refused, and not merely late. */
const postponementGround = [
  'own-investigation',
  'own-proceedings',
  'consultation',
  'conditions-to-be-agreed',
  'capacity',
] as const

/** Why data that was preserved is preserved no longer. */
const releaseGround = [
  'period-ended',
  'requesting-party-agreed',
  'court-order',
  'domestic-law',
  'provider-lost-it',
] as const

/** The way that formal assistance takes. */
const formalChannel = [
  'this-mechanism',
  'central-authority',
  'diplomatic',
  'police-organisation',
  'judicial-network',
] as const

const extensionReason = [
  'own-investigation',
  'judicial-authorisation',
  'consultation',
  'provider',
  'volume',
  'translation',
  'technical',
] as const

const stage = [
  'forwarded',
  'authorisation-sought',
  'being-executed',
  'waiting-for-provider',
  'being-reviewed',
  'being-translated',
  'being-sent',
] as const

const answerOutcome = ['full', 'part', 'nothing-found', 'not-held'] as const

/** What the answering party allows to be done with what it handed over. */
const use = ['intelligence-only', 'evidential'] as const

const condition = [
  'stated-purpose-only',
  'confidential',
  'no-onward-transfer',
  'consult-before-use',
  'return-or-destroy',
] as const

const withdrawalGround = ['no-longer-needed', 'obtained-elsewhere', 'sent-in-error', 'superseded', 'too-late'] as const

const closingOutcome = [
  'satisfied',
  'satisfied-in-part',
  'not-satisfied',
  'formal-request-follows',
  'abandoned',
  'lapsed',
] as const

/** What an answer is assessed by, each from 1 (poor) to 5 (very good). */
const criterion = ['timeliness', 'completeness', 'usefulness', 'evidential-value', 'reasons'] as const

const requestStatus = [
  'open',
  'acknowledged',
  'forwarded',
  'returned',
  'queried',
  'accepted',
  'postponed',
  'answered-in-part',
  'answered',
  'preserved',
  'released',
  'refused',
  'withdrawn',
  'closed',
  'abandoned',
  'lapsed',
  'conflict',
] as const

const turn = ['requesting', 'requested', 'nobody'] as const

const agreementStatus = ['in-force', 'not-in-force'] as const
const positionKind = ['none', 'adopted', 'withdrawn'] as const

/** The levels at which the hotline is rung, and the rungs of their ladders, the lowest first: the order is a rule. */
const hotlineLevel = ['working', 'leadership'] as const
const hotlineRung = ['duty-officer', 'head-of-unit', 'ministers-office', 'minister'] as const
const hotlineStatus = ['ringing', 'unanswered', 'declined', 'taken', 'stood-down', 'conflict'] as const
/** A test is counted apart from the use of the line. */
const hotlinePurpose = ['use', 'test'] as const
const hotlineReason = [
  'attack-under-way',
  'threat-to-life',
  'critical-infrastructure',
  'request-overdue',
  'request-stuck',
  'public-attribution',
  'scheduled-test',
  'other-matter',
] as const
const declineReason = ['busy', 'not-competent', 'no-interpreter', 'instructions-awaited', 'other-channel'] as const
const escalationGround = ['time-passed', 'call-declined', 'beyond-competence', 'gravity'] as const
const hotlineOutcome = [
  'settled',
  'goes-on-as-request',
  'goes-on-elsewhere',
  'nobody-reached',
  'merged',
  'raised-in-error',
  'test-passed',
  'test-failed',
] as const

const erasureGround = [
  'retention-ended',
  'data-subject-right',
  'court-order',
  'law',
  'sent-in-error',
  'by-agreement',
] as const

/** What an evidence file is said to be. */
const evidenceMedia = [
  'disk-image',
  'memory-image',
  'network-capture',
  'log-files',
  'malware-sample',
  'messages',
  'documents',
  'images',
  'recording',
  'database',
  'archive',
  'other-media',
] as const

/** Why a copy of evidence was opened or made. */
const custodyPurpose = [
  'examination',
  'analysis',
  'proceedings',
  'disclosure',
  'translation',
  'safekeeping',
  'other-purpose',
] as const

/** What a party says of its own copy of an item. */
const custodyStatus = ['none', 'sealed', 'given', 'received', 'opened', 'erased'] as const

const evidenceStatus = ['sealed', 'given', 'received', 'erasure-awaited', 'erased', 'conflict'] as const

/** Subjects that are there from the beginning and have a name instead of a digest. */
const standingSubject = ['agreement', 'directory'] as const

/** Officials' roles, as the governance log enrols them. */
const role = ['duty', 'liaison', 'releasing', 'policy', 'cochair', 'auditor', 'administrator', 'operator'] as const

/** The force of a commitment's verb, strongest first; the order is this project's own. */
const force = ['shall', 'commit', 'agree', 'decide', 'intend', 'affirm', 'welcome'] as const

/** Words in a commitment that change what it obliges to. */
const qualifier = [
  'as-appropriate',
  'consistent-with-law',
  'generally-applicable',
  'knowingly',
  'should',
  'unnecessarily',
  'with-intent',
] as const

const commitmentKind = [
  'principle',
  'measure',
  'abstention',
  'consultation',
  'assistance',
  'cooperation',
  'dialogue',
  'norms',
  'institution',
] as const

const actor = ['states', 'authorities', 'companies', 'lead', 'agencies'] as const

const textStatus = ['original', 'translation', 'summary'] as const

/** Spans of the calendar in which a series of meetings owes a number of them. */
const period = ['calendar-year', 'half-year', 'quarter'] as const

/** At what level a series of meetings is held. */
const level = ['ministerial', 'senior-officials', 'experts', 'working'] as const

/** Who a name in a body stands for. */
const nameRole = ['contact', 'holder', 'signatory', 'suspect', 'translator', 'victim', 'witness'] as const

const textRole = ['original', 'translation'] as const

/** Units of the spans that guidelines set. */
const spanUnit = ['hour', 'day', 'working-hour', 'working-day'] as const

/** What is owed by a time under a request. */
const clock = [
  'acknowledgement',
  'triage',
  'decision',
  'first-answer',
  'final-answer',
  'clarification',
  'preservation',
] as const

/** How a clock stands; the last four are of clocks that run no more. */
const clockState = ['in-time', 'due', 'overdue', 'paused', 'disputed', 'met', 'late', 'stopped'] as const

/** What the asking side owes while a clock stands still. */
const pauseGround = ['returned', 'queried'] as const

/** Every closed list, by the name that the words, the shapes and the documents use. */
export const codeLists = {
  ...directoryCodes,
  actor,
  agreementStatus,
  answerForm,
  answerOutcome,
  clock,
  clockState,
  closingOutcome,
  commitmentKind,
  condition,
  criterion,
  custodyPurpose,
  custodyStatus,
  declineReason,
  erasureGround,
  evidenceMedia,
  evidenceStatus,
  escalationGround,
  extensionReason,
  extent,
  force,
  formalChannel,
  handling,
  hotlineLevel,
  hotlineOutcome,
  hotlinePurpose,
  hotlineReason,
  hotlineRung,
  hotlineStatus,
  level,
  nameRole,
  norm,
  offence,
  particular,
  pauseGround,
  period,
  positionKind,
  postponementGround,
  qualifier,
  refusalGround,
  relation,
  releaseGround,
  requestKind,
  requestStatus,
  returnReason,
  role,
  spanUnit,
  stage,
  standingSubject,
  textRole,
  textStatus,
  turn,
  urgency,
  urgencyGround,
  use,
  will,
  withdrawalGround,
} as const

export type CodeList = keyof typeof codeLists
/** One code of the named list. */
export type Code<L extends CodeList> = (typeof codeLists)[L][number]
/** `list.code` for every code there is. */
export type CodeKey = { [L in CodeList]: `${L}.${Code<L>}` }[CodeList]

/** An official's role. */
export type Role = Code<'role'>
