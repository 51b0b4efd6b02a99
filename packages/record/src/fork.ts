// Fork proofs: two signed heads of one log of which neither can have grown from the other. Anybody who knows the log's
// keys can check one offline, and nothing that an honest log ever signed can make one. Format: vectors/README.md.

import type { Crypto } from './crypto.ts'
import { concatBytes, equalBytes, formatUtf8 } from './bytes.ts'
import { type Checkpoint, type Log, openCheckpoint } from './checkpoint.ts'
import { RecordError } from './error.ts'
import { checkHashes, emptyRoot, hashBytes, proofHashesMax } from './merkle.ts'
import { noteBytesMax } from './note.ts'
import { verifyConsistency } from './proof.ts'
import { proveConsistency, rootAt, type TreeReader } from './prove.ts'

/** A fork proof taken apart, with nothing verified. */
export interface ForkProof {
  /** The head of the smaller size. */
  readonly smaller: Uint8Array
  readonly larger: Uint8Array
  /** Present unless both are of one size: the root that the larger tree has at the smaller size, and the proof of that. */
  readonly overlap?: { readonly root: Uint8Array; readonly proof: readonly Uint8Array[] }
}

/** What a fork proof proved: the log signed two roots for its first `size` entries. */
export interface ProvenFork {
  readonly origin: string
  readonly size: number
  /** What the smaller head says of the first `size` entries. */
  readonly smallerRoot: Uint8Array
  /** What the larger head says of them. */
  readonly largerRoot: Uint8Array
  readonly smaller: Checkpoint
  readonly larger: Checkpoint
}

const magic = formatUtf8('parley/fork/v1\n')

/** The longest fork proof. */
export const forkProofBytesMax = magic.length + 2 * (4 + noteBytesMax) + 2 + (1 + proofHashesMax) * hashBytes

/**
 * Makes a fork proof of two heads, if they are one.
 *
 * @param reader - the tree of the larger head, which the caller has replicated and verified.
 * @throws RecordError `fork.unproven` when the heads are of different logs, or agree.
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export async function composeForkProof(
  crypto: Crypto,
  one: Checkpoint,
  other: Checkpoint,
  reader: TreeReader,
): Promise<ForkProof> {
  const [smaller, larger] = isBefore(one, other) ? [one, other] : [other, one]
  if (smaller.origin !== larger.origin) throw unproven('the heads are of two logs')
  const size = smaller.size
  const root = size === larger.size ? larger.root : await rootAt(crypto, reader, size)
  if (equalBytes(root, smaller.root)) throw unproven('the smaller tree is the beginning of the larger one')
  const notes = { smaller: smaller.note, larger: larger.note }
  if (size === larger.size) return notes
  const proof = size === 0 ? [] : await proveConsistency(crypto, reader, size, larger.size)
  return { ...notes, overlap: { root, proof } }
}

/** @throws RecordError `fork.malformed` when a part is too long; `tree.hash` when a hash is none. */
export function formatForkProof({ smaller, larger, overlap }: ForkProof): Uint8Array {
  if (smaller.length > noteBytesMax || larger.length > noteBytesMax) throw malformed('a head is too long')
  const parts = [magic, formatLength(smaller), smaller, formatLength(larger), larger]
  if (overlap === undefined) return concatBytes(...parts, Uint8Array.of(0))
  checkHashes(overlap.root, ...overlap.proof)
  if (overlap.proof.length > proofHashesMax) throw malformed(`a proof has at most ${proofHashesMax} hashes`)
  return concatBytes(...parts, Uint8Array.of(1), overlap.root, Uint8Array.of(overlap.proof.length), ...overlap.proof)
}

/**
 * Takes a fork proof apart.
 *
 * @throws RecordError `fork.malformed` unless it is exactly what {@link formatForkProof} writes.
 */
export function parseForkProof(bytes: Uint8Array): ForkProof {
  let at = 0
  const take = (count: number) => {
    if (at + count > bytes.length) throw malformed('the fork proof is cut off')
    at += count
    return bytes.slice(at - count, at)
  }
  const takeNote = () => {
    const length = new DataView(take(4).buffer).getUint32(0)
    if (length > noteBytesMax) throw malformed('a head is too long')
    return take(length)
  }
  if (!equalBytes(take(magic.length), magic)) throw malformed('not a fork proof')
  const notes = { smaller: takeNote(), larger: takeNote() }
  const [overlaps] = take(1)
  if (overlaps! > 1) throw malformed('neither with nor without an overlap')
  const parsed: ForkProof = overlaps === 0 ? notes : { ...notes, overlap: takeOverlap(take) }
  if (at !== bytes.length) throw malformed('bytes after the fork proof')
  return parsed
}

function takeOverlap(take: (count: number) => Uint8Array): { root: Uint8Array; proof: Uint8Array[] } {
  const root = take(hashBytes)
  const [count] = take(1)
  if (count! > proofHashesMax) throw malformed(`a proof has at most ${proofHashesMax} hashes`)
  return { root, proof: Array.from({ length: count! }, () => take(hashBytes)) }
}

/**
 * Verifies a fork proof against the keys that may ever have signed for the log.
 *
 * @throws RecordError `fork.malformed` as {@link parseForkProof}.
 * @throws RecordError `fork.unproven`, with the cause, when the two heads are not both signed by the log or can both be
 *   true.
 */
export async function openForkProof(crypto: Crypto, bytes: Uint8Array, log: Log): Promise<ProvenFork> {
  const { smaller: smallerNote, larger: largerNote, overlap } = parseForkProof(bytes)
  const smaller = await openHead(crypto, smallerNote, log)
  const larger = await openHead(crypto, largerNote, log)
  if (!isBefore(smaller, larger)) throw unproven('the heads are not in the order of their sizes and roots')
  const { size } = smaller
  if ((overlap === undefined) !== (size === larger.size)) throw unproven('two sizes need an overlap, and one size none')
  const largerRoot = overlap?.root ?? larger.root
  try {
    if (overlap !== undefined) verifyOverlap(crypto, size, overlap, larger)
  } catch (cause) {
    throw unproven('the larger tree does not have that root at the smaller size', cause)
  }
  if (equalBytes(smaller.root, largerRoot)) throw unproven('the heads agree')
  return { origin: log.origin, size, smallerRoot: smaller.root, largerRoot, smaller, larger }
}

async function openHead(crypto: Crypto, note: Uint8Array, log: Log): Promise<Checkpoint> {
  try {
    return await openCheckpoint(crypto, note, log)
  } catch (cause) {
    throw unproven('a head is not signed by the log', cause)
  }
}

function verifyOverlap(
  crypto: Crypto,
  size: number,
  { root: oldRoot, proof }: NonNullable<ForkProof['overlap']>,
  larger: Checkpoint,
): void {
  if (size > 0) {
    verifyConsistency(crypto, { oldSize: size, oldRoot, size: larger.size, root: larger.root }, proof)
  } else if (proof.length > 0 || !equalBytes(oldRoot, emptyRoot(crypto))) {
    throw unproven('every tree begins with the empty one')
  }
}

/** The order of the heads in a proof: by size, and at one size by the bytes of the root, so that a fork has one proof. */
function isBefore(one: Checkpoint, other: Checkpoint): boolean {
  return one.size === other.size ? one.root.toHex() < other.root.toHex() : one.size < other.size
}

function formatLength(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return length
}

function malformed(message: string): RecordError {
  return new RecordError('fork.malformed', message)
}

function unproven(message: string, cause?: unknown): RecordError {
  return new RecordError('fork.unproven', `the fork is not proven: ${message}`, { cause })
}
