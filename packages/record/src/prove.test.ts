import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatFrontier, Frontier } from './frontier.ts'
import { MemoryTree } from './memory-tree.ts'
import { leafHash } from './merkle.ts'
import { nodeCrypto } from './node/crypto.ts'
import { verifyConsistency, verifyInclusion } from './proof.ts'
import { frontierAt, proveConsistency, proveInclusion, proveSubtree, rootAt, type TreeReader } from './prove.ts'

const sizeMax = 66_500
const tree = new MemoryTree(nodeCrypto)
const roots = new Map<number, Uint8Array>()
const frontier = Frontier.empty(nodeCrypto)
const watched = new Set([0, 1, 2, 3, 255, 256, 257, 511, 512, 1000, 4096, 65_535, 65_536, 65_537, 65_792, sizeMax])
for (let size = 0; size <= sizeMax; size++) {
  if (watched.has(size)) roots.set(size, frontier.root())
  const leaf = leafHash(nodeCrypto, new Uint8Array(new Uint32Array([size]).buffer))
  frontier.append(leaf)
  tree.append(leaf)
}

const anySize = fc.oneof(fc.constantFrom(...watched), fc.integer({ min: 1, max: sizeMax }))

describe('roots from tiles', () => {
  test('[MT13] agree with the frontier, read at once or later', async () => {
    for (const [size, root] of roots) {
      expect(await rootAt(nodeCrypto, tree, size), `size ${size}`).toEqual(root)
      expect(tree.root(size), `size ${size}`).toEqual(root)
    }
  })

  test('[MT13] a frontier read from tiles is the one that was grown', async () => {
    const grown = Frontier.empty(nodeCrypto)
    for (let i = 0; i < 700; i++) grown.append(tree.leaf(i))
    expect(formatFrontier(await frontierAt(nodeCrypto, tree, 700))).toEqual(formatFrontier(grown))
  })
})

describe('proofs from tiles', () => {
  test('[MT14] of inclusion verify at any index and size', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, fc.nat(sizeMax), async (size, at) => {
        fc.pre(size > 0)
        const index = at % size
        const proof = await proveInclusion(nodeCrypto, tree, index, size)
        verifyInclusion(nodeCrypto, { index, size, leafHash: tree.leaf(index), root: tree.root(size) }, proof)
      }),
      { numRuns: 60 },
    )
  })

  test('[MT14] of consistency verify between any two sizes', async () => {
    await fc.assert(
      fc.asyncProperty(anySize, anySize, async (one, two) => {
        const [oldSize, size] = [Math.min(one, two), Math.max(one, two)]
        fc.pre(oldSize > 0)
        const proof = await proveConsistency(nodeCrypto, tree, oldSize, size)
        const claim = { oldSize, oldRoot: tree.root(oldSize), size, root: tree.root(size) }
        verifyConsistency(nodeCrypto, claim, proof)
      }),
      { numRuns: 60 },
    )
  })

  test('[MT15] read each tile once, and at most two a level', async () => {
    const reads: string[] = []
    const counted: TreeReader = {
      readTile(level, index, width) {
        reads.push(`${level}/${index}`)
        return tree.readTile(level, index, width)
      },
    }
    await fc.assert(
      fc.asyncProperty(anySize, anySize, async (one, two) => {
        const [lower, size] = [Math.min(one, two), Math.max(one, two)]
        fc.pre(lower > 0 && lower < size)
        for (const prove of [proveInclusion, proveConsistency]) {
          reads.length = 0
          await prove(nodeCrypto, counted, lower, size)
          expect(new Set(reads).size).toBe(reads.length)
          for (const level of [0, 1, 2]) {
            expect(reads.filter((read) => read.startsWith(`${level}/`)).length).toBeLessThanOrEqual(2)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('[MT15] ask for the width that the tile has at that size, so that a partial tile is enough', async () => {
    const widths: number[] = []
    const narrow: TreeReader = {
      readTile(level, index, width) {
        widths.push(width)
        return tree.readTile(level, index, width)
      },
    }
    await proveInclusion(nodeCrypto, narrow, 300, 301)
    expect(widths.toSorted((a, b) => a - b)).toEqual([1, 45])
  })
})

describe('refusals', () => {
  const cases: [string, () => unknown, string][] = [
    ['an index equal to the size', () => proveInclusion(nodeCrypto, tree, 5, 5), 'tree.size'],
    ['an old size of 0', () => proveConsistency(nodeCrypto, tree, 0, 5), 'tree.size'],
    ['an old size above the size', () => proveConsistency(nodeCrypto, tree, 6, 5), 'tree.size'],
    ['a subtree after the tree', () => proveSubtree(nodeCrypto, tree, { start: 4, end: 8 }, 7), 'tree.size'],
    ['what spans no subtree', () => proveSubtree(nodeCrypto, tree, { start: 3, end: 5 }, 7), 'proof.subtree'],
    ['a fractional size', () => proveConsistency(nodeCrypto, tree, 1, 1.5), 'tree.size'],
    ['a root above the size', () => tree.root(sizeMax + 2), 'tree.size'],
    ['a leaf above the size', () => tree.leaf(sizeMax + 1), 'tree.size'],
  ]
  test.each(cases)('[MT16] %s is not proven', (_name, attempt, code) => {
    expect(refusalOf(attempt)).toBe(code)
  })

  test('[MT16] a tree that never had that size is not read', async () => {
    expect(await refusalOfAsync(() => rootAt(nodeCrypto, tree, sizeMax + 200))).toBe('tree.size')
  })

  test('[MT16] a reader that hands back too little is caught', async () => {
    const short: TreeReader = {
      readTile: async (level, index, width) => (await tree.readTile(level, index, width)).slice(1),
    }
    expect(await refusalOfAsync(() => rootAt(nodeCrypto, short, 5))).toBe('tile.malformed')
  })

  test('[MT16] a leaf hash of another length is not appended', () => {
    const empty = new MemoryTree(nodeCrypto)
    expect(refusalOf(() => empty.append(new Uint8Array(33)))).toBe('tree.hash')
    expect(empty.size).toBe(0)
  })
})
