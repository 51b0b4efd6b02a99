import { describe, expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatUtf8 } from './bytes.ts'
import { checkHashes, checkSize, emptyRoot, leafHash, nodeHash, perfectRoot } from './merkle.ts'
import { nodeCrypto } from './node/crypto.ts'

test('[MT1] the root of the empty tree is the SHA-256 of nothing', () => {
  expect(emptyRoot(nodeCrypto).toHex()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('[MT2] a leaf hash covers the whole entry, however long', () => {
  for (const length of [0, 1, 16 * 1024, 65_534, 65_535, 65_536, 100_000, 3]) {
    const entry = new Uint8Array(length).fill(0xa5)
    const prefixed = new Uint8Array(length + 1)
    prefixed.set(entry, 1)
    expect(leafHash(nodeCrypto, entry)).toEqual(nodeCrypto.sha256(prefixed))
  }
})

test('[MT3] a node is not the leaf with the same bytes in it', () => {
  const left = leafHash(nodeCrypto, formatUtf8('left'))
  const right = leafHash(nodeCrypto, formatUtf8('right'))
  const pair = new Uint8Array([...left, ...right])
  expect(nodeHash(nodeCrypto, left, right)).not.toEqual(leafHash(nodeCrypto, pair))
  expect(nodeHash(nodeCrypto, left, right)).toEqual(nodeCrypto.sha256(new Uint8Array([1, ...pair])))
})

test('[MT4] a hash of a tree is 32 bytes, a size a whole number up to 2^53 − 1', () => {
  for (const length of [0, 31, 33, 64]) expect(refusalOf(() => checkHashes(new Uint8Array(length)))).toBe('tree.hash')
  for (const size of [-1, 0.5, 2 ** 53, Number.NaN, Infinity])
    expect(refusalOf(() => checkSize(size))).toBe('tree.size')
  for (const size of [0, 1, 2 ** 53 - 1]) expect(refusalOf(() => checkSize(size))).toBe('accepted')
})

describePublished('merkle-rfc6962', (vectors) => {
  const fixed = vectors.readJson<{
    hashes: { desc: string; kind: string; inputHex?: string; leftHex?: string; rightHex?: string; want: string }[]
    leafInputsHex: string[]
    nodeHashesByLevel: string[][]
  }>('fixed.json')

  describe.each(fixed.hashes)('$desc', ({ kind, inputHex, leftHex, rightHex, want }) => {
    test(`[MT1] [MT2] [MT3] has the published hash as a ${kind}`, () => {
      if (kind === 'root') expect(emptyRoot(nodeCrypto).toHex()).toBe(want)
      else if (kind === 'leaf') expect(leafHash(nodeCrypto, Uint8Array.fromHex(inputHex!)).toHex()).toBe(want)
      // The published node is over inputs that are no hashes, which only the bare formula takes.
      else expect(nodeCrypto.sha256(Uint8Array.fromHex(`01${leftHex}${rightHex}`)).toHex()).toBe(want)
    })
  })

  test('[MT3] all inner nodes of the published tree come out', () => {
    const leaves = fixed.leafInputsHex.map((hex) => leafHash(nodeCrypto, Uint8Array.fromHex(hex)))
    expect(leaves.map((leaf) => leaf.toHex())).toEqual(fixed.nodeHashesByLevel[0])
    const row = new Uint8Array(leaves.flatMap((leaf) => [...leaf]))
    fixed.nodeHashesByLevel.forEach((hashes, height) => {
      const width = 2 ** height
      hashes.forEach((hash, i) => expect(perfectRoot(nodeCrypto, row, i * width, width).toHex()).toBe(hash))
    })
  })
})
