// Which words there are: one for every code, type, standing, verdict, field and reason. The tables of each language must
// have exactly these keys, or they do not compile.

import type { AgreementType } from '../agreement.ts'
import type { BodyContentProblem } from '../body-content.ts'
import type { CeilingRefusal } from '../ceiling.ts'
import type { CodeKey } from '../codes.ts'
import type { DirectoryType } from '../directory/shapes.ts'
import type { ErasureType } from '../erasure.ts'
import type { EvidenceType } from '../evidence/shapes.ts'
import type { OpenCallsRefusal } from '../hotline/open-calls.ts'
import type { HotlineType } from '../hotline/shapes.ts'
import type { SubjectRefusal } from '../mechanism.ts'
import type { PackCode } from '../pack-rules.ts'
import type { SourceCode } from '../pack-source.ts'
import type { TextRefusal } from '../plain-text.ts'
import type { PingType } from '../ping.ts'
import type { ReceiptType } from '../receipt.ts'
import type { RequestType } from '../request/shapes.ts'
import type { ShapeCode } from '../shape.ts'
import type { TopicName } from '../topic.ts'
import type { Refusal, Verdict } from '../verdict.ts'

/** Every type of entry by its name. */
export type EntryTypeName =
  | AgreementType
  | DirectoryType
  | PingType
  | RequestType
  | EvidenceType
  | HotlineType
  | ReceiptType
  | ErasureType

/** How far an entry has come, from the weakest to the strongest. */
export const standings = ['recorded', 'published', 'witnessed', 'delivered', 'opened'] as const
export type Standing = (typeof standings)[number]

/** Names of data fields, wherever they occur. */
export const fieldNames = [
  'absence',
  'agency',
  'authorities',
  'authority',
  'by',
  'bytes',
  'callBack',
  'channels',
  'ciphertext',
  'cites',
  'commitment',
  'competence',
  'completeness',
  'conditions',
  'confirm',
  'contact',
  'days',
  'designations',
  'dualCriminality',
  'earlier',
  'entry',
  'evidential-value',
  'exceptions',
  'expected',
  'extension',
  'extent',
  'form',
  'formalities',
  'from',
  'ground',
  'handling',
  'hours',
  'key',
  'kind',
  'languages',
  'level',
  'marks',
  'matter',
  'media',
  'minutes',
  'missing',
  'norms',
  'offences',
  'office',
  'officials',
  'offsets',
  'outcome',
  'pack',
  'parent',
  'particulars',
  'party',
  'pieces',
  'position',
  'purpose',
  'reason',
  'reasons',
  'receipt',
  'recipients',
  'related',
  'relation',
  'replaces',
  'request',
  'reservations',
  'reviewBy',
  'rule',
  'rung',
  'signature',
  'size',
  'stage',
  'standIn',
  'standing',
  'standInPosition',
  'time',
  'timeliness',
  'timeZone',
  'to',
  'until',
  'urgency',
  'urgencyGrounds',
  'use',
  'usefulness',
  'useLimits',
  'wantedBy',
  'weekly',
  'will',
] as const
export type FieldName = (typeof fieldNames)[number]

/** Keys of the words for things. */
export type ThingKey =
  | CodeKey
  | `field.${FieldName}`
  | `standing.${Standing}`
  | `topic.${TopicName}`
  | `type.${EntryTypeName}`
  | `verdict.${Verdict['kind']}`

/** Keys of the words for reasons: the codes themselves. */
export type ReasonKey =
  | BodyContentProblem
  | CeilingRefusal
  | Extract<Verdict, { readonly kind: 'waiting' }>['code']
  | OpenCallsRefusal
  | PackCode
  | Refusal
  | ShapeCode
  | SourceCode
  | SubjectRefusal
  | TextRefusal

/** Keys of the words for why a pack is refused: for the command line, not for pages. */
export type PackReasonKey = Exclude<Extract<ReasonKey, `pack.${string}`>, 'pack.missing'>

export type WordKey = ThingKey | ReasonKey
