// Verifier keys of c2sp.org/signed-note: a name, the four bytes that tell keys of one name apart, an algorithm and a
// public key. Two algorithms, both over Ed25519; every other type is refused.

import type { Crypto } from './crypto.ts'
import { concatBytes, formatBase64, formatUtf8, parseBase64 } from './bytes.ts'
import { RecordError } from './error.ts'

/** `ed25519` signs the text of a note; `cosignature/v1` signs a time and the text of a checkpoint. */
export type NoteAlgorithm = 'ed25519' | 'cosignature/v1'

/** A key that signature lines are checked against. */
export interface VerifierKey {
  readonly name: string
  /** Eight hexadecimal digits, made from all the rest. An abbreviation: other keys with the same one are easily made. */
  readonly id: string
  readonly algorithm: NoteAlgorithm
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

const typeBytes: Readonly<Record<NoteAlgorithm, number>> = { ed25519: 1, 'cosignature/v1': 4 }

/** @throws RecordError `key.malformed` when the name or the length of the key does not do. */
export function createVerifierKey(
  crypto: Crypto,
  algorithm: NoteAlgorithm,
  name: string,
  publicKey: Uint8Array,
): VerifierKey {
  checkKeyName(name)
  if (publicKey.length !== 32) throw new RecordError('key.malformed', 'an Ed25519 public key is 32 bytes')
  const typed = concatBytes(formatUtf8(`${name}\n`), Uint8Array.of(typeBytes[algorithm]), publicKey)
  return { name, id: crypto.sha256(typed).subarray(0, 4).toHex(), algorithm, publicKey: publicKey.slice() }
}

/** The key as one word, `name+id+base64`. */
export function formatVerifierKey({ name, id, algorithm, publicKey }: VerifierKey): string {
  return `${name}+${id}+${formatBase64(concatBytes(Uint8Array.of(typeBytes[algorithm]), publicKey))}`
}

/**
 * Reads what {@link formatVerifierKey} writes. Whether the public key is sound is another question, asked at enrolment by
 * `parsePublicKey`.
 *
 * @throws RecordError `key.malformed` when the spelling, the type or the id is wrong.
 */
export function parseVerifierKey(crypto: Crypto, text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? []
  if (name === undefined || id === undefined || encoded === undefined) {
    throw new RecordError('key.malformed', 'a verifier key is a name, eight hexadecimal digits and base64')
  }
  const typed = decodeKey(encoded)
  const algorithm = typed[0] === 1 ? 'ed25519' : typed[0] === 4 ? 'cosignature/v1' : undefined
  if (algorithm === undefined) throw new RecordError('key.malformed', 'the key is of a type that is not supported')
  const key = createVerifierKey(crypto, algorithm, name, typed.subarray(1))
  if (key.id !== id) throw new RecordError('key.malformed', 'the id is not that of the key')
  return key
}

/**
 * A name of a key is not empty and has no white space, no plus sign and no control character.
 *
 * @throws RecordError `key.malformed` otherwise.
 */
export function checkKeyName(name: string): void {
  // oxlint-disable-next-line no-control-regex -- the control characters are what this is about
  if (name === '' || !name.isWellFormed() || /[\p{White_Space}\0-\x1f+]/u.test(name)) {
    throw new RecordError('key.malformed', 'the name of a key is not empty and has no space, plus or control character')
  }
}

function decodeKey(encoded: string): Uint8Array {
  try {
    return parseBase64(encoded)
  } catch (cause) {
    throw new RecordError('key.malformed', 'the key is not base64', { cause })
  }
}
