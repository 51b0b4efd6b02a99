import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatFrontier, Frontier, parseFrontier } from './frontier.ts'
import { emptyRoot, leafHash, nodeHash } from './merkle.ts'
import { nodeCrypto } from './node/crypto.ts'

const leaves = Array.from({ length: 70 }, (_, i) => leafHash(nodeCrypto, Uint8Array.of(i)))

/** The definition itself, as RFC 9162 section 2.1.1 writes it. */
function treeHash(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot(nodeCrypto)
  if (hashes.length === 1) return hashes[0]!
  let split = 1
  while (2 * split < hashes.length) split *= 2
  return nodeHash(nodeCrypto, treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)))
}

test('[MT5] appending leaf by leaf gives the root of the definition at every size', () => {
  const frontier = Frontier.empty(nodeCrypto)
  expect(frontier.root()).toEqual(emptyRoot(nodeCrypto))
  leaves.forEach((leaf, i) => {
    frontier.append(leaf)
    expect(frontier.size).toBe(i + 1)
    expect(frontier.root()).toEqual(treeHash(leaves.slice(0, i + 1)))
  })
})

test('[MT5] a copy is not changed by appending to the other', () => {
  const frontier = Frontier.empty(nodeCrypto)
  for (const leaf of leaves.slice(0, 7)) frontier.append(leaf)
  const copy = frontier.copy()
  const root = frontier.root()
  frontier.append(leaves[7]!)
  expect(copy.size).toBe(7)
  expect(copy.root()).toEqual(root)
  copy.append(leaves[7]!)
  expect(copy.root()).toEqual(frontier.root())
})

test('[MT5] a leaf hash of another length is not appended', () => {
  const frontier = Frontier.empty(nodeCrypto)
  expect(refusalOf(() => frontier.append(new Uint8Array(31)))).toBe('tree.hash')
  expect(frontier.size).toBe(0)
})

test('[MT6] a frontier read back from its bytes goes on as if it had never been away', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(9), (size, more) => {
      const frontier = Frontier.empty(nodeCrypto)
      for (const leaf of leaves.slice(0, size)) frontier.append(leaf)
      const bytes = formatFrontier(frontier)
      const readBack = parseFrontier(nodeCrypto, bytes)
      expect(formatFrontier(readBack)).toEqual(bytes)
      for (const leaf of leaves.slice(size, size + more)) readBack.append(leaf)
      expect(readBack.root()).toEqual(treeHash(leaves.slice(0, size + more)))
    }),
  )
})

test('[MT6] a frontier is eight bytes of size and one hash for each bit set in it', () => {
  const refused = {
    nothing: new Uint8Array(0),
    'a hash too many': new Uint8Array(8 + 32),
    'half a hash': Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, ...new Uint8Array(16)),
    'a hash too few': Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 3, ...new Uint8Array(32)),
    'a size of 2^53': Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 0, ...new Uint8Array(32)),
    'a size of 2^53 + 1': Uint8Array.of(0, 0x20, 0, 0, 0, 0, 0, 1, ...new Uint8Array(64)),
  }
  for (const [name, bytes] of Object.entries(refused)) {
    expect(
      refusalOf(() => parseFrontier(nodeCrypto, bytes)),
      name,
    ).toBe('tree.size')
  }
  const largest = Uint8Array.of(0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ...new Uint8Array(53 * 32))
  expect(parseFrontier(nodeCrypto, largest).size).toBe(2 ** 53 - 1)
})

test('[MT6] a frontier changed in one byte is refused or is another frontier', () => {
  const frontier = Frontier.empty(nodeCrypto)
  for (const leaf of leaves.slice(0, 21)) frontier.append(leaf)
  const bytes = formatFrontier(frontier)
  fc.assert(
    fc.property(flippedByte(bytes), (flipped) => {
      const refusal = refusalOf(() => parseFrontier(nodeCrypto, flipped))
      expect(['accepted', 'tree.size']).toContain(refusal)
      if (refusal === 'accepted') expect(formatFrontier(parseFrontier(nodeCrypto, flipped))).toEqual(flipped)
    }),
  )
})

describePublished('merkle-rfc6962', (vectors) => {
  test('[MT5] every published root by size comes out', () => {
    const fixed = vectors.readJson<{ leafInputsHex: string[]; rootHashesBySize: string[] }>('fixed.json')
    const frontier = Frontier.empty(nodeCrypto)
    const roots = [frontier.root().toHex()]
    for (const hex of fixed.leafInputsHex) {
      frontier.append(leafHash(nodeCrypto, Uint8Array.fromHex(hex)))
      roots.push(frontier.root().toHex())
    }
    expect(roots).toEqual(fixed.rootHashesBySize)
  })
})
