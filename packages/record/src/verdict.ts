// The record's part of an entry's verdict: the versioned validity predicate of docs/spec/entry.md. Its order is fixed, for
// the code is part of the verdict: 1 form, 2 channel and author, 3 replay, 4 what was seen, 5 type, 6 approvals, 7 a receipt
// that it carries. A verdict follows from the log before the entry and from what it had seen, never from what came later; what the entry means is
// judged elsewhere.

import { verifyApprovals, type ApprovedBy, type Demand } from './approval.ts'
import { formatBase64 } from './bytes.ts'
import type { CanonicalObject } from './canonical.ts'
import { verifyReceipt, type CarriedReceipt } from './carried-receipt.ts'
import type { Crypto } from './crypto.ts'
import { entryDigest, parseEntry, type Entry } from './entry.ts'
import { RecordError, type RecordErrorCode } from './error.ts'
import { officialsAt, relyingPartyAt, type GovernanceState } from './governance.ts'
import type { OriginSize } from './governance-data.ts'
import { channelOrigin, governanceOrigin } from './origins.ts'
import { mergeSeen, seenSize, type Seen } from './seen.ts'

/** Raised when the predicate changes; which version rules a log is itself agreed. */
export const validityVersion = 1

/** The entry in question and all that its verdict may follow from. */
export interface RecordQuestion {
  readonly crypto: Crypto
  /** The leaf, under a head of that log that has been verified. */
  readonly bytes: Uint8Array
  /** The entry that `parseEntry` made of these very bytes and its digest, if the caller has them already. */
  readonly parsed?: { readonly entry: Entry; readonly digest: string }
  /** The channel log it is in, and whose it is. */
  readonly log: { readonly channel: string; readonly party: string }
  /** How many entries of that log are before it. */
  readonly index: number
  /** The effective seen after the entry before this one: `seen` of its verdict, or none at index 0. */
  readonly seenBefore: readonly Seen[]
  /** The origins that an entry of this log may have seen; see `listSeenOrigins`. */
  readonly seenOrigins: ReadonlySet<string>
  /** True when an earlier entry of this log, of whatever verdict, has this digest. */
  readonly replay: (digest: string) => boolean
  /** The verified root of a log at a size, or `unknown` while that size is not replicated here. */
  readonly seenRoots: (origin: string, size: number) => Uint8Array | 'unknown'
  /** The author's governance, as far as it is replicated here. */
  readonly governance: GovernanceState
  /** What a type demands; undefined for a type that is not known. */
  readonly demands: (type: string) => Demand | undefined
  /** The receipt that the data of an entry of a known type carries, if there is one of its form. */
  readonly receiptOf: (type: string, data: CanonicalObject) => CarriedReceipt | undefined
  /** The governance of another party of the channel, as far as it is replicated here; undefined for everybody else. */
  readonly otherGovernance: (party: string) => GovernanceState | undefined
}

/**
 * `seen` is the effective seen after the entry. An entry that fails one of the checks 1 to 4 adds nothing to it; any
 * other adds its own, whatever becomes of it, so that versions which know different types agree.
 */
export type RecordVerdict =
  | {
      readonly kind: 'valid'
      readonly entry: Entry
      readonly digest: string
      readonly approvedBy: readonly ApprovedBy[]
      readonly seen: readonly Seen[]
    }
  | {
      readonly kind: 'invalid'
      readonly code: RecordErrorCode
      readonly message: string
      /** Absent when the bytes are of no entry. */
      readonly digest?: string
      readonly seen: readonly Seen[]
    }
  | { readonly kind: 'unknown'; readonly entry: Entry; readonly digest: string; readonly seen: readonly Seen[] }
  /** Not yet: this log must be replicated to this size first. The later entries of the same log wait as well. */
  | { readonly kind: 'waiting'; readonly for: OriginSize }

