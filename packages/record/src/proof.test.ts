import { describe, expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { describePublished, type PublishedVectors } from '../test-support/shared-vectors.ts'
import { MemoryTree } from './memory-tree.ts'
import { emptyRoot, leafHash } from './merkle.ts'
import { nodeCrypto } from './node/crypto.ts'
import { inclusionRoot, verifyConsistency, verifyInclusion, verifySubtreeConsistency } from './proof.ts'
import { verifySubtreeInclusion } from './proof.ts'
import { proveConsistency, proveInclusion, proveSubtree, subtreeRootAt } from './prove.ts'

const tree = new MemoryTree(nodeCrypto)
for (let i = 0; i < 40; i++) tree.append(leafHash(nodeCrypto, Uint8Array.of(i)))
const size = 13
const root = tree.root(size)
const other = leafHash(nodeCrypto, Uint8Array.of(255))

/** Every proof that is one change away: a hash altered, dropped, doubled or swapped, a stranger at either end. */
function spoiled(proof: readonly Uint8Array[]): Uint8Array[][] {
  const without = proof.map((_, i) => proof.toSpliced(i, 1))
  const doubled = proof.map((hash, i) => proof.toSpliced(i, 0, hash))
  const altered = proof.flatMap((hash, i) =>
    [0, 255].map((bit) => {
      const changed = hash.slice()
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7))
      return proof.with(i, changed)
    }),
  )
  const swapped = proof.slice(1).map((hash, i) => proof.toSpliced(i, 2, hash, proof[i]!))
  return [...without, ...doubled, ...altered, ...swapped, [other, ...proof], [...proof, other], [...proof, root]]
}

describe('inclusion', () => {
  test('[MT7] a proof is accepted for its leaf and index only', async () => {
    for (let index = 0; index < size; index++) {
      const proof = await proveInclusion(nodeCrypto, tree, index, size)
      const claim = { index, size, leafHash: tree.leaf(index), root }
      verifyInclusion(nodeCrypto, claim, proof)
      expect(inclusionRoot(nodeCrypto, claim, proof)).toEqual(root)
      for (let wrong = 0; wrong < size; wrong++) {
        if (wrong === index) continue
        expect(refusalOf(() => verifyInclusion(nodeCrypto, { ...claim, index: wrong }, proof))).toBe('proof.inclusion')
      }
      expect(refusalOf(() => verifyInclusion(nodeCrypto, { ...claim, leafHash: other }, proof))).toBe('proof.inclusion')
      expect(refusalOf(() => verifyInclusion(nodeCrypto, { ...claim, root: other }, proof))).toBe('proof.inclusion')
    }
  })

  test('[MT7] a proof that is one change away is refused', async () => {
    for (const index of [0, 6, 11, 12]) {
      const claim = { index, size, leafHash: tree.leaf(index), root }
      for (const proof of spoiled(await proveInclusion(nodeCrypto, tree, index, size))) {
        expect(refusalOf(() => verifyInclusion(nodeCrypto, claim, proof))).toBe('proof.inclusion')
      }
    }
  })

  test.each([
    ['an index equal to the size', { index: 13 }, [], 'proof.inclusion'],
    ['an empty tree', { index: 0, size: 0 }, [], 'proof.inclusion'],
    ['an index that is no number', { index: Number.NaN }, [], 'tree.size'],
    ['a negative index', { index: -1 }, [], 'tree.size'],
    ['a size of 2^53', { size: 2 ** 53 }, [], 'tree.size'],
    ['a leaf of 31 bytes', { leafHash: new Uint8Array(31) }, [], 'tree.hash'],
    ['a root of 33 bytes', { root: new Uint8Array(33) }, [], 'tree.hash'],
    ['a hash of 31 bytes', {}, [new Uint8Array(31)], 'proof.malformed'],
    ['64 hashes', {}, Array.from({ length: 64 }, () => other), 'proof.malformed'],
  ])('[MT8] %s is refused', (_name, change, proof, code) => {
    const claim = { index: 0, size, leafHash: other, root: other, ...change }
    expect(refusalOf(() => verifyInclusion(nodeCrypto, claim, proof))).toBe(code)
  })
})

