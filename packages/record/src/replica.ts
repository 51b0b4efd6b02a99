// What a delivery adds to a copy of a log: every entry is hashed into the tree and the tree must be the beginning of the
// signed head, before anything is stored. It does not know who may write what, and does not judge a fork: it only refuses.

import { equalBytes, formatHex } from './bytes.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Crypto } from './crypto.ts'
import { deliveryEnd } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { RecordError } from './error.ts'
import type { Frontier } from './frontier.ts'
import { leafHash } from './merkle.ts'
import { verifyConsistency } from './proof.ts'

/** A copy of somebody's log, as far as it goes. */
export interface HeldLog {
  readonly origin: string
  readonly frontier: Frontier
}

export interface AcceptedEntry {
  readonly index: number
  readonly bytes: Uint8Array
  readonly leafHash: Uint8Array
}

/** What a delivery proved. */
export interface VerifiedDelivery {
  /** The entries that were not held, from the held size on. */
  readonly accepted: readonly AcceptedEntry[]
  /** The log after them. The held frontier is left as it was. */
  readonly frontier: Frontier
  /** Its size. */
  readonly end: number
  /** Its root. */
  readonly root: Uint8Array
  /** The head, if the delivery shows that this log is its beginning; absent when the delivery ended before what is held. */
  readonly head?: Checkpoint
}

function refuseRoot(problem: string, cause?: unknown): RecordError {
  return new RecordError('delivery.root', `the delivery is not the beginning of its head: ${problem}`, { cause })
}

function accept(crypto: Crypto, frontier: Frontier, delivery: Delivery): AcceptedEntry[] {
  // What is held is passed over unread: it was verified when it came, and these bytes are not kept.
  return delivery.entries.slice(frontier.size - delivery.from).map((bytes) => {
    const entry = { index: frontier.size, bytes, leafHash: leafHash(crypto, bytes) }
    frontier.append(entry.leafHash)
    return entry
  })
}

/** Throws unless the tree of `end` entries is the beginning of the head. */
function verifyHead(
  crypto: Crypto,
  end: number,
  root: Uint8Array,
  head: Checkpoint,
  proof: readonly Uint8Array[],
): void {
  if (end === 0 && head.size > 0) {
    // Everything extends the empty tree.
    if (proof.length > 0) throw refuseRoot('a proof where nothing is to be proven')
    return
  }
  try {
    if (end > 0) verifyConsistency(crypto, { oldSize: end, oldRoot: root, size: head.size, root: head.root }, proof)
    else if (proof.length > 0 || !equalBytes(root, head.root)) throw refuseRoot('another empty tree')
  } catch (cause) {
    throw refuseRoot('its proof does not hold', cause)
  }
}

/**
 * Verifies a delivery against the copy that is held and the delivery's own head, whose signature the caller has verified
 * with the log key in force at that size. Same delivery, same result: one that brings nothing new accepts nothing.
 *
 * @throws RecordError `delivery.origin` when delivery, head and copy are not of one log.
 * @throws RecordError `delivery.gap` when it begins after what is held: the sender is told `held.frontier.size`.
 * @throws RecordError `delivery.malformed` when it has entries that its head does not cover.
 * @throws RecordError `delivery.root` when what is held and these entries are not the beginning of the head. Then either the
 * sender garbled something or the author signed two histories.
 */
export function verifyDelivery(crypto: Crypto, held: HeldLog, delivery: Delivery, head: Checkpoint): VerifiedDelivery {
  const size = held.frontier.size
  if (delivery.origin !== held.origin || head.origin !== held.origin) {
    throw new RecordError('delivery.origin', 'the delivery or its head is of another log')
  }
  if (delivery.from > size)
    throw new RecordError('delivery.gap', `the delivery begins at ${delivery.from} of ${size} held`)
  const end = deliveryEnd(delivery)
  if (end > head.size) throw new RecordError('delivery.malformed', 'the delivery has entries beyond its head')
  const frontier = held.frontier.copy()
  if (end < size) {
    const root = frontier.root()
    if (head.size !== size) return { accepted: [], frontier, end: size, root }
    if (!equalBytes(root, head.root)) throw refuseRoot('two roots at one size')
    return { accepted: [], frontier, end: size, root, head }
  }
  const accepted = accept(crypto, frontier, delivery)
  const root = frontier.root()
  verifyHead(crypto, end, root, head, delivery.proof)
  return { accepted, frontier, end, root, head }
}

/** The bodies of a delivery by what their bytes are. */
export interface OpenedBodies {
  /** Sealed bytes by their digest in hexadecimal. Whether any entry commits to them is not known here. */
  readonly bodies: ReadonlyMap<string, Uint8Array>
  /** Digests under which the delivery carried other bytes: these bodies are still missing. */
  readonly refused: readonly string[]
}

/**
 * Checks the digest of every body. A wrong one is left out and named rather than thrown: entries do not wait for bodies,
 * and one rotten body in the sender's store must not stop its log.
 */
export function openDeliveredBodies(crypto: Crypto, delivery: Delivery): OpenedBodies {
  const bodies = new Map<string, Uint8Array>()
  const refused: string[] = []
  for (const { digest, bytes } of delivery.bodies) {
    if (formatHex(crypto.sha256(bytes)) === digest) bodies.set(digest, bytes)
    else refused.push(digest)
  }
  return { bodies, refused }
}
