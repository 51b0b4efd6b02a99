// An entry: what one party says under an agreement, as canonical JSON, and the digest that officials approve
// (docs/spec/entry.md). It checks form only: it does not know what a type means nor who may approve.

import { bodySizeClasses, type BodyReference } from './body.ts'
import { concatBytes, formatHex, formatUtf8, parseHex } from './bytes.ts'
import { formatCanonical, parseCanonical, type CanonicalObject, type CanonicalValue } from './canonical.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { createFieldReader } from './fields.ts'
import { governanceChannel, originLengthMax, parseOrigin } from './origins.ts'
import { parseSeen, type Seen } from './seen.ts'

export const entryVersion = 1
export const entryBytesMax = 16_384
export const entryDepthMax = 8
export const typeLengthMax = 64
export const approvalCountMax = 16
/** The last millisecond of the year 9999, beyond which calendars and printed dates differ. */
export const atMillisecondsMax = 253_402_300_799_999

/** Bytes of the parts of a passkey assertion. An authenticator's data is 37 bytes and rarely has extensions. */
export const authenticatorDataBytesMin = 37
export const authenticatorDataBytesMax = 256
export const clientDataBytesMax = 1024
/** A DER signature on P-256 is at most 72 bytes. */
export const assertionSignatureBytesMax = 72

/** The parts of a passkey assertion in base64, as the browser gave them. */
export interface AssertionText {
  readonly authenticatorData: string
  readonly clientData: string
  readonly signature: string
}

/** A decision by one official: an Ed25519 signature, or a passkey assertion. */
export type Approval =
  | { readonly official: string; readonly signature: string }
  | { readonly official: string; readonly assertion: AssertionText }

export interface Entry {
  readonly v: typeof entryVersion
  /** 128 bits in hexadecimal, or `governance`. */
  readonly channel: string
  readonly from: string
  readonly type: string
  /** 64 hexadecimal digits: the digest of the subject's founding entry. */
  readonly subject?: string
  /** Milliseconds since the epoch: the author's claim, evidence of nothing. */
  readonly at: number
  readonly seen: readonly Seen[]
  readonly data: CanonicalObject
  readonly body?: BodyReference
  readonly exercise?: true
  readonly approvals: readonly Approval[]
}

/** An entry that nobody has approved yet. */
export type Draft = Omit<Entry, 'approvals'>

const limits = { bytesMax: entryBytesMax, depthMax: entryDepthMax }
const read = createFieldReader('entry.malformed')

export const partyForm = /^[a-z][a-z0-9-]{0,15}$/
export const digestForm = /^[0-9a-f]{64}$/
export const officialForm = /^[0-9a-f]{32}$/
const channelForm = /^([0-9a-f]{32}|governance)$/
const typeForm = /^(?=.{1,64}$)[a-z]+(\.[a-z]+)+$/
