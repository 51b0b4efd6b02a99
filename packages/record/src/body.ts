// The body of an entry before it is sealed: salt, plaintext and padding to a size class, and the commitment by which the
// entry binds it (docs/spec/entry.md). It knows neither age nor what the plaintext says.

import { concatBytes, formatHex, formatUtf8 } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'

/** The lengths in bytes that an envelope may have, so that its length says little about what is in it. */
export const bodySizeClasses = [1024, 4096, 16_384, 61_440] as const
export type BodySize = (typeof bodySizeClasses)[number]

export const saltBytes = 32
const lengthBytes = 4
/** The longest plaintext that has an envelope. */
export const plaintextBytesMax = bodySizeClasses.at(-1)! - saltBytes - lengthBytes

const commitmentContext = formatUtf8('parley/body/v1\n')

/** What an entry says about its body: digests in hexadecimal, the envelope's size class in bytes. */
export interface BodyReference {
  /** SHA-256 of the sealed bytes. */
  readonly ciphertext: string
  /** {@link bodyCommitment} of what is inside. */
  readonly commitment: string
  readonly size: BodySize
}

/** What an envelope holds. */
export interface OpenedBody {
  /** 32 bytes, secret for as long as the plaintext is. */
  readonly salt: Uint8Array
  readonly plaintext: Uint8Array
}

/** The least size class that holds the plaintext. @throws RecordError `body.limit`. */
export function bodySize(plaintextLength: number): BodySize {
  const size = bodySizeClasses.find((candidate) => plaintextLength <= candidate - saltBytes - lengthBytes)
  if (size === undefined) throw new RecordError('body.limit', `a plaintext is longer than ${plaintextBytesMax} bytes`)
  return size
}

/**
 * salt[32] ‖ uint32be length ‖ plaintext ‖ zeros, of exactly the size class (the least one when none is given). The salt
 * must be fresh chance for each body.
 *
 * @throws RecordError `body.limit` when the plaintext does not fit, `body.malformed` for a salt of another length.
 */
export function formatEnvelope(salt: Uint8Array, plaintext: Uint8Array, size = bodySize(plaintext.length)): Uint8Array {
  if (salt.length !== saltBytes) throw new RecordError('body.malformed', `a salt is not ${saltBytes} bytes`)
  if (size < bodySize(plaintext.length)) throw new RecordError('body.limit', 'a plaintext does not fit its size class')
  const envelope = new Uint8Array(size)
  envelope.set(salt)
  new DataView(envelope.buffer).setUint32(saltBytes, plaintext.length)
  envelope.set(plaintext, saltBytes + lengthBytes)
  return envelope
}

/**
 * Takes an envelope apart. One pair of salt and plaintext has one envelope in each class: padding that is not zero would
 * be a place to hide things.
 *
 * @throws RecordError `body.malformed`.
 */
export function parseEnvelope(envelope: Uint8Array): OpenedBody {
  if (!bodySizeClasses.some((size) => size === envelope.length)) {
    throw new RecordError('body.malformed', 'an envelope has the length of no size class')
  }
  const start = saltBytes + lengthBytes
  const length = new DataView(envelope.buffer, envelope.byteOffset).getUint32(saltBytes)
  if (length > envelope.length - start) throw new RecordError('body.malformed', 'a plaintext ends outside its envelope')
  for (let i = start + length; i < envelope.length; i++) {
    if (envelope[i] !== 0) throw new RecordError('body.malformed', 'the padding of an envelope is not zero')
  }
  return { salt: envelope.slice(0, saltBytes), plaintext: envelope.slice(start, start + length) }
}

/** SHA-256("parley/body/v1\n" ‖ salt ‖ plaintext) in hexadecimal. The salt must be 32 bytes. */
export function bodyCommitment(crypto: Crypto, salt: Uint8Array, plaintext: Uint8Array): string {
  return formatHex(crypto.sha256(concatBytes(commitmentContext, salt, plaintext)))
}

/** @throws RecordError `body.ciphertext` unless these are the sealed bytes that the entry names. */
export function verifyCiphertext(crypto: Crypto, reference: BodyReference, sealed: Uint8Array): void {
  if (formatHex(crypto.sha256(sealed)) !== reference.ciphertext) {
    throw new RecordError('body.ciphertext', 'the sealed bytes are not those that the entry names')
  }
}

/**
 * Opens an unsealed envelope against what the entry committed to. The caller has unsealed exactly the bytes that
 * {@link verifyCiphertext} accepted.
 *
 * @throws RecordError `body.malformed`, `body.commitment` (another size class, or another salt or plaintext).
 */
export function openBody(crypto: Crypto, reference: BodyReference, envelope: Uint8Array): OpenedBody {
  const opened = parseEnvelope(envelope)
  if (envelope.length !== reference.size) {
    throw new RecordError('body.commitment', 'the envelope is of another size class than the entry says')
  }
  if (bodyCommitment(crypto, opened.salt, opened.plaintext) !== reference.commitment) {
    throw new RecordError('body.commitment', 'the body is not the one that the entry commits to')
  }
  return opened
}
