// `Crypto` over node:crypto, and Ed25519 keys that sign with it. Verification runs on the thread pool, because it costs
// a hundred times more than anything else here; it keeps no secrets beyond the signers it is asked to make.

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  KeyObject,
  sign as signNow,
  verify as verifyNow,
} from 'node:crypto'
import type { Crypto, Signer } from '../crypto.ts'
import { concatBytes } from '../bytes.ts'
import { RecordError } from '../error.ts'
import { ed25519SpkiPrefix, importKey, p256SpkiPrefix } from './ed25519.ts'
import { verifyElsewhere } from './verify-threads.ts'

const ed25519Pkcs8Prefix = Uint8Array.fromHex('302e020100300506032b657004220420')

/** The {@link Crypto} of a node. Each verification takes another thread for about 0.1 ms. */
export const nodeCrypto: Crypto = {
  sha256(data) {
    const digest = hash('sha256', data, 'buffer')
    return new Uint8Array(digest.buffer, digest.byteOffset, digest.length)
  },
  verifyEd25519: verifyElsewhere,
  verifyP256(publicKey, message, signature) {
    const key = publicKey.length === 65 && publicKey[0] === 4 ? importKey(p256SpkiPrefix, publicKey) : undefined
    if (key === undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      // An error here means that the signature could not even be decoded, and that is a refusal like any other.
      verifyNow('sha256', message, key, signature, (error, verified) => resolve(error === null && verified))
    })
  },
}

/**
 * A signer from an Ed25519 private key: its seed of 32 bytes (RFC 8032 section 5.1.5), or a key object, which may live in a
 * hardware module.
 *
 * @throws RecordError `key.malformed` when it is not an Ed25519 private key.
 */
export function createSigner(privateKey: Uint8Array | KeyObject): Signer {
  const key = privateKey instanceof KeyObject ? privateKey : importSeed(privateKey)
  if (key.type !== 'private' || key.asymmetricKeyType !== 'ed25519') {
    throw new RecordError('key.malformed', 'not an Ed25519 private key')
  }
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' }) as Uint8Array
  const publicKey = Uint8Array.from(spki.subarray(ed25519SpkiPrefix.length))
  // Here and now, where the seed is at hand: to hand a signature over to a thread costs more than to make it.
  const sign = key === privateKey ? signElsewhere : signHere
  return { publicKey, sign: (message) => sign(key, message) }
}

async function signHere(key: KeyObject, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(signNow(null, message, key))
}

/** On a thread: the key may be in a module that takes its time. */
function signElsewhere(key: KeyObject, message: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    signNow(null, message, key, (error, signature) => {
      if (error === null) resolve(new Uint8Array(signature))
      else reject(error)
    })
  })
}

function importSeed(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new RecordError('key.malformed', 'the seed of an Ed25519 key is 32 bytes')
  return createPrivateKey({ key: Buffer.from(concatBytes(ed25519Pkcs8Prefix, seed)), format: 'der', type: 'pkcs8' })
}

/** A signer with a new key that is kept nowhere. To keep one, draw 32 bytes by chance and use {@link createSigner}. */
export function generateSigner(): Promise<Signer> {
  return new Promise((resolve, reject) => {
    generateKeyPair('ed25519', undefined, (error, _publicKey, privateKey) => {
      if (error === null) resolve(createSigner(privateKey as KeyObject))
      else reject(error)
    })
  })
}
