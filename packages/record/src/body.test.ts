import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf } from '../test-support/parties.ts'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import {
  bodyCommitment,
  bodySize,
  bodySizeClasses,
  formatEnvelope,
  openBody,
  parseEnvelope,
  plaintextBytesMax,
  verifyCiphertext,
  type BodyReference,
} from './body.ts'
import { formatHex, parseHex } from './bytes.ts'
import { nodeCrypto } from './node/crypto.ts'

type Runs = { runs: [string, number][] }
interface BodyVectors {
  valid: { name: string; salt: string; plaintext: Runs; size: number; envelope: string; commitment: string }[]
  tooLong: number
  invalid: (Runs & { name: string; code: string })[]
  opening: (Runs & { name: string; code: string | null })[]
  reference: BodyReference
}

const vectors = readRecordVectors<BodyVectors>('bodies')
const salt = bytesOf('salt')

describe('envelope', () => {
  test.each(vectors.valid)('[BD1] $name', (vector) => {
    const plaintext = bytesOfVector(vector.plaintext)
    const envelope = formatEnvelope(parseHex(vector.salt), plaintext)
    expect(envelope.length).toBe(vector.size)
    expect(formatHex(nodeCrypto.sha256(envelope))).toBe(vector.envelope)
    expect(parseEnvelope(envelope)).toEqual({ salt: parseHex(vector.salt), plaintext })
    expect(bodyCommitment(nodeCrypto, parseHex(vector.salt), plaintext)).toBe(vector.commitment)
  })

  test.each(vectors.invalid)('[BD2] $code: $name', (vector) => {
    expect(refusalOf(() => parseEnvelope(bytesOfVector(vector)))).toBe(vector.code)
  })

  test('[BD1] a plaintext that no class holds is refused, and so is a class that is too small', () => {
    expect(vectors.tooLong).toBe(plaintextBytesMax + 1)
    expect(refusalOf(() => formatEnvelope(salt, new Uint8Array(vectors.tooLong)))).toBe('body.limit')
    expect(refusalOf(() => formatEnvelope(salt, new Uint8Array(2000), 1024))).toBe('body.limit')
    expect(refusalOf(() => formatEnvelope(salt.subarray(1), new Uint8Array(1)))).toBe('body.malformed')
  })

  test('[BD1] a larger class than needed may be taken, to say less', () => {
    const plaintext = new Uint8Array([1, 2, 3])
    for (const size of bodySizeClasses) {
      const envelope = formatEnvelope(salt, plaintext, size)
      expect(envelope.length).toBe(size)
      expect(parseEnvelope(envelope).plaintext).toEqual(plaintext)
    }
  })

  test('[BD1] what is written is read again, in the least class that holds it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 5000 }),
        (salt, plaintext) => {
          const envelope = formatEnvelope(salt, plaintext)
          expect(envelope.length).toBe(bodySize(plaintext.length))
          expect(parseEnvelope(envelope)).toEqual({ salt, plaintext })
        },
      ),
    )
  })

  test('[BD2] it may lie anywhere in a larger buffer', () => {
    const envelope = formatEnvelope(salt, new Uint8Array([1, 2, 3]))
    const buffer = new Uint8Array(3000).fill(0xff)
    buffer.set(envelope, 7)
    expect(parseEnvelope(buffer.subarray(7, 7 + 1024)).plaintext).toEqual(new Uint8Array([1, 2, 3]))
  })

  test('[BD2] any bytes are an envelope or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1024, maxLength: 1024 }), (bytes) => {
        expect(refusalOf(() => parseEnvelope(bytes))).toBe('body.malformed')
      }),
    )
  })
})

describe('commitment', () => {
  test.each(vectors.opening)('[BD4] $name', (vector) => {
    const code = refusalOf(() => openBody(nodeCrypto, vectors.reference, bytesOfVector(vector)))
    expect(code).toBe(vector.code ?? 'accepted')
  })

  test('[BD3] a changed byte of an envelope opens nothing', () => {
    const plaintext = new TextEncoder().encode('{"note":"x"}')
    const commitment = bodyCommitment(nodeCrypto, salt, plaintext)
    const reference: BodyReference = { ciphertext: '00'.repeat(32), commitment, size: 1024 }
    fc.assert(
      fc.property(flippedByte(formatEnvelope(salt, plaintext)), (flipped) => {
        expect(['body.malformed', 'body.commitment']).toContain(
          refusalOf(() => openBody(nodeCrypto, reference, flipped)),
        )
      }),
    )
  })

  test('[BD3] one plaintext under two salts has two commitments', () => {
    const plaintext = new Uint8Array([1])
    expect(bodyCommitment(nodeCrypto, bytesOf('a'), plaintext)).not.toBe(
      bodyCommitment(nodeCrypto, bytesOf('b'), plaintext),
    )
  })

  test('[BD5] sealed bytes are those that the entry names, or refused', () => {
    const sealed = new Uint8Array([1, 2, 3])
    const reference = { ...vectors.reference, ciphertext: formatHex(nodeCrypto.sha256(sealed)) }
    verifyCiphertext(nodeCrypto, reference, sealed)
    expect(refusalOf(() => verifyCiphertext(nodeCrypto, reference, sealed.subarray(1)))).toBe('body.ciphertext')
  })
})
