import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { formatBase64 } from './bytes.ts'
import { mergeSeen, parseSeen, seenCountMax, seenSize, type Seen } from './seen.ts'

const root = formatBase64(new Uint8Array(32))
const origins = ['a', 'b', 'c', 'd'].map((party) => `${party}.example/governance`)

function head(origin: string, size: number, time = 0): Seen {
  return { origin, size, root, time }
}

// The root follows from origin and size, as it does once it is verified.
const seenList = fc
  .uniqueArray(
    fc.record({ origin: fc.constantFrom(...origins), size: fc.integer({ min: 1, max: 4 }), time: fc.nat(3) }),
    {
      selector: (item) => item.origin,
    },
  )
  .map((items) =>
    items.map((item) => head(item.origin, item.size, item.time)).sort((a, b) => (a.origin < b.origin ? -1 : 1)),
  )

test('[EN5] a list is sorted by origin, with no origin twice', () => {
  const [a, b] = [head(origins[0]!, 1), head(origins[1]!, 1)]
  const list = (items: Seen[]) => () => parseSeen(items.map((item) => ({ ...item })))
  expect(refusalOf(list([a, b]))).toBe('accepted')
  expect(refusalOf(list([b, a]))).toBe('seen.unordered')
  expect(refusalOf(list([a, a]))).toBe('seen.unordered')
})

test('[EN5] a list has a greatest length', () => {
  const items = Array.from({ length: seenCountMax + 1 }, (_, i) => ({
    ...head(`p${String(i).padStart(4, '0')}.example/governance`, 1),
  }))
  expect(refusalOf(() => parseSeen(items.slice(1)))).toBe('accepted')
  expect(refusalOf(() => parseSeen(items))).toBe('entry.malformed')
})

test('[EN10] what had been seen only grows', () => {
  fc.assert(
    fc.property(seenList, seenList, (before, after) => {
      const merged = mergeSeen(before, after)
      for (const origin of origins) {
        expect(seenSize(merged, origin)).toBe(Math.max(seenSize(before, origin), seenSize(after, origin)))
      }
      expect(merged.map((item) => item.origin)).toEqual(merged.map((item) => item.origin).toSorted())
    }),
  )
})

test('[EN10] the order of adding up does not matter, nor adding twice', () => {
  fc.assert(
    fc.property(seenList, seenList, seenList, (a, b, c) => {
      expect(mergeSeen(a, b)).toEqual(mergeSeen(b, a))
      expect(mergeSeen(a, mergeSeen(b, c))).toEqual(mergeSeen(mergeSeen(a, b), c))
      expect(mergeSeen(mergeSeen(a, b), b)).toEqual(mergeSeen(a, b))
    }),
  )
})

test('[EN10] at one size the later time counts', () => {
  const [origin] = origins
  expect(mergeSeen([head(origin!, 2, 9)], [head(origin!, 2, 5)])).toEqual([head(origin!, 2, 9)])
  expect(mergeSeen([head(origin!, 2, 9)], [head(origin!, 3, 0)])).toEqual([head(origin!, 3, 0)])
  expect(seenSize([], origin!)).toBe(0)
})
