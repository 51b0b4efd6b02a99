// An authenticator in software, as far as sign-in needs one, with every part in the test's hand: what it claims about the
// person, where it thinks it is, which challenge it answers.

import { createHash, createSign, generateKeyPairSync, randomBytes, sign as signRaw } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { AssertionAnswer, AttestationAnswer } from '@parley/api'

/** What a test may bend. */
export interface Bending {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly userVerified?: boolean
  readonly userPresent?: boolean
  readonly crossOrigin?: boolean
  readonly counter?: number
  /** Another credential's id in the answer. */
  readonly id?: string
}

export interface Authenticator {
  readonly id: string
  readonly algorithm: 'ed25519' | 'es256'
  create(challenge: string, bending?: Bending): AttestationAnswer
  get(challenge: string, bending?: Bending): AssertionAnswer
}

export const testOrigin = 'http://localhost:8080'

const present = 0x01
const verified = 0x04
const attested = 0x40

export function createAuthenticator(algorithm: 'ed25519' | 'es256' = 'es256'): Authenticator {
  const { privateKey, publicKey } =
    algorithm === 'es256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
  const id = randomBytes(32)
  let counter = 0

  function clientData(challenge: string, type: string, { crossOrigin = false, ...bending }: Bending): Buffer {
    const { origin = testOrigin } = bending
    return Buffer.from(JSON.stringify({ type: bending.type ?? type, challenge, origin, crossOrigin }))
  }

  function authenticatorData(flags: number, bending: Bending): Buffer {
    const { rpId = 'localhost', userPresent = true, userVerified = true } = bending
    counter = bending.counter ?? counter + 1
    const head = Buffer.alloc(5)
    head[0] = flags | (userPresent ? present : 0) | (userVerified ? verified : 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), head])
  }

  return {
    id: id.toString('base64url'),
    algorithm,
    create(challenge, bending = {}) {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const data = Buffer.concat([
        authenticatorData(attested, bending),
        Buffer.alloc(16),
        length,
        id,
        formatCose(publicKey, algorithm),
      ])
      return {
        id: bending.id ?? id.toString('base64url'),
        clientDataJSON: clientData(challenge, 'webauthn.create', bending).toString('base64url'),
        attestationObject: formatAttestation(data).toString('base64url'),
      }
    },
    get(challenge, bending = {}) {
      const client = clientData(challenge, 'webauthn.get', bending)
      const data = authenticatorData(0, bending)
      const message = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return {
        id: bending.id ?? id.toString('base64url'),
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signWith(privateKey, algorithm, message).toString('base64url'),
      }
    },
  }
}

function signWith(key: KeyObject, algorithm: Authenticator['algorithm'], message: Buffer): Buffer {
  return algorithm === 'es256' ? createSign('sha256').update(message).sign(key) : signRaw(null, message, key)
}

/** RFC 9053, in the canonical order of its labels. */
function formatCose(key: KeyObject, algorithm: Authenticator['algorithm']): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' }) as { x?: string; y?: string }
  const bytes32 = (text: string): Buffer => Buffer.concat([Buffer.of(0x58, 0x20), Buffer.from(text, 'base64url')])
  return algorithm === 'ed25519'
    ? Buffer.concat([Buffer.of(0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21), bytes32(x)])
    : Buffer.concat([
        Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
        bytes32(x),
        Buffer.of(0x22),
        bytes32(y),
      ])
}

/** `{"fmt": "none", "attStmt": {}, "authData": …}` in CBOR. */
function formatAttestation(data: Buffer): Buffer {
  const text = (value: string): Buffer => Buffer.concat([Buffer.of(0x60 + value.length), Buffer.from(value)])
  const length = Buffer.of(0x59, data.length >> 8, data.length & 0xff)
  return Buffer.concat([
    Buffer.of(0xa3),
    ...[text('fmt'), text('none'), text('attStmt'), Buffer.of(0xa0), text('authData'), length, data],
  ])
}
