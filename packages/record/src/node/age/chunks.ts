// An age file chunk by chunk, for those who seal or read it with pauses and at any place: an upload that stops and goes on, a
// file too long to hold. The chunks are those of `sealStream` and `openStream`; nothing secret but the payload key is held,
// and that is found again in the file's own header.

import { randomBytes } from 'node:crypto'
import { concatBytes } from '../../bytes.ts'
import { RecordError } from '../../error.ts'
import { fileKeyOf } from './open.ts'
import { headerEnd } from './header.ts'
import { nonceBytes, openChunk, payloadChunkBytes, payloadKeyOf, sealChunk, tagBytes } from './payload.ts'
import { begin } from './seal.ts'
import type { Identity, Random, Recipient } from './x25519.ts'

/** Bytes of every sealed chunk but the last. */
export const sealedChunkBytes = payloadChunkBytes + tagBytes

export interface ChunkSealer {
  /** What the file begins with: header and nonce. */
  readonly start: Uint8Array
  /** Seals chunk `index`; every one but the last is `payloadChunkBytes` long. No index may be sealed twice with other bytes. */
  seal(index: number, last: boolean, plaintext: Uint8Array): Uint8Array
}

/** @throws RecordError `age.key` as `seal`. */
export function createChunkSealer(recipients: readonly Recipient[], random: Random = randomBytes): ChunkSealer {
  const { header, nonce, payloadKey } = begin(recipients, random)
  return {
    start: concatBytes(header, nonce),
    seal: (index, last, plaintext) => sealChunk(payloadKey, index, last, plaintext),
  }
}

export interface ChunkOpener extends ChunkSealer {
  /** @throws RecordError `age.payload` unless this is chunk `index`, whole and unchanged, and last exactly if `last` says so. */
  open(index: number, last: boolean, sealed: Uint8Array): Uint8Array
}

/**
 * Takes a file up again from its beginning (as many bytes as hold header and nonce, or more).
 *
 * @throws RecordError `age.malformed`, `age.no-identity`, `age.header` as `open`.
 */
export function openChunks(beginning: Uint8Array, identities: readonly Identity[]): ChunkOpener {
  const end = headerEnd(beginning)
  if (end === undefined || beginning.length < end + nonceBytes) {
    throw new RecordError('age.malformed', 'the beginning of the age file is cut off')
  }
  const fileKey = fileKeyOf(beginning.subarray(0, end), identities)
  const payloadKey = payloadKeyOf(fileKey, beginning.subarray(end, end + nonceBytes))
  return {
    start: beginning.slice(0, end + nonceBytes),
    seal: (index, last, plaintext) => sealChunk(payloadKey, index, last, plaintext),
    open: (index, last, sealed) => openChunk(payloadKey, index, last, sealed),
  }
}
