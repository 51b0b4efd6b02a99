import { expect, test } from 'vitest'
import { listOffsets } from './zone-offsets.ts'

const now = Date.UTC(2026, 5, 1)

test('a zone without changes has one offset', () => {
  expect(listOffsets('Asia/Shanghai', now, 3)).toEqual([{ from: Date.UTC(2026, 0, 1), minutes: 480 }])
  expect(listOffsets('UTC', now, 3)).toEqual([{ from: Date.UTC(2026, 0, 1), minutes: 0 }])
})

test('the changes of a zone are found to the minute', () => {
  expect(listOffsets('America/New_York', now, 1)).toEqual([
    { from: Date.UTC(2026, 0, 1), minutes: -300 },
    { from: Date.UTC(2026, 2, 8, 7), minutes: -240 },
    { from: Date.UTC(2026, 10, 1, 6), minutes: -300 },
  ])
})

test('what is no zone has none', () => {
  expect(listOffsets('Nowhere/Land', now, 1)).toBeUndefined()
})
