// An entry: what one party says under an agreement, as canonical JSON, and the digest that officials approve
// (docs/spec/entry.md). It checks form only: it does not know what a type means nor who may approve.

import { bodySizeClasses, type BodyReference } from './body.ts'
import { concatBytes, formatHex, formatUtf8, parseHex } from './bytes.ts'
import {
  canonicalText,
  formatCanonical,
  parseCanonical,
  type CanonicalObject,
  type CanonicalValue,
} from './canonical.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { createFieldReader } from './fields.ts'
import { governanceChannel } from './origins.ts'
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
const readApproval = createFieldReader('approval.malformed')
const readAssertion = createFieldReader('assertion.malformed')

export const partyForm = /^[a-z][a-z0-9-]{0,15}$/
export const digestForm = /^[0-9a-f]{64}$/
export const officialForm = /^[0-9a-f]{32}$/
const channelForm = /^([0-9a-f]{32}|governance)$/
const typeForm = /^(?=.{1,64}$)[a-z]+(\.[a-z]+)+$/

function parseAssertion(value: CanonicalValue | undefined): void {
  const fields = readAssertion.object(value, 'assertion', ['authenticatorData', 'clientData', 'signature'])
  readAssertion.base64(
    fields.authenticatorData,
    'authenticatorData',
    authenticatorDataBytesMin,
    authenticatorDataBytesMax,
  )
  readAssertion.base64(fields.clientData, 'clientData', 1, clientDataBytesMax)
  readAssertion.base64(fields.signature, 'assertion.signature', 1, assertionSignatureBytesMax)
}

function parseApproval(value: CanonicalValue): Approval {
  const fields = readApproval.object(value, 'approval', ['official'], ['signature', 'assertion'])
  readApproval.text(fields.official, 'approval.official', officialForm)
  if (Object.hasOwn(fields, 'signature') === Object.hasOwn(fields, 'assertion')) {
    readApproval.refuse('approval', 'not exactly one of signature and assertion')
  }
  if (Object.hasOwn(fields, 'signature')) readApproval.base64(fields.signature, 'approval.signature', 64)
  else parseAssertion(fields.assertion)
  return value as unknown as Approval
}

function parseApprovals(value: CanonicalValue | undefined): void {
  const items = readApproval.array(value, 'approvals', 0, approvalCountMax).map(parseApproval)
  readApproval.rising(items, 'approvals', (item) => item.official)
}

function parseBodyReference(value: CanonicalValue | undefined): void {
  const fields = read.object(value, 'body', ['ciphertext', 'commitment', 'size'])
  read.text(fields.ciphertext, 'body.ciphertext', digestForm)
  read.text(fields.commitment, 'body.commitment', digestForm)
  if (!bodySizeClasses.some((size) => size === fields.size)) read.refuse('body.size', 'not a size class')
}

const required = ['v', 'channel', 'from', 'type', 'at', 'seen', 'data', 'approvals']
const optional = ['subject', 'body', 'exercise']
// A governance log speaks for the party alone: about no subject, under a seal to nobody, after nothing it has seen.
const absentInGovernance = ['subject', 'body', 'exercise']

function parseFields(value: CanonicalValue): Entry {
  const fields = read.object(value, 'entry', required, optional)
  if (fields.v !== entryVersion) read.refuse('v', 'not a known version')
  const channel = read.text(fields.channel, 'channel', channelForm)
  read.text(fields.from, 'from', partyForm)
  read.text(fields.type, 'type', typeForm)
  if (Object.hasOwn(fields, 'subject')) read.text(fields.subject, 'subject', digestForm)
  read.integer(fields.at, 'at', 0, atMillisecondsMax)
  const seen = parseSeen(fields.seen)
  if (typeof fields.data !== 'object' || Array.isArray(fields.data)) read.refuse('data', 'not an object')
  if (Object.hasOwn(fields, 'body')) parseBodyReference(fields.body)
  if (Object.hasOwn(fields, 'exercise') && fields.exercise !== true) read.refuse('exercise', 'not true')
  parseApprovals(fields.approvals)
  if (channel === governanceChannel) {
    if (seen.length > 0) read.refuse('seen', 'not empty in a governance entry')
    for (const name of absentInGovernance) if (Object.hasOwn(fields, name)) read.refuse(name, 'in a governance entry')
  }
  return value as unknown as Entry
}

/**
 * The entry in a leaf's bytes, its form checked in every field. Nothing is verified: neither whose log it is in, nor what
 * it had seen, nor who approved it; see `judgeRecord`.
 *
 * @throws RecordError `json.*` or `bytes.utf8` (not canonical JSON), `entry.limit` (longer than `entryBytesMax`),
 *   `entry.malformed`, `seen.unordered`, `approval.malformed`, `assertion.malformed`.
 */
export function parseEntry(bytes: Uint8Array): Entry {
  if (bytes.length > entryBytesMax)
    throw new RecordError('entry.limit', `an entry is longer than ${entryBytesMax} bytes`)
  return parseFields(parseCanonical(bytes, limits))
}

/**
 * The bytes of an entry, which are the leaf's data. What it writes, `parseEntry` accepts.
 *
 * @throws RecordError as `parseEntry` does, for an entry that is not of the form.
 */
export function formatEntry(entry: Entry): Uint8Array {
  const bytes = formatCanonical(entry)
  parseEntry(bytes)
  return bytes
}

const entryContext = 'parley/leaf/v1\n'
const approvalContext = formatUtf8('parley/approval/v1\n')

/** SHA-256("parley/leaf/v1\n" ‖ the canonical JSON of all but the approvals), in hexadecimal: what officials approve. */
export function entryDigest(crypto: Crypto, entry: Entry | Draft): string {
  const { approvals: _approvals, ...draft } = entry as Entry
  return formatHex(crypto.sha256(formatUtf8(entryContext + canonicalText(draft))))
}

const draftContext = formatUtf8(`${entryContext}{`)

/**
 * As `entryDigest`, for the entry that `parseEntry` made of these very bytes: they are canonical, so what the digest covers
 * is in them as it is, behind the approvals, which come first by their name.
 */
export function leafEntryDigest(crypto: Crypto, bytes: Uint8Array, entry: Entry): string {
  // Nothing in an approval needs an escape or more than a byte.
  const start = '{"approvals":,'.length + JSON.stringify(entry.approvals).length
  return formatHex(crypto.sha256(concatBytes(draftContext, bytes.subarray(start))))
}

/**
 * What an Ed25519 approval signs: "parley/approval/v1\n" ‖ the 32 bytes of the digest.
 *
 * @throws RecordError `bytes.hex`.
 */
export function approvalMessage(digest: string): Uint8Array {
  return concatBytes(approvalContext, parseHex(digest))
}

/**
 * A draft with approvals, put in order.
 *
 * @throws RecordError `approval.malformed` when one official is in it twice.
 */
export function withApprovals(draft: Entry | Draft, approvals: readonly Approval[]): Entry {
  const sorted = [...approvals].sort((a, b) => (a.official < b.official ? -1 : 1))
  return { ...draft, approvals: readApproval.rising(sorted, 'approvals', (item) => item.official) }
}
