// Vectors of Merkle trees: hashes, roots, frontiers and proofs.

import { formatFrontier, Frontier } from '../../packages/record/src/frontier.ts'
import { MemoryTree } from '../../packages/record/src/memory-tree.ts'
import { emptyRoot, leafHash } from '../../packages/record/src/merkle.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import {
  proveConsistency,
  proveInclusion,
  proveSubtree,
  subtreeRootAt,
} from '../../packages/record/src/prove.ts'

const entries = Array.from({ length: 40 }, (_, i) => new Uint8Array(i % 4).fill(i))
const tree = new MemoryTree(nodeCrypto)
const frontiers: Frontier[] = [Frontier.empty(nodeCrypto)]
for (const entry of entries) {
  const next = frontiers.at(-1)!.copy()
  next.append(leafHash(nodeCrypto, entry))
  frontiers.push(next)
  tree.append(leafHash(nodeCrypto, entry))
}

const stranger = nodeCrypto.sha256(Uint8Array.of(1)).toHex()
const root = (size: number) => tree.root(size).toHex()
const hexOf = (hashes: readonly Uint8Array[]) => hashes.map((hash) => hash.toHex())

interface Proven {
  name: string
  proof: string[]
}

/** One proof, spoilt in the ways that a verifier could overlook. */
function spoil(good: Proven, code: string): object[] {
  const { name, proof } = good
  const changed = proof.map((hash) => (hash.startsWith('f') ? `0${hash.slice(1)}` : `f${hash.slice(1)}`))
  const proofs: [string, string[]][] = [
    ['a hash too few', proof.slice(0, -1)],
    ['the first hash missing', proof.slice(1)],
    ['a hash too many', [...proof, stranger]],
    ['a hash before it', [stranger, ...proof]],
    ['the first hash changed', changed.slice(0, 1).concat(proof.slice(1))],
    ['the last hash changed', proof.slice(0, -1).concat(changed.slice(-1))],
    ['in the other order', proof.toReversed()],
  ]
  return proofs
    .filter(([, hashes]) => hashes.join() !== proof.join())
    .map(([how, hashes]) => ({ ...good, name: `${name}: ${how}`, code, proof: hashes }))
}

async function inclusion(index: number, size: number) {
  const proof = hexOf(await proveInclusion(nodeCrypto, tree, index, size))
  const name = `entry ${index} of ${size}`
  return { name, index, size, leafHash: tree.leaf(index).toHex(), root: root(size), proof }
}

async function consistency(oldSize: number, size: number) {
  const proof = hexOf(await proveConsistency(nodeCrypto, tree, oldSize, size))
  return { name: `${oldSize} to ${size}`, oldSize, oldRoot: root(oldSize), size, root: root(size), proof }
}

async function subtree(start: number, end: number, size: number) {
  const hash = (await subtreeRootAt(nodeCrypto, tree, { start, end })).toHex()
  const proof = hexOf(await proveSubtree(nodeCrypto, tree, { start, end }, size))
  return { name: `${start} to ${end} of ${size}`, start, end, hash, size, root: root(size), proof }
}

type Pair = [number, number]
const inclusions: Pair[] = [[0, 1], [0, 2], [1, 2], [2, 3], [0, 8], [5, 8], [7, 8], [6, 13], [12, 13], [32, 33], [39, 40]]
const consistencies: Pair[] = [[1, 1], [1, 2], [2, 3], [4, 8], [6, 8], [7, 13], [8, 13], [13, 13], [32, 40], [33, 40]]
const subtrees: [number, number, number][] = [[0, 8, 8], [4, 6, 13], [8, 13, 13], [8, 13, 40], [12, 13, 13], [0, 7, 40], [16, 16, 40]]

