import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { formatEntryBundle, parseEntryBundle } from './entry-bundle.ts'

test('[TL7] the entries of a bundle come back as they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 256 }), (entries) => {
      expect(parseEntryBundle(formatEntryBundle(entries), entries.length)).toEqual(entries)
    }),
    { numRuns: 40 },
  )
  const longest = new Uint8Array(65_535).fill(1)
  expect(parseEntryBundle(formatEntryBundle([longest, new Uint8Array(0)]), 2)).toEqual([longest, new Uint8Array(0)])
})

test('[TL7] each entry stands behind its length, the most significant byte first', () => {
  expect(formatEntryBundle([new Uint8Array(258).fill(9), Uint8Array.of(7)]).toHex()).toBe(
    `0102${'09'.repeat(258)}000107`,
  )
})

test.each([
  ['an entry of 65,536 bytes', () => formatEntryBundle([new Uint8Array(65_536)])],
  ['no entry', () => formatEntryBundle([])],
  ['257 entries', () => formatEntryBundle(Array.from({ length: 257 }, () => new Uint8Array(0)))],
  ['half a length', () => parseEntryBundle(Uint8Array.of(0), 1)],
  ['an entry cut off', () => parseEntryBundle(Uint8Array.of(0, 2, 1), 1)],
  ['an entry too few', () => parseEntryBundle(Uint8Array.of(0, 1, 1), 2)],
  ['an entry too many', () => parseEntryBundle(Uint8Array.of(0, 1, 1, 0, 0), 1)],
  ['a byte after the last', () => parseEntryBundle(Uint8Array.of(0, 1, 1, 0), 1)],
  ['no count', () => parseEntryBundle(new Uint8Array(0), 0)],
  ['a count of 257', () => parseEntryBundle(new Uint8Array(514), 257)],
])('[TL8] %s is refused', (_name, attempt) => {
  expect(refusalOf(attempt)).toBe('tile.malformed')
})

test('[TL8] a bundle changed in one byte is refused or formats to itself', () => {
  const bundle = formatEntryBundle([Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.of(4)])
  fc.assert(
    fc.property(flippedByte(bundle), (flipped) => {
      const refusal = refusalOf(() => parseEntryBundle(flipped, 3))
      expect(['accepted', 'tile.malformed']).toContain(refusal)
      if (refusal === 'accepted') expect(formatEntryBundle(parseEntryBundle(flipped, 3))).toEqual(flipped)
    }),
  )
})