describe('consistency', () => {
  test('[MT9] a proof is accepted for its two sizes and roots only', async () => {
    for (let oldSize = 1; oldSize <= size; oldSize++) {
      const proof = await proveConsistency(nodeCrypto, tree, oldSize, size)
      const claim = { oldSize, oldRoot: tree.root(oldSize), size, root }
      verifyConsistency(nodeCrypto, claim, proof)
      for (const change of [{ oldRoot: other }, { root: other }, { oldRoot: root, root: tree.root(oldSize) }]) {
        if (oldSize === size && change.oldRoot === root) continue
        expect(refusalOf(() => verifyConsistency(nodeCrypto, { ...claim, ...change }, proof))).toBe('proof.consistency')
      }
    }
  })

  test('[MT9] a proof that is one change away is refused', async () => {
    for (const oldSize of [1, 6, 7, 8, 12]) {
      const claim = { oldSize, oldRoot: tree.root(oldSize), size, root }
      for (const proof of spoiled(await proveConsistency(nodeCrypto, tree, oldSize, size))) {
        expect(refusalOf(() => verifyConsistency(nodeCrypto, claim, proof))).toBe('proof.consistency')
      }
    }
  })

  test.each([
    ['an old size of 0', { oldSize: 0, oldRoot: emptyRoot(nodeCrypto) }, [], 'proof.consistency'],
    ['two sizes of 0', { oldSize: 0, size: 0 }, [], 'proof.consistency'],
    ['an old size above the size', { oldSize: 14 }, [], 'proof.consistency'],
    ['an empty proof between unequal sizes', { oldSize: 8 }, [], 'proof.consistency'],
    ['a proof between equal sizes', { oldSize: 13 }, [other], 'proof.consistency'],
    ['a size of 2^53', { size: 2 ** 53 }, [], 'tree.size'],
    ['an old root of 12 bytes', { oldRoot: new Uint8Array(12) }, [], 'tree.hash'],
    ['a hash of 33 bytes', { oldSize: 8 }, [new Uint8Array(33)], 'proof.malformed'],
    ['64 hashes', { oldSize: 8 }, Array.from({ length: 64 }, () => other), 'proof.malformed'],
  ])('[MT10] %s is refused', (_name, change, proof, code) => {
    const claim = { oldSize: 13, oldRoot: other, size, root: other, ...change }
    expect(refusalOf(() => verifyConsistency(nodeCrypto, claim, proof))).toBe(code)
  })
})

