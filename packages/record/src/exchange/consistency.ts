// The answer of a node that is asked whether a smaller tree is the beginning of a larger one: its root at the smaller size
// and the proof up to the larger. Format: docs/spec/delivery.md.

import { equalBytes, formatUtf8 } from '../bytes.ts'
import type { Crypto } from '../crypto.ts'
import { RecordError } from '../error.ts'
import { FrameReader, FrameWriter } from '../frame.ts'
import { hashBytes, proofHashesMax } from '../merkle.ts'
import { proveConsistency, rootAt } from '../prove.ts'
import type { LogReader } from './log-reader.ts'

const magic = formatUtf8('parley/consistency/v1\n')
const codes = { malformed: 'proof.malformed', limit: 'proof.malformed' } as const

/** Of which log, and between which sizes: 0 < oldSize < size. */
export interface ConsistencyQuestion {
  readonly origin: string
  readonly oldSize: number
  readonly size: number
}

export interface ConsistencyAnswer {
  /** The root of the answerer's copy at the old size. */
  readonly oldRoot: Uint8Array
  /** From there to its root at the size. */
  readonly proof: readonly Uint8Array[]
}

/**
 * Answers from our own copy.
 *
 * @throws RecordError `tree.size` unless 0 < oldSize < size and our copy is that large.
 */
export async function composeConsistency(
  crypto: Crypto,
  reader: LogReader,
  { origin, oldSize, size }: ConsistencyQuestion,
): Promise<Uint8Array> {
  const held = await reader.readSize(origin)
  if (held === undefined || held < size || oldSize < 1 || oldSize >= size) {
    throw new RecordError('tree.size', 'no consistency between these sizes can be proven here')
  }
  const tree = reader.treeOf(origin)
  return formatConsistency({
    oldRoot: await rootAt(crypto, tree, oldSize),
    proof: await proveConsistency(crypto, tree, oldSize, size),
  })
}

/** The bytes of an answer. */
export function formatConsistency({ oldRoot, proof }: ConsistencyAnswer): Uint8Array {
  const writer = new FrameWriter(magic.length + hashBytes + 1 + proof.length * hashBytes)
  writer.append(magic)
  writer.append(oldRoot)
  writer.number(1, proof.length)
  for (const hash of proof) writer.append(hash)
  return writer.bytes
}

/**
 * Reads an answer. Nothing in it is verified.
 *
 * @throws RecordError `proof.malformed`.
 */
export function parseConsistency(bytes: Uint8Array): ConsistencyAnswer {
  const reader = new FrameReader(bytes, codes)
  if (!equalBytes(reader.take(magic.length, 'its first line'), magic)) reader.refuse('not an answer of version 1')
  const oldRoot = reader.take(hashBytes, 'the root')
  const proof: Uint8Array[] = []
  for (let left = reader.number(1, 'the number of hashes', proofHashesMax); left > 0; left--) {
    proof.push(reader.take(hashBytes, 'the proof'))
  }
  reader.end()
  return { oldRoot, proof }
}
