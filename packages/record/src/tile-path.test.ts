import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatTilePath, parseTilePath, type TileAddress } from './tile-path.ts'
import { tileWidth, tileWidthMax } from './tree-ranges.ts'

const addresses: fc.Arbitrary<TileAddress> = fc.record({
  level: fc.oneof(fc.constant('entries' as const), fc.nat(63)),
  index: fc.oneof(fc.nat(2000), fc.maxSafeNat()),
  width: fc.integer({ min: 1, max: tileWidthMax }),
})

test('[TL1] every address has a path that names it again', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      expect(parseTilePath(formatTilePath(address))).toEqual(address)
    }),
  )
})

test('[TL1] a path with one character changed is refused or names another tile', () => {
  const path = formatTilePath({ level: 15, index: 123_456_789, width: 41 })
  fc.assert(
    fc.property(fc.nat(path.length - 1), fc.string({ minLength: 0, maxLength: 1 }), (at, character) => {
      const changed = path.slice(0, at) + character + path.slice(at + 1)
      fc.pre(changed !== path)
      const refusal = refusalOf(() => parseTilePath(changed))
      expect(['accepted', 'tile.path']).toContain(refusal)
      if (refusal === 'accepted') expect(formatTilePath(parseTilePath(changed))).toBe(changed)
    }),
  )
})

describe('refusals', () => {
  test.each([
    '',
    'tile',
    '/tile/0/000',
    'tile/0/000/',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/hashes/000',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000/000',
    'tile/0/001/002',
    'tile/0/x001/x002',
    'tile/0/X001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/',
    'tile/0/000.p/1/',
    'tile/0/000\n',
    'tile/0/../000',
    'tile/0/x009/x007/x199/x254/x740/992',
  ])('[TL2] the path %j is refused', (path) => {
    expect(refusalOf(() => parseTilePath(path))).toBe('tile.path')
  })

  test.each([
    { level: 64, index: 0, width: 1 },
    { level: 0.5, index: 0, width: 1 },
    { level: 0, index: -1, width: 1 },
    { level: 0, index: 2 ** 53, width: 1 },
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
  ])('[TL2] the address %j has no path', (address) => {
    expect(refusalOf(() => formatTilePath(address))).toBe('tile.path')
  })
})

describePublished('tlog-tiles', (vectors) => {
  const published = vectors.readJson<{
    entriesPathForIndex: { seq: number; logSize: number; path: string }[]
    tilePath: { level: number; index: string; p: number; path: string }[]
    parse: { level: string; index: string; want?: { Level: string; Index: string; P: string }; wantErr?: boolean }[]
  }>('paths.json')

  test.each(published.entriesPathForIndex)('[TL1] entry $seq of $logSize is in $path', ({ seq, logSize, path }) => {
    const index = Math.floor(seq / tileWidthMax)
    expect(formatTilePath({ level: 'entries', index, width: tileWidth(logSize, 0, index) })).toBe(path)
  })

  test.each(published.tilePath)('[TL1] $path is formatted', ({ level, index, p, path }) => {
    expect(formatTilePath({ level, index: Number(index), width: p || tileWidthMax })).toBe(path)
  })

  test.each(published.parse)('[TL1] [TL2] level $level, index $index', ({ level, index, want }) => {
    const parse = () => parseTilePath(`tile/${level}/${index}`)
    // One published index is above 2^53 − 1, which no tree here reaches.
    if (want === undefined || !Number.isSafeInteger(Number(want.Index))) {
      expect(refusalOf(parse)).toBe('tile.path')
      return
    }
    const width = Number(want.P) || tileWidthMax
    expect(parse()).toEqual({ level: Number(want.Level), index: Number(want.Index), width })
  })
})
