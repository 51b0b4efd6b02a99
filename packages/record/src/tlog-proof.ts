// Proofs of c2sp.org/tlog-proof: one file that shows an entry in a log, to whoever knows the log's key and holds the
// entry. It says nothing of what the entry means.

import type { Crypto } from './crypto.ts'
import { concatBytes, formatBase64, formatUtf8, parseBase64, parseUtf8 } from './bytes.ts'
import { type Checkpoint, type Log, openCheckpoint } from './checkpoint.ts'
import type { Cosignature } from './cosignature.ts'
import { divideAtEmptyLine } from './empty-line.ts'
import { RecordError } from './error.ts'
import { checkHashes, checkSize, proofHashesMax } from './merkle.ts'
import { parseNote } from './note.ts'
import { openUnderPolicy } from './policy-quorum.ts'
import type { Policy } from './policy.ts'
import { verifyInclusion } from './proof.ts'

/** The longest proof. */
export const tlogProofBytesMax = 128 * 1024

const headLine = 'c2sp.org/tlog-proof@v1'

/** A proof taken apart, with nothing verified. */
export interface TlogProof {
  readonly index: number
  /** The leaf's sibling first. */
  readonly hashes: readonly Uint8Array[]
  /** The checkpoint, byte for byte. */
  readonly note: Uint8Array
  /** What somebody wrote beside it. Nothing ever vouches for this. */
  readonly extra?: Uint8Array
}

/** What a proof proved: that the leaf stands at the index in the tree of the checkpoint. */
export interface ProvenLeaf {
  readonly index: number
  readonly leafHash: Uint8Array
  readonly checkpoint: Checkpoint
}

/**
 * @throws RecordError `proof.malformed` when there are more than 63 hashes, or the whole is too long.
 * @throws RecordError `tree.size`, `tree.hash`, `note.malformed`, `note.limit` when index, hashes or note are none.
 */
export function formatTlogProof({ index, hashes, note, extra }: TlogProof): Uint8Array {
  checkSize(index)
  checkHashes(...hashes)
  parseNote(note)
  const lines = [
    headLine,
    ...(extra === undefined ? [] : [`extra ${formatBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(formatBase64),
  ]
  const proof = concatBytes(formatUtf8(`${lines.join('\n')}\n\n`), note)
  if (hashes.length > proofHashesMax) throw malformed(`a proof has at most ${proofHashesMax} hashes`)
  if (proof.length > tlogProofBytesMax) throw malformed(`a proof is at most ${tlogProofBytesMax} bytes`)
  return proof
}

/**
 * Takes a proof apart.
 *
 * @throws RecordError `proof.malformed` unless it is exactly as the specification spells it.
 */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  if (bytes.length > tlogProofBytesMax) throw malformed(`a proof is at most ${tlogProofBytesMax} bytes`)
  const divided = divideAtEmptyLine(bytes)
  if (divided === undefined) throw malformed('no empty line divides the proof from the checkpoint')
  const note = divided.after
  try {
    parseNote(note)
    const [first, ...rest] = parseUtf8(divided.before).split('\n')
    if (first !== headLine) throw malformed(`the first line is not ${headLine}`)
    const extra = rest[0]?.startsWith('extra ') === true ? parseBase64(rest.shift()!.slice('extra '.length)) : undefined
    const [, digits] = /^index (0|[1-9][0-9]{0,15})$/.exec(rest.shift() ?? '') ?? []
    if (digits === undefined) throw malformed('no line says the index')
    if (rest.length > proofHashesMax) throw malformed(`a proof has at most ${proofHashesMax} hashes`)
    const index = Number(digits)
    const hashes = rest.map(parseBase64)
    checkSize(index)
    checkHashes(...hashes)
    return extra === undefined ? { index, hashes, note } : { index, hashes, note, extra }
  } catch (cause) {
    throw malformed('not a proof of an entry', cause)
  }
}

/**
 * Verifies that a leaf is in the log, by the signature of the log alone.
 *
 * @throws RecordError `proof.malformed` as {@link parseTlogProof}.
 * @throws RecordError with the codes of `openCheckpoint` when the checkpoint does not verify.
 * @throws RecordError `proof.inclusion` when the leaf is not in the tree, or not at that index.
 */
export async function openTlogProof(
  crypto: Crypto,
  bytes: Uint8Array,
  leafHash: Uint8Array,
  log: Log,
): Promise<ProvenLeaf> {
  const proof = parseTlogProof(bytes)
  return verifyLeaf(crypto, proof, leafHash, await openCheckpoint(crypto, proof.note, log))
}

/**
 * Verifies that a leaf is in one of the logs of a policy, and that enough witnesses saw its checkpoint.
 *
 * @param now - seconds since the epoch, as `openUnderPolicy` takes it.
 * @throws RecordError `proof.malformed`, `proof.inclusion` as {@link openTlogProof}.
 * @throws RecordError with the codes of `openUnderPolicy` when the checkpoint does not satisfy the policy.
 */
export async function openTlogProofUnderPolicy(
  crypto: Crypto,
  bytes: Uint8Array,
  leafHash: Uint8Array,
  policy: Policy,
  now?: number,
): Promise<ProvenLeaf & { readonly cosignatures: readonly Cosignature[] }> {
  const proof = parseTlogProof(bytes)
  const { checkpoint, cosignatures } = await openUnderPolicy(crypto, proof.note, policy, now)
  return { ...verifyLeaf(crypto, proof, leafHash, checkpoint), cosignatures }
}

function verifyLeaf(crypto: Crypto, proof: TlogProof, leafHash: Uint8Array, checkpoint: Checkpoint): ProvenLeaf {
  const { size, root } = checkpoint
  verifyInclusion(crypto, { index: proof.index, size, leafHash, root }, proof.hashes)
  return { index: proof.index, leafHash, checkpoint }
}

function malformed(message: string, cause?: unknown): RecordError {
  return new RecordError('proof.malformed', message, { cause })
}
