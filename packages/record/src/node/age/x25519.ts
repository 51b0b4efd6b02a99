// The X25519 recipient type of age v1 (c2sp.org/age): identities, recipients, and how they wrap a file key.
// Keys are kept as imported key objects, because an import costs as much as the exchange itself.

import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { concatBytes } from '../../bytes.ts'
import { RecordError } from '../../error.ts'
import { formatBech32, parseBech32 } from './bech32.ts'
import { fileKeyBytes } from './header.ts'
import { formatUnpadded, parseUnpadded } from './stanza.ts'
import type { Stanza } from './stanza.ts'

/** Gives that many unpredictable bytes. */
export type Random = (bytes: number) => Uint8Array

/** Whom to seal to. */
export interface Recipient {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly key: KeyObject
}

/** Who can open. The secret stays inside the key object. */
export interface Identity {
  readonly recipient: Recipient
  readonly key: KeyObject
}

const keyBytes = 32
const tagBytes = 16
const recipientPrefix = 'age'
const identityPrefix = 'age-secret-key-'
const stanzaName = 'X25519'
const wrapInfo = 'age-encryption.org/v1/X25519'
const wrapNonce = new Uint8Array(12)

function importSecret(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(secret), format: 'raw-private', asymmetricKeyType: 'x25519' })
}

function importPublic(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey), format: 'raw-public', asymmetricKeyType: 'x25519' })
}

function publicBytesOf(secret: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(secret).export({ format: 'raw-public' }))
}

function identityOf(secret: Uint8Array): Identity {
  const key = importSecret(secret)
  const publicKey = publicBytesOf(key)
  return { key, recipient: { publicKey, key: importPublic(publicKey) } }
}

/** A new identity. */
export function generateIdentity(random: Random = randomBytes): Identity {
  return identityOf(random(keyBytes))
}

/** The public half, to be handed to others. */
export function recipientOf(identity: Identity): Recipient {
  return identity.recipient
}

/** `AGE-SECRET-KEY-1…`. */
export function formatIdentity(identity: Identity): string {
  return formatBech32(identityPrefix, identity.key.export({ format: 'raw-private' })).toUpperCase()
}

/** @throws RecordError `age.key` unless the text is an X25519 identity in upper case. */
export function parseIdentity(text: string): Identity {
  if (text !== text.toUpperCase()) throw new RecordError('age.key', 'an age identity is written in upper case')
  const secret = parseBech32(identityPrefix, text)
  if (secret.length !== keyBytes) throw new RecordError('age.key', 'an X25519 identity has 32 bytes')
  return identityOf(secret)
}

/** `age1…`. */
export function formatRecipient(recipient: Recipient): string {
  return formatBech32(recipientPrefix, recipient.publicKey)
}

/** @throws RecordError `age.key` unless the text is an X25519 recipient in lower case. Points of low order are refused by the first sealing. */
export function parseRecipient(text: string): Recipient {
  if (text !== text.toLowerCase()) throw new RecordError('age.key', 'an age recipient is written in lower case')
  const publicKey = parseBech32(recipientPrefix, text)
  if (publicKey.length !== keyBytes) throw new RecordError('age.key', 'an X25519 recipient has 32 bytes')
  return { publicKey, key: importPublic(publicKey) }
}

/** The shared secret, or undefined when it would be all zeros because the other point is of low order. */
export function exchange(privateKey: KeyObject, publicKey: KeyObject): Buffer | undefined {
  let shared: Buffer
  try {
    shared = diffieHellman({ privateKey, publicKey })
  } catch {
    return undefined
  }
  return shared.some((byte) => byte !== 0) ? shared : undefined
}

function wrapKeyOf(shared: Buffer, share: Uint8Array, recipient: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', shared, concatBytes(share, recipient), wrapInfo, keyBytes))
}

/**
 * The stanza that gives the file key to one recipient, under an ephemeral key of its own.
 *
 * @throws RecordError `age.key` when the recipient is a point of low order.
 */
export function wrapFileKey(fileKey: Uint8Array, recipient: Recipient, random: Random): Stanza {
  const ephemeral = importSecret(random(keyBytes))
  const share = publicBytesOf(ephemeral)
  const shared = exchange(ephemeral, recipient.key)
  if (shared === undefined) throw new RecordError('age.key', 'the recipient is a point of low order')
  const wrapKey = wrapKeyOf(shared, share, recipient.publicKey)
  const cipher = createCipheriv('chacha20-poly1305', wrapKey, wrapNonce, { authTagLength: tagBytes })
  const body = concatBytes(cipher.update(fileKey), cipher.final(), cipher.getAuthTag())
  return { arguments: [stanzaName, formatUnpadded(share)], body }
}

/** What an X25519 stanza carries. */
interface Wrapped {
  readonly share: Uint8Array
  readonly key: KeyObject
  readonly body: Uint8Array
}

function parseWrapped(stanza: Stanza): Wrapped {
  const [, share, ...more] = stanza.arguments
  if (share === undefined || more.length > 0)
    throw new RecordError('age.malformed', 'an X25519 stanza has two arguments')
  const shareBytes = parseUnpadded(share)
  if (shareBytes.length !== keyBytes) throw new RecordError('age.malformed', 'an X25519 share has 32 bytes')
  // A body of another length would let its sender learn which of several identities opened it.
  if (stanza.body.length !== fileKeyBytes + tagBytes)
    throw new RecordError('age.malformed', 'an X25519 body has 32 bytes')
  return { share: shareBytes, key: importPublic(shareBytes), body: stanza.body }
}

function unwrap(wrapped: Wrapped, identity: Identity): Uint8Array | undefined {
  const shared = exchange(identity.key, wrapped.key)
  if (shared === undefined) throw new RecordError('age.malformed', 'an X25519 share is a point of low order')
  const wrapKey = wrapKeyOf(shared, wrapped.share, identity.recipient.publicKey)
  const decipher = createDecipheriv('chacha20-poly1305', wrapKey, wrapNonce, { authTagLength: tagBytes })
  decipher.setAuthTag(wrapped.body.subarray(fileKeyBytes))
  const fileKey = decipher.update(wrapped.body.subarray(0, fileKeyBytes))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return new Uint8Array(fileKey)
}

/**
 * The file key that the first fitting stanza gives to one of the identities. Stanzas of other kinds are passed over.
 *
 * @throws RecordError `age.malformed` when any X25519 stanza is not one; `age.no-identity` when none fits.
 */
export function unwrapFileKey(stanzas: readonly Stanza[], identities: readonly Identity[]): Uint8Array {
  const wrapped = stanzas.filter((stanza) => stanza.arguments[0] === stanzaName).map(parseWrapped)
  for (const candidate of wrapped) {
    for (const identity of identities) {
      const fileKey = unwrap(candidate, identity)
      if (fileKey !== undefined) return fileKey
    }
  }
  throw new RecordError('age.no-identity', 'this was sealed to others')
}
