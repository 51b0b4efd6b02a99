// Cheap signatures for the simulation, behind the same interface as real ones: a keyed hash that whoever knows the public
// key could forge, which nobody here does. Hashing is real, because Merkle trees are made of it.

import type { Crypto, Signer } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'

const signatureBytes = 64

function keyedHash(key: Uint8Array, message: Uint8Array): Uint8Array {
  const words = new Uint32Array(signatureBytes / 4)
  let a = 0x9e3779b9 ^ message.length
  let b = 0x85ebca6b
  const absorb = (bytes: Uint8Array): void => {
    for (let i = 0; i < bytes.length; i++) {
      a = Math.imul(a ^ bytes[i]!, 0x01000193)
      b = Math.imul(b + bytes[i]!, 0xc2b2ae35) ^ (a >>> 13)
    }
  }
  absorb(key)
  absorb(message)
  for (let i = 0; i < words.length; i++) {
    a = Math.imul(a ^ (b >>> 15), 0x27d4eb2d) + i
    b = Math.imul(b ^ (a >>> 13), 0x165667b1)
    words[i] = a ^ b
  }
  return new Uint8Array(words.buffer)
}

export const stubCrypto: Crypto = {
  sha256: (data) => nodeCrypto.sha256(data),
  async verifyEd25519(publicKey, message, signature) {
    const expected = keyedHash(publicKey, message)
    return signature.length === signatureBytes && expected.every((byte, i) => byte === signature[i])
  },
  async verifyP256() {
    return false
  },
}

/** A signer whose signatures {@link stubCrypto} verifies. The public key must be a sound one, for enrolment checks it. */
export function stubSigner(publicKey: Uint8Array): Signer {
  return { publicKey, sign: async (message) => keyedHash(publicKey, message) }
}
