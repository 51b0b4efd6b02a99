import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cryptos } from '../test-support/cryptos.ts'
import { flippedByte } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { decodePoint, type EdwardsPoint, groupOrder, multiplyPoint } from './edwards-point.ts'
import { createSigner, generateSigner } from './node/crypto.ts'

const message = formatUtf8('what is signed')

// RFC 8032 section 7.1, test 2.
const rfcSeed = Uint8Array.fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
const rfcPublicKey = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'
const rfcSignature =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
  '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'

describe.each(cryptos)('%s', (_name, crypto) => {
  test('[CR1] SHA-256 is that of FIPS 180-4, and the digest is bytes of its own', () => {
    const data = formatUtf8('abc')
    const digest = crypto.sha256(data)
    expect(digest.toHex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(digest.constructor).toBe(Uint8Array)
    expect(digest.buffer.byteLength).toBe(32)
    expect(data).toEqual(formatUtf8('abc'))
    expect(crypto.sha256(new Uint8Array(0)).toHex()).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  test('[CR2] a signature of RFC 8032 verifies, and with any byte changed it does not', async () => {
    const publicKey = Uint8Array.fromHex(rfcPublicKey)
    const signature = Uint8Array.fromHex(rfcSignature)
    expect(await crypto.verifyEd25519(publicKey, Uint8Array.of(0x72), signature)).toBe(true)
    expect(await crypto.verifyEd25519(publicKey, Uint8Array.of(0x73), signature)).toBe(false)
    await fc.assert(
      fc.asyncProperty(flippedByte(signature), async (flipped) => {
        expect(await crypto.verifyEd25519(publicKey, Uint8Array.of(0x72), flipped)).toBe(false)
      }),
    )
    await fc.assert(
      fc.asyncProperty(flippedByte(publicKey), async (flipped) => {
        expect(await crypto.verifyEd25519(flipped, Uint8Array.of(0x72), signature)).toBe(false)
      }),
    )
  })

  test('[CR2] malformed keys and signatures are refused as false and never thrown', async () => {
    const publicKey = Uint8Array.fromHex(rfcPublicKey)
    const signature = Uint8Array.fromHex(rfcSignature)
    for (const length of [0, 31, 33, 64]) {
      expect(await crypto.verifyEd25519(new Uint8Array(length), message, signature)).toBe(false)
      expect(await crypto.verifyEd25519(publicKey, message, new Uint8Array(length + 1))).toBe(false)
      expect(await crypto.verifyP256(new Uint8Array(length), message, signature)).toBe(false)
    }
    expect(await crypto.verifyEd25519(new Uint8Array(32).fill(0xff), message, signature)).toBe(false)
  })

  describePublished('ed25519-cctv', (vectors) => {
    test('[CR3] Ed25519 is verified without the cofactor and without points of low order, over the whole CCTV table', async () => {
      const table =
        vectors.readJson<{ key: string; sig: string; msg: string; flags: string[] | null }[]>(
          'ed25519/ed25519vectors.json',
        )
      const verdicts = await Promise.all(
        table.map((row) =>
          crypto.verifyEd25519(Uint8Array.fromHex(row.key), formatUtf8(row.msg), Uint8Array.fromHex(row.sig)),
        ),
      )
      const refused = ['low_order_A', 'low_order_R', 'non_canonical_R', 'low_order_residue']
      const wanted = table.map((row) => !row.flags?.some((flag) => refused.includes(flag)))
      expect(table.length).toBe(914)
      expect(verdicts).toEqual(wanted)
    })
  })

  test('[CR3] a signature with the neutral point as its first half is refused, though its equation holds', async () => {
    // With r = 0 the equation S·B = R + k·A asks for S = k·a only, and any holder of a key can make that.
    const scalar = 12345678901234567890n
    const publicKey = encodePoint(multiplyPoint(basePoint, scalar))
    const first = encodePoint(multiplyPoint(basePoint, 0n))
    const k = parseLittleEndian(createHash('sha512').update(first).update(publicKey).update(message).digest())
    const second = formatLittleEndian((k * scalar) % groupOrder)
    const keyPoint = decodePoint(publicKey)!.point
    expect(encodePoint(multiplyPoint(basePoint, (k * scalar) % groupOrder))).toEqual(
      encodePoint(multiplyPoint(keyPoint, k)),
    )
    expect(await crypto.verifyEd25519(publicKey, message, concatBytes(first, second))).toBe(false)
  })

  test('[CR4] an ECDSA signature on P-256 verifies, and with any byte changed it does not', async () => {
    for (let round = 0; round < 20; round++) {
      const { publicKey, signature } = signP256(message)
      expect(await crypto.verifyP256(publicKey, message, signature)).toBe(true)
      expect(await crypto.verifyP256(publicKey, formatUtf8('what is not'), signature)).toBe(false)
    }
    const { publicKey, signature } = signP256(message)
    await fc.assert(
      fc.asyncProperty(flippedByte(signature), async (flipped) => {
        expect(await crypto.verifyP256(publicKey, message, flipped)).toBe(false)
      }),
    )
    await fc.assert(
      fc.asyncProperty(flippedByte(publicKey), async (flipped) => {
        expect(await crypto.verifyP256(flipped, message, signature)).toBe(false)
      }),
    )
  })

  test('[CR4] a P-256 key in the hybrid or the compressed encoding is refused', async () => {
    const { publicKey, signature } = signP256(message)
    for (const first of [2, 3, 6, 7]) {
      expect(await crypto.verifyP256(publicKey.with(0, first), message, signature)).toBe(false)
      const compressed = publicKey.with(0, first).subarray(0, 33)
      expect(await crypto.verifyP256(compressed, message, signature)).toBe(false)
    }
  })

  test('[CR4] a P-256 signature in any encoding but DER is refused', async () => {
    const { publicKey, signature } = signP256(message)
    const [, length, ...rest] = signature
    const spellings = {
      'a byte after it': Uint8Array.of(...signature, 0),
      'a byte missing': signature.subarray(0, -1),
      'a long form of the length': Uint8Array.of(0x30, 0x81, length!, ...rest),
      'an indefinite length': Uint8Array.of(0x30, 0x80, ...rest, 0, 0),
      'a zero before the first number': Uint8Array.of(0x30, length! + 1, 2, rest[1]! + 1, 0, ...rest.slice(2)),
      'two empty numbers': Uint8Array.of(0x30, 4, 2, 0, 2, 0),
      'two zeros': Uint8Array.of(0x30, 6, 2, 1, 0, 2, 1, 0),
      nothing: new Uint8Array(0),
    }
    for (const [spelling, bytes] of Object.entries(spellings)) {
      expect(await crypto.verifyP256(publicKey, message, bytes), spelling).toBe(false)
    }
  })
})

test('[CR5] a signer made from a seed signs as RFC 8032 says', async () => {
  const signer = createSigner(rfcSeed)
  expect(signer.publicKey.toHex()).toBe(rfcPublicKey)
  expect((await signer.sign(Uint8Array.of(0x72))).toHex()).toBe(rfcSignature)
})

test('[CR5] a generated signer, and one made from a key object, sign for their public key', async () => {
  const signers = [await generateSigner(), createSigner(generateKeyPairSync('ed25519').privateKey)]
  for (const signer of signers) {
    const signature = await signer.sign(message)
    expect(signature.length).toBe(64)
    for (const [, crypto] of cryptos) {
      expect(await crypto.verifyEd25519(signer.publicKey, message, signature)).toBe(true)
    }
  }
})

test('[CR5] a signer is not made from anything but an Ed25519 private key', () => {
  const refused = expect.objectContaining({ code: 'key.malformed' })
  expect(() => createSigner(new Uint8Array(31))).toThrow(refused)
  expect(() => createSigner(generateKeyPairSync('ed25519').publicKey)).toThrow(refused)
  expect(() => createSigner(generateKeyPairSync('x25519').privateKey)).toThrow(refused)
})

function signP256(data: Uint8Array): { publicKey: Uint8Array; signature: Uint8Array } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return { publicKey: new Uint8Array(spki.subarray(-65)), signature: new Uint8Array(sign('sha256', data, privateKey)) }
}

const fieldPrime = 2n ** 255n - 19n
const basePoint = decodePoint(Uint8Array.fromHex(`58${'66'.repeat(31)}`))!.point

function encodePoint({ X, Y, Z }: EdwardsPoint): Uint8Array {
  let inverse = 1n
  for (let i = 254; i >= 0; i--) {
    inverse = (inverse * inverse) % fieldPrime
    if (((fieldPrime - 2n) >> BigInt(i)) & 1n) inverse = (inverse * Z) % fieldPrime
  }
  const bytes = formatLittleEndian((Y * inverse) % fieldPrime)
  if (((X * inverse) % fieldPrime) & 1n) bytes[31] = bytes[31]! | 0x80
  return bytes
}

function parseLittleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Uint8Array.from(bytes).reverse().toHex()}`)
}

function formatLittleEndian(value: bigint): Uint8Array {
  return Uint8Array.fromHex(value.toString(16).padStart(64, '0')).reverse()
}
