// Cosignatures that travel along with something else. Whatever is wrong with them, they do not spoil what they came with.

import { openCosignatures, type Cosignature } from '../cosignature.ts'
import type { Crypto } from '../crypto.ts'
import { RecordError } from '../error.ts'
import type { VerifierKey } from '../verifier-key.ts'

/** Those cosignatures over the log's checkpoint that verify under the keys; none when the note is malformed or of another log. */
export async function openKnownCosignatures(
  crypto: Crypto,
  origin: string,
  note: Uint8Array,
  cosigners: readonly VerifierKey[],
): Promise<readonly Cosignature[]> {
  try {
    const cosignatures = await openCosignatures(crypto, note, cosigners)
    return cosignatures.filter(({ head }) => head.origin === origin)
  } catch (error) {
    if (error instanceof RecordError) return []
    throw error
  }
}
