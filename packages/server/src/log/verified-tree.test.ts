import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash, MemoryTree, proveConsistency, proveInclusion, RecordError, rootAt } from '@parley/record'
import type { TreeReader } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { ServerError } from '../error.ts'
import { createVerifiedTree, damagedLog } from './verified-tree.ts'

const size = 70_000
const tree = new MemoryTree(nodeCrypto)
for (let i = 0; i < size; i++) tree.append(leafHash(nodeCrypto, Uint8Array.of(i & 255, i >> 8, i >> 16)))
const damaged = (what: string) => new ServerError('log.damaged', what, { detail: 'a.example/governance' })

/** The tiles of a tree as they are stored, with one bit turned in one tile if asked for. */
function stored(
  of: MemoryTree,
  bent?: { readonly level: number; readonly index: number; readonly bit: number },
): TreeReader {
  return {
    async readTile(level, index, width) {
      const hashes = await of.readTile(level, index, width).catch(() => new Uint8Array())
      if (bent === undefined || bent.level !== level || bent.index !== index) return hashes
      const at = bent.bit >> 3
      return at < hashes.length ? hashes.with(at, hashes[at]! ^ (1 << (bent.bit & 7))) : hashes
    },
  }
}

function verified(of: MemoryTree, claimed: number, bent?: Parameters<typeof stored>[1]): TreeReader {
  return createVerifiedTree(nodeCrypto, stored(of, bent), () => ({ size: claimed, root: of.root(claimed) }), damaged)
}

describe('[LG10] tiles', () => {
  test('that are right give the same proofs and roots', async () => {
    const reader = verified(tree, size)
    for (const at of [0, 255, 256, 65_535, 65_536, size - 1]) {
      expect(await proveInclusion(nodeCrypto, reader, at, size)).toEqual(
        await proveInclusion(nodeCrypto, tree, at, size),
      )
    }
    for (const old of [1, 255, 256, 257, 65_536, 69_999, size]) {
      expect(await rootAt(nodeCrypto, reader, old)).toEqual(tree.root(old))
      expect(await proveConsistency(nodeCrypto, reader, old, size)).toEqual(
        await proveConsistency(nodeCrypto, tree, old, size),
      )
    }
  })

  test.each([0, 1, 255, 256, 257, 65_535, 65_536, 65_537])('of a log of %d entries are right', async (entries) => {
    const reader = verified(tree, entries)
    if (entries > 0) expect(await rootAt(nodeCrypto, reader, entries)).toEqual(tree.root(entries))
    // Beyond what is known for certain there is nothing to be had, though the tiles may be there already.
    await expect(rootAt(nodeCrypto, reader, entries + 1)).rejects.toThrow(RecordError)
  })

  test('in which any one bit turned are never taken for right', async () => {
    const place = fc.record({ level: fc.constantFrom(0, 0, 0, 1, 2), at: fc.nat(size - 1), bit: fc.nat(8191 * 8) })
    await fc.assert(
      fc.asyncProperty(place, fc.nat(size - 1), async ({ at, bit, level }, other) => {
        const index = Math.floor(at / 256 ** (level + 1))
        const reader = verified(tree, size, { level, index, bit })
        for (const leaf of [at, other]) {
          try {
            const proof = await proveInclusion(nodeCrypto, reader, leaf, size)
            expect(proof).toEqual(await proveInclusion(nodeCrypto, tree, leaf, size))
          } catch (error) {
            expect(damagedLog(error)).toBe('a.example/governance')
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  test('that were bent and mended are right again', async () => {
    let bent: Parameters<typeof stored>[1] = { level: 0, index: 273, bit: 5 }
    const inner: TreeReader = { readTile: (...place) => stored(tree, bent).readTile(...place) }
    const reader = createVerifiedTree(nodeCrypto, inner, () => ({ size, root: tree.root() }), damaged)
    await expect(rootAt(nodeCrypto, reader, size)).rejects.toMatchObject({ code: 'log.damaged' })
    bent = undefined
    expect(await rootAt(nodeCrypto, reader, size)).toEqual(tree.root())
  })

  test('grow with their log', async () => {
    const growing = new MemoryTree(nodeCrypto)
    let claim = { size: 0, root: growing.root() }
    const reader = createVerifiedTree(nodeCrypto, stored(growing), () => claim, damaged)
    for (let i = 0; i < 600; i++) {
      growing.append(tree.leaf(i))
      // The tiles may be ahead of what is known, and what is known goes up in steps.
      if (i % 7 !== 0) continue
      claim = { size: growing.size, root: growing.root() }
      expect(await rootAt(nodeCrypto, reader, claim.size)).toEqual(claim.root)
    }
  })
})