export async function merkleVectors(): Promise<object> {
  const included = await inclusion(6, 13)
  const grown = await consistency(7, 13)
  const power = await consistency(8, 13)
  const within = await subtree(4, 7, 13)
  const aligned = await subtree(4, 6, 13)
  const one = '0000000000000001'
  return {
    about: 'Merkle trees of RFC 6962 and RFC 9162. Everything binary is hexadecimal. `roots` is by size, from 0.',
    entries: hexOf(entries),
    leafHashes: entries.map((_, i) => tree.leaf(i).toHex()),
    roots: frontiers.map((frontier) => frontier.root().toHex()),
    frontiers: {
      valid: [0, 1, 2, 3, 13, 32, 40].map((size) => ({
        size,
        frontier: formatFrontier(frontiers[size]!).toHex(),
        root: root(size),
      })),
      invalid: [
        { name: 'nothing', code: 'tree.size', frontier: '' },
        { name: 'a hash too few', code: 'tree.size', frontier: `0000000000000003${stranger}` },
        { name: 'a hash too many', code: 'tree.size', frontier: `${one}${stranger}${stranger}` },
        { name: 'half a hash', code: 'tree.size', frontier: one + stranger.slice(32) },
        { name: 'a size of 2^53', code: 'tree.size', frontier: `0020000000000000${stranger}` },
      ],
    },
    inclusion: {
      valid: await Promise.all(inclusions.map((pair) => inclusion(...pair))),
      invalid: [
        ...spoil(included, 'proof.inclusion'),
        { ...included, name: 'another index', code: 'proof.inclusion', index: 7 },
        { ...included, name: 'another size', code: 'proof.inclusion', size: 17 },
        { ...included, name: 'another leaf', code: 'proof.inclusion', leafHash: stranger },
        { ...included, name: 'another root', code: 'proof.inclusion', root: stranger },
        { ...included, name: 'an index equal to the size', code: 'proof.inclusion', index: 13 },
        { ...included, name: 'the empty tree', code: 'proof.inclusion', index: 0, size: 0, proof: [] },
        { ...included, name: 'a negative index', code: 'tree.size', index: -1 },
        { ...included, name: 'a size of 2^53', code: 'tree.size', size: 2 ** 53 },
        { ...included, name: 'a leaf of 31 bytes', code: 'tree.hash', leafHash: stranger.slice(2) },
        { ...included, name: 'a hash of 33 bytes', code: 'proof.malformed', proof: [`${stranger}00`] },
        { ...included, name: '64 hashes', code: 'proof.malformed', proof: Array.from({ length: 64 }, () => stranger) },
      ],
    },
    consistency: {
      valid: await Promise.all(consistencies.map((pair) => consistency(...pair))),
      invalid: [
        ...spoil(grown, 'proof.consistency'),
        ...spoil(power, 'proof.consistency'),
        { ...grown, name: 'another old root', code: 'proof.consistency', oldRoot: stranger },
        { ...grown, name: 'another root', code: 'proof.consistency', root: stranger },
        { ...grown, name: 'both roots exchanged', code: 'proof.consistency', oldRoot: grown.root, root: grown.oldRoot },
        { ...grown, name: 'an old size of 0', code: 'proof.consistency', oldSize: 0, oldRoot: root(0), proof: [] },
        { ...grown, name: 'two sizes of 0', code: 'proof.consistency', oldSize: 0, size: 0, oldRoot: root(0), root: root(0), proof: [] },
        { ...grown, name: 'an old size above the size', code: 'proof.consistency', oldSize: 14 },
        { ...grown, name: 'one size and two roots', code: 'proof.consistency', oldSize: 13, proof: [] },
        { ...grown, name: 'one size and a proof', code: 'proof.consistency', oldSize: 13, oldRoot: grown.root },
        { ...power, name: 'an empty proof between two sizes', code: 'proof.consistency', proof: [] },
        { ...grown, name: 'a fraction', code: 'tree.size', oldSize: 0.5 },
        { ...grown, name: 'an old root of no bytes', code: 'tree.hash', oldRoot: '' },
        { ...grown, name: 'a hash of 31 bytes', code: 'proof.malformed', proof: [stranger.slice(2)] },
      ],
    },
    subtree: {
      valid: [...(await Promise.all(subtrees.map((each) => subtree(...each)))), within],
      invalid: [
        ...spoil(within, 'proof.subtree'),
        ...spoil(aligned, 'proof.subtree'),
        { ...within, name: 'another hash', code: 'proof.subtree', hash: stranger },
        { ...within, name: 'another root', code: 'proof.subtree', root: stranger },
        { ...within, name: 'a start that is not aligned', code: 'proof.subtree', start: 3 },
        { ...within, name: 'a width above the alignment', code: 'proof.subtree', end: 9 },
        { ...within, name: 'an end before the start', code: 'proof.subtree', end: 3 },
        { ...within, name: 'an end after the tree', code: 'proof.subtree', size: 6 },
        { ...within, name: 'nothing with a proof', code: 'proof.subtree', end: 4, hash: emptyRoot(nodeCrypto).toHex() },
        { ...within, name: 'nothing with the hash of something', code: 'proof.subtree', end: 4, proof: [] },
      ],
    },
  }
}