describe('subtrees', () => {
  test('[MT11] every subtree of every tree up to 24 entries is proven, and its leaves in it', async () => {
    for (let size = 1; size <= 24; size++) {
      for (const { start, end } of subtreesOf(size)) {
        const hash = await subtreeRootAt(nodeCrypto, tree, { start, end })
        const proof = await proveSubtree(nodeCrypto, tree, { start, end }, size)
        const claim = { start, end, hash, size, root: tree.root(size) }
        verifySubtreeConsistency(nodeCrypto, claim, proof)
        const altered = { ...claim, hash: other }
        expect(refusalOf(() => verifySubtreeConsistency(nodeCrypto, altered, proof))).toBe('proof.subtree')
      }
    }
  })

  test('[MT11] a proof that is one change away is refused', async () => {
    for (const [start, end] of [
      [0, 8],
      [4, 7],
      [8, 13],
      [12, 13],
      [0, 11],
    ] as const) {
      const hash = await subtreeRootAt(nodeCrypto, tree, { start, end })
      for (const proof of spoiled(await proveSubtree(nodeCrypto, tree, { start, end }, size))) {
        const claim = { start, end, hash, size, root }
        expect(refusalOf(() => verifySubtreeConsistency(nodeCrypto, claim, proof))).toBe('proof.subtree')
      }
    }
  })

  test('[MT11] an empty subtree has the hash of nothing and an empty proof', async () => {
    const claim = { start: 8, end: 8, hash: emptyRoot(nodeCrypto), size, root }
    verifySubtreeConsistency(nodeCrypto, claim, [])
    expect(await proveSubtree(nodeCrypto, tree, { start: 8, end: 8 }, size)).toEqual([])
    expect(await subtreeRootAt(nodeCrypto, tree, { start: 8, end: 8 })).toEqual(emptyRoot(nodeCrypto))
    expect(refusalOf(() => verifySubtreeConsistency(nodeCrypto, claim, [other]))).toBe('proof.subtree')
    expect(refusalOf(() => verifySubtreeConsistency(nodeCrypto, { ...claim, hash: other }, []))).toBe('proof.subtree')
  })

  test.each([
    ['a start that is not aligned', 2, 5],
    ['a width above the alignment', 4, 9],
    ['an end before the start', 8, 7],
    ['an end after the tree', 12, 14],
  ])('[MT12] %s spans no subtree', (_name, start, end) => {
    const claim = { start, end, hash: other, size, root: other }
    expect(refusalOf(() => verifySubtreeConsistency(nodeCrypto, claim, [other]))).toBe('proof.subtree')
  })

  test('[MT12] a leaf is proven in a subtree at its own index only', async () => {
    const subtree = { start: 8, end: 13 }
    const hash = await subtreeRootAt(nodeCrypto, tree, subtree)
    const inner = new MemoryTree(nodeCrypto)
    for (let i = 8; i < 13; i++) inner.append(tree.leaf(i))
    const proof = await proveInclusion(nodeCrypto, inner, 3, 5)
    const claim = { index: 11, ...subtree, leafHash: tree.leaf(11), hash }
    verifySubtreeInclusion(nodeCrypto, claim, proof)
    const attempt = (index: number) => refusalOf(() => verifySubtreeInclusion(nodeCrypto, { ...claim, index }, proof))
    expect(attempt(10)).toBe('proof.inclusion')
    expect(attempt(3)).toBe('proof.subtree')
    expect(attempt(13)).toBe('proof.subtree')
  })
})

function subtreesOf(size: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = []
  for (let start = 0; start < size; start++) {
    for (let end = start + 1; end <= size; end++) {
      let ceiling = 1
      while (ceiling < end - start) ceiling *= 2
      if (start % ceiling === 0) found.push({ start, end })
    }
  }
  return found
}

describePublished('merkle-rfc6962', (vectors) => {
  const decode = (text: string) => Uint8Array.fromBase64(text)

  test('[MT7] [MT8] every published inclusion proof has its verdict', () => {
    interface Case {
      leafIdx: number
      treeSize: number
      root: string
      leafHash: string
      proof: string[] | null
      wantErr: boolean
    }
    const cases = readCases<Case>(vectors, 'testdata/inclusion')
    expect(cases.length).toBeGreaterThan(50)
    for (const [path, { leafIdx, treeSize, root, leafHash, proof, wantErr }] of cases) {
      const claim = { index: leafIdx, size: treeSize, leafHash: decode(leafHash), root: decode(root) }
      const attempt = () => verifyInclusion(nodeCrypto, claim, (proof ?? []).map(decode))
      expect(refusalOf(attempt) !== 'accepted', path).toBe(wantErr)
    }
  })

  test('[MT9] [MT10] every published consistency proof has its verdict', () => {
    interface Case {
      size1: number
      size2: number
      root1: string
      root2: string
      proof: string[] | null
      wantErr: boolean
    }
    const cases = readCases<Case>(vectors, 'testdata/consistency')
    expect(cases.length).toBeGreaterThan(50)
    // Its roots are 12 bytes of text, which the published code does not look at; here a root is a hash.
    const looser = 'testdata/consistency/additional/sizes-are-equal-one-and-proof-is-empty.json'
    for (const [path, { size1, size2, root1, root2, proof, wantErr }] of cases) {
      const claim = { oldSize: size1, oldRoot: decode(root1), size: size2, root: decode(root2) }
      const attempt = () => verifyConsistency(nodeCrypto, claim, (proof ?? []).map(decode))
      expect(refusalOf(attempt) !== 'accepted', path).toBe(path === looser ? true : wantErr)
    }
  })
})

function readCases<Case>(vectors: PublishedVectors, folder: string): [string, Case][] {
  return vectors.listFiles(folder).map((path) => [path, vectors.readJson<Case>(path)])
}
