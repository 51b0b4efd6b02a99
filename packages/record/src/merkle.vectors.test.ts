import { describe, expect, test } from 'vitest'
import { cryptos } from '../test-support/cryptos.ts'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf } from '../test-support/refusal.ts'
import { formatEntryBundle, parseEntryBundle } from './entry-bundle.ts'
import { formatFrontier, Frontier, parseFrontier } from './frontier.ts'
import { leafHash } from './merkle.ts'
import { verifyConsistency, verifyInclusion, verifySubtreeConsistency } from './proof.ts'
import { formatTilePath, parseTilePath, type TileAddress } from './tile-path.ts'
import { emptyTileEdge, growTiles, listTiles } from './tiles.ts'

type Refused<Case> = Case & { name: string; code: string }
type Vectors<Case> = { valid: (Case & { name: string })[]; invalid: Refused<Case>[] }
type Included = { index: number; size: number; leafHash: string; root: string; proof: string[] }
type Grown = { oldSize: number; oldRoot: string; size: number; root: string; proof: string[] }
type Within = { start: number; end: number; hash: string; size: number; root: string; proof: string[] }
type Edge = { size: number; frontier: string; root: string }
type Bundle = { entries: string[]; bundle: string }

const bytes = (hex: string) => Uint8Array.fromHex(hex)

const merkle = readRecordVectors<{
  entries: string[]
  leafHashes: string[]
  roots: string[]
  frontiers: { valid: Edge[]; invalid: Refused<{ frontier: string }>[] }
  inclusion: Vectors<Included>
  consistency: Vectors<Grown>
  subtree: Vectors<Within>
}>('merkle')

describe.each(cryptos)('vectors/record/merkle.json over %s', (_name, crypto) => {
  test('[MT2] the leaf hashes come out', () => {
    expect(merkle.entries.map((entry) => leafHash(crypto, bytes(entry)).toHex())).toEqual(merkle.leafHashes)
  })

  test('[MT5] the root at every size comes out', () => {
    const frontier = Frontier.empty(crypto)
    const roots = [frontier.root().toHex()]
    for (const leaf of merkle.leafHashes) {
      frontier.append(bytes(leaf))
      roots.push(frontier.root().toHex())
    }
    expect(roots).toEqual(merkle.roots)
  })

  test.each(merkle.frontiers.valid)('[MT6] a frontier of $size', ({ size, frontier, root }) => {
    const parsed = parseFrontier(crypto, bytes(frontier))
    expect(parsed.size).toBe(size)
    expect(parsed.root().toHex()).toBe(root)
    expect(formatFrontier(parsed).toHex()).toBe(frontier)
  })

  test.each(merkle.frontiers.invalid)('[MT6] $code: $name', ({ frontier, code }) => {
    expect(refusalOf(() => parseFrontier(crypto, bytes(frontier)))).toBe(code)
  })

  const inclusion = ({ index, size, leafHash, root, proof }: Included) =>
    refusalOf(() => {
      const claim = { index, size, leafHash: bytes(leafHash), root: bytes(root) }
      verifyInclusion(crypto, claim, proof.map(bytes))
    })
  test.each(merkle.inclusion.valid)('[MT7] inclusion: $name', (vector) => {
    expect(inclusion(vector)).toBe('accepted')
  })
  test.each(merkle.inclusion.invalid)('[MT7] [MT8] inclusion: $code: $name', (vector) => {
    expect(inclusion(vector)).toBe(vector.code)
  })

  const consistency = ({ oldSize, oldRoot, size, root, proof }: Grown) =>
    refusalOf(() => {
      const claim = { oldSize, oldRoot: bytes(oldRoot), size, root: bytes(root) }
      verifyConsistency(crypto, claim, proof.map(bytes))
    })
  test.each(merkle.consistency.valid)('[MT9] consistency: $name', (vector) => {
    expect(consistency(vector)).toBe('accepted')
  })
  test.each(merkle.consistency.invalid)('[MT9] [MT10] consistency: $code: $name', (vector) => {
    expect(consistency(vector)).toBe(vector.code)
  })

  const subtree = ({ start, end, hash, size, root, proof }: Within) =>
    refusalOf(() => {
      const claim = { start, end, hash: bytes(hash), size, root: bytes(root) }
      verifySubtreeConsistency(crypto, claim, proof.map(bytes))
    })
  test.each(merkle.subtree.valid)('[MT11] subtree: $name', (vector) => {
    expect(subtree(vector)).toBe('accepted')
  })
  test.each(merkle.subtree.invalid)('[MT11] [MT12] subtree: $code: $name', (vector) => {
    expect(subtree(vector)).toBe(vector.code)
  })
})

const tiles = readRecordVectors<{
  paths: { valid: (TileAddress & { path: string })[]; invalid: { path: string; code: string }[] }
  shapes: { size: number; tiles: string[] }[]
  growth: { oldSize: number; size: number; count: number; tiles: { path: string; sha256: string }[] }[]
  bundles: { valid: Bundle[]; invalid: Refused<{ count: number; bundle: string }>[] }
}>('tiles')

describe('vectors/record/tiles.json', () => {
  test.each(tiles.paths.valid)('[TL1] $path', ({ path, ...address }) => {
    expect(parseTilePath(path)).toEqual(address)
    expect(formatTilePath(address)).toBe(path)
  })

  test.each(tiles.paths.invalid)('[TL2] $code: $path', ({ path, code }) => {
    expect(refusalOf(() => parseTilePath(path))).toBe(code)
  })

  test.each(tiles.shapes)('[TL3] the tiles of $size entries', (shape) => {
    expect(Array.from(listTiles(shape.size), formatTilePath)).toEqual(shape.tiles)
  })

  test.each(cryptos)('[TL5] a log that grows has these tiles, over %s', (_name, crypto) => {
    let edge = emptyTileEdge
    for (const { oldSize, size, count, tiles: shown } of tiles.growth) {
      const leaves = new Uint8Array((size - oldSize) * 32)
      for (let i = oldSize; i < size; i++) {
        const entry = new Uint8Array(4)
        new DataView(entry.buffer).setUint32(0, i)
        leaves.set(leafHash(crypto, entry), (i - oldSize) * 32)
      }
      expect(edge.size).toBe(oldSize)
      const grown = growTiles(crypto, edge, leaves)
      ;({ edge } = grown)
      expect(grown.tiles.length).toBe(count)
      const digests = new Map(grown.tiles.map((tile) => [formatTilePath(tile), crypto.sha256(tile.hashes).toHex()]))
      for (const { path, sha256 } of shown) expect(digests.get(path), path).toBe(sha256)
    }
  })

  test.each(tiles.bundles.valid)('[TL7] a bundle of $entries', ({ entries, bundle }) => {
    expect(parseEntryBundle(bytes(bundle), entries.length).map((entry) => entry.toHex())).toEqual(entries)
    expect(formatEntryBundle(entries.map(bytes)).toHex()).toBe(bundle)
  })

  test.each(tiles.bundles.invalid)('[TL8] $code: $name', ({ count, bundle, code }) => {
    expect(refusalOf(() => parseEntryBundle(bytes(bundle), count))).toBe(code)
  })
})
