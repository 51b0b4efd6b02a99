import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { MemoryTree } from './memory-tree.ts'
import { leafHash } from './merkle.ts'
import { nodeCrypto } from './node/crypto.ts'
import { emptyTileEdge, growTiles, type HashTile, listChangedTiles, listTiles, readTileEdge } from './tiles.ts'

const sizeMax = 66_000
const leaves = new Uint8Array(sizeMax * 32)
const tree = new MemoryTree(nodeCrypto)
for (let i = 0; i < sizeMax; i++) {
  const leaf = leafHash(nodeCrypto, new Uint8Array(new Uint32Array([i]).buffer))
  leaves.set(leaf, i * 32)
  tree.append(leaf)
}
const leavesFrom = (from: number, to: number) => leaves.slice(from * 32, to * 32)
const names = (tiles: Iterable<{ level: number; index: number; width: number }>) =>
  Array.from(tiles, ({ level, index, width }) => `${level}/${index}.${width}`)

describe('which tiles there are', () => {
  test.each([
    [0, []],
    [1, ['0/0.1']],
    [255, ['0/0.255']],
    [256, ['0/0.256', '1/0.1']],
    [257, ['0/0.256', '0/1.1', '1/0.1']],
    [768, ['0/0.256', '0/1.256', '0/2.256', '1/0.3']],
  ])('[TL3] of %i entries', (size, wanted) => {
    expect(names(listTiles(size))).toEqual(wanted)
  })

  test('[TL4] those that change are those that were not there before, or not as wide', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(3000), (oldSize, more) => {
        const before = new Set(names(listTiles(oldSize)))
        const wanted = names(listTiles(oldSize + more)).filter((name) => !before.has(name))
        expect(names(listChangedTiles(oldSize, oldSize + more))).toEqual(wanted)
      }),
      { numRuns: 40 },
    )
  })

  test('[TL4] a tree does not shrink', () => {
    expect(refusalOf(() => [...listChangedTiles(5, 4)])).toBe('tree.size')
    expect(refusalOf(() => [...listTiles(-1)])).toBe('tree.size')
  })
})

describe('growing', () => {
  test('[TL5] gives exactly the tiles that changed, with the hashes that the tree has there', async () => {
    const sizes = fc.tuple(fc.constantFrom(0, 1, 255, 256, 300, 65_279, 65_280, 65_535, 65_536), fc.nat(460))
    await fc.assert(
      fc.asyncProperty(sizes, async ([oldSize, more]) => {
        const size = oldSize + more
        const edge = await readTileEdge(tree, oldSize)
        const grown = growTiles(nodeCrypto, edge, leavesFrom(oldSize, size))
        expect(names(grown.tiles)).toEqual(names(listChangedTiles(oldSize, size)))
        for (const { level, index, width, hashes } of grown.tiles) {
          expect(hashes).toEqual(await tree.readTile(level, index, width))
        }
        expect(grown.edge).toEqual(await readTileEdge(tree, size))
      }),
      { numRuns: 40 },
    )
  })

  test('[TL5] in any steps leads to the same tiles', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 6 }), (steps) => {
        const kept = new Map<string, HashTile>()
        let edge = emptyTileEdge
        for (const step of steps) {
          const grown = growTiles(nodeCrypto, edge, leavesFrom(edge.size, edge.size + step))
          for (const tile of grown.tiles) kept.set(`${tile.level}/${tile.index}`, tile)
          edge = grown.edge
        }
        const atOnce = growTiles(nodeCrypto, emptyTileEdge, leavesFrom(0, edge.size))
        expect(edge).toEqual(atOnce.edge)
        expect(names(kept.values()).toSorted()).toEqual(names(atOnce.tiles).toSorted())
      }),
      { numRuns: 40 },
    )
  })

  test('[TL6] an edge that does not fit its size is refused', () => {
    const misfits = [
      { size: 1, levels: [] },
      { size: 0, levels: [new Uint8Array(0)] },
      { size: 1, levels: [new Uint8Array(31)] },
      { size: 257, levels: [new Uint8Array(32)] },
      { size: 256, levels: [new Uint8Array(0), new Uint8Array(64)] },
    ]
    for (const edge of misfits) {
      expect(refusalOf(() => growTiles(nodeCrypto, edge, leavesFrom(0, 1)))).toBe('tile.malformed')
    }
    expect(refusalOf(() => growTiles(nodeCrypto, emptyTileEdge, new Uint8Array(33)))).toBe('tile.malformed')
  })

  test('[TL6] an edge is not read from a reader that hands back too little', async () => {
    const short = { readTile: async () => new Uint8Array(32) }
    expect(await refusalOfAsync(() => readTileEdge(short, 2))).toBe('tile.malformed')
  })
})

describePublished('tlog-tiles', (vectors) => {
  const { treeShape } = vectors.readJson<{
    treeShape: { size: number; tiles: Record<string, { full: number; partial: number }> }[]
  }>('paths.json')

  test.each(treeShape)('[TL3] a tree of $size entries has the published shape', ({ size, tiles }) => {
    const shape: Record<string, { full: number; partial: number }> = {}
    for (const { level, width } of listTiles(size)) {
      const counted = (shape[level] ??= { full: 0, partial: 0 })
      if (width === 256) counted.full += 1
      else counted.partial = width
    }
    expect(shape).toEqual(tiles)
  })
})
