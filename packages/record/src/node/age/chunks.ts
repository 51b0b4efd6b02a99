// An age file chunk by chunk, for those who seal or read it with pauses and at any place: an upload that stops and goes on, a
// file too long to hold. The chunks are those of `sealStream` and `openStream`. A key that seals lives as long as the sealer
// that drew it and no longer: two chunks sealed at one place under one key would show how they differ to whoever saw both.

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
  /**
   * Seals the next chunk; every one but the last is `payloadChunkBytes` long, and the last is empty only when it is the first.
   *
   * @throws RecordError `age.order` after the last one, and for a chunk of another length: then nothing was sealed.
   */
  seal(plaintext: Uint8Array, last: boolean): Uint8Array
}

/** @throws RecordError `age.key` as `seal`. */
export function createChunkSealer(recipients: readonly Recipient[], random: Random = randomBytes): ChunkSealer {
  const { header, nonce, payloadKey } = begin(recipients, random)
  let next = 0
  let ended = false
  return {
    start: concatBytes(header, nonce),
    seal(plaintext, last) {
      const fits = last
        ? plaintext.length <= payloadChunkBytes && (plaintext.length > 0 || next === 0)
        : plaintext.length === payloadChunkBytes
      if (ended || !fits) throw new RecordError('age.order', 'a file is sealed in whole chunks, each once and in order')
      ended = last
      return sealChunk(payloadKey, next++, last, plaintext)
    },
  }
}

/** Opens and does not seal: who goes on with a file that was left seals it anew. */
export interface ChunkOpener {
  /** What the file begins with: header and nonce. */
  readonly start: Uint8Array
  /** @throws RecordError `age.payload` unless this is chunk `index`, whole and unchanged, and last exactly if `last` says so. */
  open(index: number, last: boolean, sealed: Uint8Array): Uint8Array
}

/**
 * Reads a file from its beginning (as many bytes as hold header and nonce, or more).
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
    open: (index, last, sealed) => openChunk(payloadKey, index, last, sealed),
  }
}
