// The proof that the holder of an official's key is there now, at one node: what opens, for a moment, what a session alone
// does not. The adversary is a server that passes the nonce of another on; the origin is signed, so that it gains nothing.

import { concatBytes, formatUtf8 } from './bytes.ts'
import type { Crypto, Signer } from './crypto.ts'
import { RecordError } from './error.ts'
import { possessionNonceBytes } from './key-enrolment.ts'

const presenceContext = 'parley/presence/v1\n'

/**
 * Proves that the holder of the key is there.
 *
 * @param origin of the node, as browsers write it
 * @param nonce 32 bytes that the node has just drawn by chance
 * @throws RecordError `key.presence` for a nonce of another length.
 */
export function signPresence(signer: Signer, origin: string, nonce: Uint8Array): Promise<Uint8Array> {
  return signer.sign(presenceMessage(origin, nonce))
}

/**
 * Verifies that the holder of the key is there. The caller must have drawn the nonce for this session alone.
 *
 * @throws RecordError `key.presence` when the signature does not verify.
 */
export async function verifyPresence(
  crypto: Crypto,
  publicKey: Uint8Array,
  origin: string,
  nonce: Uint8Array,
  signature: Uint8Array,
): Promise<void> {
  if (!(await crypto.verifyEd25519(publicKey, presenceMessage(origin, nonce), signature))) {
    throw new RecordError('key.presence', 'the proof of presence does not verify')
  }
}

function presenceMessage(origin: string, nonce: Uint8Array): Uint8Array {
  if (nonce.length !== possessionNonceBytes) {
    throw new RecordError('key.presence', `the nonce of a proof of presence is ${possessionNonceBytes} bytes`)
  }
  return concatBytes(formatUtf8(`${presenceContext}${origin}\n`), nonce)
}
