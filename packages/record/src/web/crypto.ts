// `Crypto` in a browser: WebCrypto verifies, an audited library hashes, because WebCrypto hashes only asynchronously.
// Held to the verdicts of `node/crypto.ts` by the same tests; it signs nothing.

import { sha256 } from '@noble/hashes/sha2.js'
import type { Crypto } from '../crypto.ts'
import { concatBytes } from '../bytes.ts'
import { isRefusedBeforehand } from '../low-order.ts'

/** How many imported public keys are kept. */
export const importedKeyCountMax = 4096

type WebBytes = Uint8Array<ArrayBuffer>
type WebKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>

const ed25519 = { name: 'Ed25519' }
const p256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** The {@link Crypto} of a browser. */
export const webCrypto: Crypto = {
  sha256: (data) => sha256(data),
  verifyEd25519(publicKey, message, signature) {
    if (isRefusedBeforehand(publicKey, signature)) return Promise.resolve(false)
    return verify(ed25519, publicKey, message, signature)
  },
  verifyP256(publicKey, message, signature) {
    // WebCrypto also takes the hybrid encodings of a point, which would be a second spelling of the same key.
    const pair = publicKey.length === 65 && publicKey[0] === 4 ? parseDerSignature(signature) : undefined
    if (pair === undefined) return Promise.resolve(false)
    return verify(p256, publicKey, message, pair)
  },
}

const importedKeys = new Map<string, Promise<WebKey | undefined>>()

function importKey(algorithm: { name: string }, publicKey: Uint8Array): Promise<WebKey | undefined> {
  const name = publicKey.toHex()
  let key = importedKeys.get(name)
  if (key === undefined) {
    key = globalThis.crypto.subtle
      .importKey('raw', publicKey as WebBytes, algorithm, false, ['verify'])
      .catch(() => undefined)
    const oldest = importedKeys.size < importedKeyCountMax ? undefined : importedKeys.keys().next().value
    if (oldest !== undefined) importedKeys.delete(oldest)
  } else {
    importedKeys.delete(name)
  }
  importedKeys.set(name, key)
  return key
}

async function verify(
  algorithm: { name: string },
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const key = await importKey(algorithm, publicKey)
  if (key === undefined) return false
  try {
    return await globalThis.crypto.subtle.verify(algorithm, key, signature as WebBytes, message as WebBytes)
  } catch {
    return false
  }
}

/** The two numbers of a DER signature as the 64 bytes that WebCrypto takes; undefined unless it is exactly DER. */
function parseDerSignature(der: Uint8Array): Uint8Array | undefined {
  if (der.length < 8 || der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) return undefined
  const first = parseDerInteger(der, 2)
  const second = first && parseDerInteger(der, first.end)
  if (first === undefined || second === undefined || second.end !== der.length) return undefined
  return concatBytes(first.padded, second.padded)
}

function parseDerInteger(der: Uint8Array, start: number): { padded: Uint8Array; end: number } | undefined {
  const length = der[start + 1]
  if (der[start] !== 2 || length === undefined || length === 0 || length > 33) return undefined
  const end = start + 2 + length
  if (end > der.length) return undefined
  let digits = der.subarray(start + 2, end)
  if (digits[0]! > 127) return undefined
  if (digits[0] === 0 && digits.length > 1) {
    if (digits[1]! < 128) return undefined
    digits = digits.subarray(1)
  }
  if (digits.length > 32) return undefined
  const padded = new Uint8Array(32)
  padded.set(digits, 32 - digits.length)
  return { padded, end }
}
