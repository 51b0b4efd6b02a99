// The opening of a body: salt and plaintext, which anybody can hold against the commitment of the entry without a key. It is
// what discloses one text and nothing else; the sealed bytes stay where they are.

import { bodyCommitment, plaintextBytesMax, saltBytes } from './body.ts'
import type { OpenedBody } from './body.ts'
import { concatBytes } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'

export const openingBytesMax = saltBytes + plaintextBytesMax

/** salt[32] ‖ plaintext. */
export function formatOpening({ plaintext, salt }: OpenedBody): Uint8Array {
  return concatBytes(salt, plaintext)
}

/**
 * Takes an opening apart and computes the commitment that it opens, in hexadecimal.
 *
 * @throws RecordError `case.malformed` when it is shorter than a salt, `case.limit` when it is longer than any body.
 */
export function parseOpening(crypto: Crypto, bytes: Uint8Array): OpenedBody & { readonly commitment: string } {
  if (bytes.length > openingBytesMax) throw new RecordError('case.limit', 'an opening is longer than any body')
  if (bytes.length < saltBytes) throw new RecordError('case.malformed', 'an opening is shorter than its salt')
  const [salt, plaintext] = [bytes.slice(0, saltBytes), bytes.slice(saltBytes)]
  return { salt, plaintext, commitment: bodyCommitment(crypto, salt, plaintext) }
}
