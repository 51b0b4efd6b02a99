// The payload of an age v1 file (c2sp.org/age, "Payload"): chunks of 64 KiB, each with its number and whether it is the last
// in the nonce, so that cutting off, swapping, repeating or adding a chunk is an error. It does not know where the key came from.

import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { concatBytes } from '../../bytes.ts'
import { RecordError } from '../../error.ts'

/** Plaintext bytes of every chunk but the last. */
export const payloadChunkBytes = 65_536
/** Bytes that sealing adds to a chunk. */
export const tagBytes = 16
export const nonceBytes = 16

const sealedChunkBytes = payloadChunkBytes + tagBytes
const cipherName = 'chacha20-poly1305'

export function payloadKeyOf(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32))
}

function chunkNonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  // Eleven bytes of counter; a payload of 2^48 chunks is beyond any limit here.
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = last ? 1 : 0
  return nonce
}

/** Seals chunk `index` (from 0). Every chunk but the last must have exactly `payloadChunkBytes`; the last is empty only when it is the first too. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(cipherName, key, chunkNonceOf(index, last), { authTagLength: tagBytes })
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag())
}

/** @throws RecordError `age.payload` unless this is chunk `index`, whole and unchanged, and last exactly if `last` says so. */
export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Uint8Array {
  const length = sealed.length - tagBytes
  if (length < 0) throw new RecordError('age.payload', 'the payload ends within a chunk')
  if (length === 0 && index > 0) throw new RecordError('age.payload', 'the last chunk is empty')
  const decipher = createDecipheriv(cipherName, key, chunkNonceOf(index, last), { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(length))
  const plaintext = decipher.update(sealed.subarray(0, length))
  try {
    decipher.final()
  } catch (cause) {
    throw new RecordError('age.payload', 'a chunk of the payload is not the one that was sealed', { cause })
  }
  return new Uint8Array(plaintext.buffer, plaintext.byteOffset, plaintext.length)
}

/** The sealed chunks of a whole plaintext, in order. */
export function sealPayload(key: Uint8Array, plaintext: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  let start = 0
  do {
    const end = Math.min(start + payloadChunkBytes, plaintext.length)
    chunks.push(sealChunk(key, chunks.length, end === plaintext.length, plaintext.subarray(start, end)))
    start = end
  } while (start < plaintext.length)
  return chunks
}

/** @throws RecordError `age.payload`. */
export function openPayload(key: Uint8Array, sealed: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = []
  let start = 0
  do {
    const end = Math.min(start + sealedChunkBytes, sealed.length)
    chunks.push(openChunk(key, chunks.length, end === sealed.length, sealed.subarray(start, end)))
    start = end
  } while (start < sealed.length)
  return chunks.length === 1 ? chunks[0]! : concatBytes(...chunks)
}
