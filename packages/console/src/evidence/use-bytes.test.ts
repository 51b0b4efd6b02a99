import { expect, test } from 'vitest'
import { unitOf } from './use-bytes.ts'

test.each([
  [0, 'byte', 0],
  [999, 'byte', 999],
  [1000, 'kilobyte', 1],
  [2_500_000, 'megabyte', 2.5],
  [10_000_000_000, 'gigabyte', 10],
  [12_000_000_000_000, 'gigabyte', 12_000],
])('%i bytes are told in %ss', (bytes, unit, value) => {
  expect(unitOf(bytes)).toEqual({ unit, value })
})
