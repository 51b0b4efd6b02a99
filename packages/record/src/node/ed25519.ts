// Ed25519 public keys as node:crypto takes them, and one verification on the thread that asks. It keeps imported keys and no
// secrets.

import { createPublicKey, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { concatBytes } from '../bytes.ts'
import { isRefusedBeforehand } from '../low-order.ts'

/** How many imported public keys are kept: importing one costs as much again as half a verification. */
export const importedKeyCountMax = 4096

// What precedes the raw key in its DER form (RFC 8410, RFC 5480).
export const ed25519SpkiPrefix = Uint8Array.fromHex('302a300506032b6570032100')
export const p256SpkiPrefix = Uint8Array.fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200')

const importedKeys = new Map<string, KeyObject>()

/** The key object of a raw public key, or undefined where OpenSSL refuses the bytes. The least recently used leaves. */
export function importKey(prefix: Uint8Array, publicKey: Uint8Array): KeyObject | undefined {
  const name = publicKey.toHex()
  let key = importedKeys.get(name)
  if (key === undefined) {
    try {
      key = createPublicKey({ key: Buffer.from(concatBytes(prefix, publicKey)), format: 'der', type: 'spki' })
    } catch {
      return undefined
    }
    const oldest = importedKeys.size < importedKeyCountMax ? undefined : importedKeys.keys().next().value
    if (oldest !== undefined) importedKeys.delete(oldest)
  } else {
    importedKeys.delete(name)
  }
  importedKeys.set(name, key)
  return key
}

/** Verifies here and now: about 0.1 ms in which this thread does nothing else. */
export function verifyHere(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (isRefusedBeforehand(publicKey, signature)) return false
  const key = importKey(ed25519SpkiPrefix, publicKey)
  if (key === undefined) return false
  try {
    return verify(null, message, key, signature)
  } catch {
    // The signature could not even be decoded, and that is a refusal like any other.
    return false
  }
}
