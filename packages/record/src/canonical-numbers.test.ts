// The number sequence of RFC 8785's companion tests, made here by the recipe in its read-me and compared by digest.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { describePublished } from '../test-support/shared-vectors.ts'
import { canonicalText } from './canonical.ts'

const count = 10_000
const digest = 'b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892'

function listStatic(readMe: string): bigint[] {
  const list = /staticU64s = new BigUint64Array\(\[(.*?)\]\)/s.exec(readMe)![1]!
  return [...list.matchAll(/0x([0-9a-f]+)n/g)].map(([, hex]) => BigInt(`0x${hex}`))
}

function* sequence(fixed: readonly bigint[]): Generator<number> {
  yield* new Float64Array(BigUint64Array.from(fixed).buffer)
  const serial = BigUint64Array.from({ length: 2000 }, (_, i) => 0x0010000000000000n + BigInt(i))
  yield* new Float64Array(serial.buffer)
  let block = new Uint8Array(32)
  for (;;) {
    block = new Uint8Array(createHash('sha256').update(block).digest())
    for (const number of new Float64Array(block.buffer)) if (number !== 0 && Number.isFinite(number)) yield number
  }
}

describePublished('jcs-rfc8785/testdata', (published) => {
  test(`[CJ6] ${count} numbers are written as RFC 8785 has them`, () => {
    const hash = createHash('sha256')
    for (const number of sequence(listStatic(published.readText('README.md'))).take(count)) {
      const bits = new BigUint64Array(Float64Array.of(number).buffer)[0]!
      hash.update(`${bits.toString(16)},${canonicalText(number, 'rfc8785')}\n`)
    }
    expect(hash.digest('hex')).toBe(digest)
  })
})
