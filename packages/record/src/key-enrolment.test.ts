import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { decodePoint, isIdentity, multiplyPoint } from './edwards-point.ts'
import { parsePublicKey, possessionNonceBytes, signPossession, verifyPossession } from './key-enrolment.ts'
import { createSigner, generateSigner, nodeCrypto } from './node/crypto.ts'

// The points of order 1, 2, 4, 4 and four of order 8, and six further spellings of the first four.
const lowOrderEncodings = [
  ...['00', '01', 'ec', 'ed', 'ee'].flatMap((first) => {
    const middle = first < '80' ? '00' : 'ff'
    const last = first < '80' ? ['00', '80'] : ['7f', 'ff']
    return last.map((byte) => first + middle.repeat(30) + byte)
  }),
  ...['26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'].flatMap((hex) => [
    hex,
    `${hex.slice(0, 62)}85`,
  ]),
  ...['c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'].flatMap((hex) => [
    hex,
    `${hex.slice(0, 62)}fa`,
  ]),
]

describe('parsePublicKey', () => {
  test('[KE1] the public key of any seed is accepted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const { publicKey } = createSigner(seed)
        expect(parsePublicKey(publicKey)).toEqual(publicKey)
      }),
      { numRuns: 30 },
    )
  })

  test.each(lowOrderEncodings)('[KE2] the low-order encoding %s is refused', (hex) => {
    const bytes = Uint8Array.fromHex(hex)
    expect(refusalOf(() => parsePublicKey(bytes))).toBe('key.weak')
    expect(isIdentity(multiplyPoint(decodePoint(bytes)!.point, 8n))).toBe(true)
  })

  test('[KE3] a y at or above the prime is refused', () => {
    const verdicts = Array.from({ length: 19 }, (_, offset) => {
      const bytes = new Uint8Array(32).fill(0xff)
      bytes[0] = 0xed + offset
      bytes[31] = 0x7f
      return refusalOf(() => parsePublicKey(bytes))
    })
    expect(verdicts.slice(0, 2)).toEqual(['key.weak', 'key.weak'])
    expect(new Set(verdicts.slice(2))).toEqual(new Set(['key.malformed']))
  })

  test('[KE4] bytes that are no point are refused', () => {
    const noPoint = new Uint8Array(32)
    noPoint[0] = 2
    expect(refusalOf(() => parsePublicKey(noPoint))).toBe('key.malformed')
    for (const length of [0, 31, 33]) {
      expect(refusalOf(() => parsePublicKey(new Uint8Array(length)))).toBe('key.malformed')
    }
  })

  test('[KE4] arbitrary bytes are accepted or refused with a code of a key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(['accepted', 'key.malformed', 'key.weak']).toContain(refusalOf(() => parsePublicKey(bytes)))
      }),
      { numRuns: 50 },
    )
  })

  describePublished('ed25519-cctv', (vectors) => {
    test('[KE5] of the keys of the CCTV table exactly those without a low-order component are accepted', () => {
      const rows = vectors.readJson<{ key: string; flags: string[] | null }[]>('ed25519/ed25519vectors.json')
      const wanted = new Map<string, boolean>()
      for (const row of rows) {
        wanted.set(row.key, !row.flags?.some((flag) => /^(low_order|low_order_component|non_canonical)_A$/.test(flag)))
      }
      for (const [key, accepted] of wanted) {
        expect(refusalOf(() => parsePublicKey(Uint8Array.fromHex(key))) === 'accepted', key).toBe(accepted)
      }
      expect(wanted.size).toBeGreaterThan(14)
      expect([...wanted.values()]).toContain(true)
    })
  })
})

describe('proof of possession', () => {
  const nonce = new Uint8Array(possessionNonceBytes).fill(7)

  test('[KE6] is accepted over its nonce and refused over another, for another key, and changed in any byte', async () => {
    const signer = await generateSigner()
    const publicKey = parsePublicKey(signer.publicKey)
    const signature = await signPossession(signer, nonce)
    await verifyPossession(nodeCrypto, publicKey, nonce, signature)

    const another = parsePublicKey((await generateSigner()).publicKey)
    expect(await refusalOfAsync(() => verifyPossession(nodeCrypto, another, nonce, signature))).toBe('key.possession')
    for (const bytes of [nonce, signature]) {
      await fc.assert(
        fc.asyncProperty(flippedByte(bytes), async (flipped) => {
          const attempt =
            bytes === nonce
              ? verifyPossession(nodeCrypto, publicKey, flipped, signature)
              : verifyPossession(nodeCrypto, publicKey, nonce, flipped)
          expect(await refusalOfAsync(() => attempt)).toBe('key.possession')
        }),
      )
    }
  })

  test('[KE6] is not given over a nonce of another length, which could be the rest of another message', async () => {
    const signer = await generateSigner()
    expect(await refusalOfAsync(async () => signPossession(signer, new Uint8Array(31)))).toBe('key.possession')
  })
})
