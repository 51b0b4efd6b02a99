import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { FrameReader, FrameWriter } from './frame.ts'

const codes = { malformed: 'delivery.malformed', limit: 'delivery.limit' } as const

test('[DL1] numbers and parts survive the round trip, and the frame must end where they end', () => {
  const fields = fc.array(
    fc.oneof(
      fc.record({ width: fc.constant(1 as const), value: fc.nat({ max: 0xff }) }),
      fc.record({ width: fc.constant(2 as const), value: fc.nat({ max: 0xffff }) }),
      fc.record({ width: fc.constant(4 as const), value: fc.integer({ min: 0, max: 0xffffffff }) }),
      fc.record({ width: fc.constant(8 as const), value: fc.maxSafeNat() }),
    ),
  )
  fc.assert(
    fc.property(fields, fc.uint8Array({ maxLength: 30 }), (numbers, part) => {
      const length = numbers.reduce((sum, { width }) => sum + width, 2 + part.length)
      const writer = new FrameWriter(length)
      for (const { width, value } of numbers) writer.number(width, value)
      writer.prefixed(2, part)
      const reader = new FrameReader(writer.bytes, codes)
      for (const { width, value } of numbers) expect(reader.number(width, 'a number', value)).toBe(value)
      expect(reader.prefixed(2, 'a part', 30)).toEqual(part)
      reader.end()
      expect(refusalOf(() => reader.take(1, 'more'))).toBe('delivery.malformed')
    }),
  )
})

test('[DL1] a part shares memory with its frame, and a frame may lie anywhere in a larger buffer', () => {
  const buffer = Uint8Array.of(9, 9, 0, 2, 5, 6, 9)
  const reader = new FrameReader(buffer.subarray(2, 6), codes)
  const part = reader.prefixed(2, 'a part', 2)
  expect([part.buffer, part.byteOffset, [...part]]).toEqual([buffer.buffer, 4, [5, 6]])
  reader.end()
})

test.each([
  ['a number cut off', () => new FrameReader(new Uint8Array(3), codes).number(4, 'a number', 9), 'delivery.malformed'],
  [
    'a number above its limit',
    () => new FrameReader(Uint8Array.of(4), codes).number(1, 'a number', 3),
    'delivery.limit',
  ],
  [
    'a length above its limit',
    () => new FrameReader(new Uint8Array(9).fill(255), codes).prefixed(4, 'a part', 4),
    'delivery.limit',
  ],
  [
    'a number beyond 2^53',
    () => new FrameReader(new Uint8Array(8).fill(255), codes).number(8, 'a number', Number.MAX_SAFE_INTEGER),
    'delivery.limit',
  ],
  [
    'a part cut off',
    () => new FrameReader(Uint8Array.of(0, 2, 1), codes).prefixed(2, 'a part', 9),
    'delivery.malformed',
  ],
  ['more after the end', () => new FrameReader(new Uint8Array(1), codes).end(), 'delivery.malformed'],
])('[DL1] refused: %s', (_case, attempt, code) => {
  expect(refusalOf(attempt)).toBe(code)
})