/** Finds what is wrong with an entry's `seen`, or the first head that is not replicated here. */
function verifySeen(question: RecordQuestion, seen: readonly Seen[]): OriginSize | undefined {
  for (const { origin } of seen) {
    if (!question.seenOrigins.has(origin)) {
      throw new RecordError('seen.origin', 'the entry saw a log that is its own or not of the channel')
    }
  }
  let awaited: OriginSize | undefined
  for (const { origin, size, root } of seen) {
    const verified = question.seenRoots(origin, size)
    // A wrong root is final, so it is looked for past a head that is awaited: no verdict ever changes.
    if (verified === 'unknown') awaited ??= { origin, size }
    else if (formatBase64(verified) !== root) {
      throw new RecordError('seen.root', 'the entry saw a root that its log does not have at that size')
    }
  }
  return awaited
}

/** Check 7, or the head that must come first. */
async function judgeReceipt(
  question: RecordQuestion,
  { data, type }: Entry,
  seen: readonly Seen[],
): Promise<OriginSize | undefined> {
  const { crypto, governance, index, log, otherGovernance, receiptOf, seenRoots } = question
  const receipt = receiptOf(type, data)
  if (receipt === undefined) return undefined
  const origin = channelOrigin(governance.prefix, log.channel)
  return verifyReceipt(receipt, { crypto, origin, index, seen, otherGovernance, roots: seenRoots })
}

/** Checks 1 to 3. */
function openForm(question: RecordQuestion): { entry: Entry; digest: string } {
  const entry = question.parsed?.entry ?? parseEntry(question.bytes)
  // The adversary moves an approved entry into another log.
  if (entry.channel !== question.log.channel) throw new RecordError('entry.channel', 'the entry is of another channel')
  if (entry.from !== question.log.party) throw new RecordError('entry.from', 'the entry is by another party')
  const digest = question.parsed?.digest ?? entryDigest(question.crypto, entry)
  if (question.replay(digest)) throw new RecordError('entry.replayed', 'the log has this entry already')
  return { entry, digest }
}

/** Check 4: the effective seen after the entry and the governance size to judge it by, or what must come first. */
function judgeSeen(
  question: RecordQuestion,
  entry: Entry,
): { seen: readonly Seen[]; governanceSize: number } | { awaited: OriginSize } {
  const awaited = verifySeen(question, entry.seen)
  if (awaited !== undefined) return { awaited }
  const seen = mergeSeen(question.seenBefore, entry.seen)
  const origin = governanceOrigin(question.governance.prefix)
  const size = seenSize(seen, origin)
  if (size === 0) throw new RecordError('seen.missing', 'the entry names no head of its author’s governance log')
  if (size > question.governance.size) return { awaited: { origin, size } }
  return { seen, governanceSize: size }
}

function invalid(error: unknown, seen: readonly Seen[], digest?: string): RecordVerdict {
  if (!(error instanceof RecordError)) throw error
  const { code, message } = error
  return { kind: 'invalid', code, message, seen, ...(digest === undefined ? {} : { digest }) }
}

/**
 * Judges one entry of a channel log. Entries of a log are judged in their order, each with the effective seen that the
 * one before it left. Nothing that the entry says throws; it becomes a verdict.
 */
export async function judgeRecord(question: RecordQuestion): Promise<RecordVerdict> {
  const { crypto, governance, seenBefore } = question
  let digest: string | undefined
  let seen = seenBefore
  try {
    const form = openForm(question)
    digest = form.digest
    const judged = judgeSeen(question, form.entry)
    if ('awaited' in judged) return { kind: 'waiting', for: judged.awaited }
    seen = judged.seen
    const demand = question.demands(form.entry.type)
    if (demand === undefined) return { kind: 'unknown', entry: form.entry, digest, seen }
    const officials = officialsAt(governance, judged.governanceSize)
    const relyingParty = relyingPartyAt(governance, judged.governanceSize)
    const approvedBy = await verifyApprovals(crypto, form.entry, demand, officials, relyingParty, digest)
    const awaited = await judgeReceipt(question, form.entry, seen)
    if (awaited !== undefined) return { kind: 'waiting', for: awaited }
    return { kind: 'valid', entry: form.entry, digest, approvedBy, seen }
  } catch (error) {
    return invalid(error, seen, digest)
  }
}
