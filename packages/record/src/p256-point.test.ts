import { createECDH } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOf } from '../test-support/parties.ts'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { parseP256Point } from './p256-point.ts'

function publicKeyOf(label: string): Uint8Array {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(bytesOf(label))
  return new Uint8Array(ecdh.getPublicKey())
}

const prime = 'ffffffff00000001000000000000000000000000ffffffffffffffffffffffff'

test('[GV8] a point of P-256 is accepted', () => {
  for (const label of ['a', 'b', 'c', 'd']) expect(parseP256Point(publicKeyOf(label))).toEqual(publicKeyOf(label))
})

test('[GV8] a changed byte is off the curve', () => {
  fc.assert(
    fc.property(flippedByte(publicKeyOf('a')), (flipped) => {
      expect(refusalOf(() => parseP256Point(flipped))).toBe('key.malformed')
    }),
  )
})

test.each([
  ['nothing', ''],
  ['infinity', '00'],
  ['a compressed point', publicKeyOf('a').subarray(0, 33).toHex().replace(/^04/, '02')],
  ['the origin', `04${'00'.repeat(64)}`],
  // The second field element is a square root of b, and the first is zero in another spelling.
  ['a coordinate that is the prime', `04${prime}66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4`],
])('[GV8] %s is refused', (_name, hex) => {
  expect(refusalOf(() => parseP256Point(Uint8Array.fromHex(hex)))).toBe('key.malformed')
})
