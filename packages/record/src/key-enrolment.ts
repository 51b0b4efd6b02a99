// Which Ed25519 public keys may be enrolled, and the proof that the one who enrols a key holds it. One check at the door,
// so that every verifier agrees ever after: verifiers differ exactly on the keys that are refused here.

import type { Crypto, Signer } from './crypto.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { decodePoint, groupOrder, isIdentity, multiplyPoint } from './edwards-point.ts'
import { RecordError } from './error.ts'
import { isLowOrderEncoding } from './low-order.ts'

/** An Ed25519 public key that passed {@link parsePublicKey}. */
export type PublicKey = Uint8Array & { readonly [enrollable]: true }
declare const enrollable: unique symbol

/** How long a nonce of a proof of possession is. */
export const possessionNonceBytes = 32

const possessionContext = formatUtf8('parley/pop/v1\n')

/**
 * Accepts 32 bytes as an Ed25519 public key: the canonical encoding of a point of the prime-order subgroup other than the
 * neutral one. Takes some milliseconds; it is meant for enrolment and not for every signature.
 *
 * @throws RecordError `key.malformed` when the bytes are no point or not its canonical encoding.
 * @throws RecordError `key.weak` when the point has low order (in any of its 14 encodings) or a low-order component:
 *   under such keys one signature can fit many messages, or fit for one verifier and not for another.
 */
export function parsePublicKey(bytes: Uint8Array): PublicKey {
  if (bytes.length !== 32) throw new RecordError('key.malformed', 'an Ed25519 public key is 32 bytes')
  if (isLowOrderEncoding(bytes)) throw new RecordError('key.weak', 'the key has low order')
  const decoded = decodePoint(bytes)
  if (decoded === undefined) throw new RecordError('key.malformed', 'the bytes are no point of the curve')
  if (!decoded.canonical) throw new RecordError('key.malformed', 'not the canonical encoding of the point')
  if (!isIdentity(multiplyPoint(decoded.point, groupOrder))) {
    throw new RecordError('key.weak', 'the key is not in the prime-order subgroup')
  }
  return bytes.slice() as PublicKey
}

/**
 * Proves that the signer holds its key, over a nonce that the other side has just drawn by chance.
 *
 * @throws RecordError `key.possession` when the nonce has another length than {@link possessionNonceBytes}.
 */
export function signPossession(signer: Signer, nonce: Uint8Array): Promise<Uint8Array> {
  return signer.sign(possessionMessage(nonce))
}

/**
 * Verifies a proof of possession. The caller must have drawn the nonce for this enrolment alone.
 *
 * @throws RecordError `key.possession` when the signature does not verify.
 */
export async function verifyPossession(
  crypto: Crypto,
  publicKey: PublicKey,
  nonce: Uint8Array,
  signature: Uint8Array,
): Promise<void> {
  if (!(await crypto.verifyEd25519(publicKey, possessionMessage(nonce), signature))) {
    throw new RecordError('key.possession', 'the proof of possession does not verify')
  }
}

function possessionMessage(nonce: Uint8Array): Uint8Array {
  if (nonce.length !== possessionNonceBytes) {
    throw new RecordError('key.possession', `the nonce of a proof of possession is ${possessionNonceBytes} bytes`)
  }
  return concatBytes(possessionContext, nonce)
}
