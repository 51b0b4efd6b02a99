import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { formatUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { type ForkProof, formatForkProof, openForkProof, parseForkProof, composeForkProof } from './fork.ts'
import { MemoryTree } from './memory-tree.ts'
import { leafHash } from './merkle.ts'
import { createSigner, nodeCrypto } from './node/crypto.ts'
import { createVerifierKey } from './verifier-key.ts'

const origin = 'us.parley.example/c/0123'
const signer = createSigner(new Uint8Array(32).fill(3))
const log = { origin, keys: [createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)] }

/** Two histories of one log that part after `shared` entries. */
function branches(shared: number): [MemoryTree, MemoryTree] {
  const one = new MemoryTree(nodeCrypto)
  const other = new MemoryTree(nodeCrypto)
  for (let i = 0; i < 30; i++) {
    one.append(leafHash(nodeCrypto, Uint8Array.of(0, i)))
    other.append(leafHash(nodeCrypto, Uint8Array.of(i < shared ? 0 : 1, i)))
  }
  return [one, other]
}

const sign = (root: Uint8Array, size: number, of = origin) =>
  signCheckpoint(nodeCrypto, signer, { origin: of, size, root })
const open = async (note: Uint8Array) => openCheckpoint(nodeCrypto, note, log)
const headOf = async (tree: MemoryTree, size: number) => open(await sign(tree.root(size), size))
const [tree, fork] = branches(10)

describe('proving', () => {
  test('[FK1] two heads that part anywhere make a proof, in either order, and it opens', async () => {
    const sizes = fc.integer({ min: 1, max: 30 })
    await fc.assert(
      fc.asyncProperty(fc.nat(28), sizes, sizes, async (shared, one, two) => {
        const [tree, fork] = branches(shared)
        fc.pre(Math.min(one, two) > shared)
        const a = await headOf(tree, one)
        const b = await headOf(fork, two)
        const reader = one > two ? tree : fork
        const proof = await composeForkProof(nodeCrypto, a, b, reader)
        expect(await composeForkProof(nodeCrypto, b, a, reader)).toEqual(proof)
        const proven = await openForkProof(nodeCrypto, formatForkProof(proof), log)
        expect(proven.size).toBe(Math.min(one, two))
        expect(new Set([proven.smaller.note, proven.larger.note])).toEqual(new Set([a.note, b.note]))
        expect(proven.smallerRoot).toEqual(proven.smaller.root)
        expect(proven.largerRoot).not.toEqual(proven.smallerRoot)
      }),
      { numRuns: 40 },
    )
  })

  test('[FK2] heads of one history make no proof', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(30), async (one, two) => {
        const heads = [await headOf(tree, one), await headOf(tree, two)] as const
        expect(await refusalOfAsync(() => composeForkProof(nodeCrypto, ...heads, tree))).toBe('fork.unproven')
      }),
      { numRuns: 40 },
    )
  })

  test('[FK2] heads of two logs make no proof', async () => {
    const elsewhere = { origin: 'cn.parley.example/c/0123', keys: log.keys }
    const key = createVerifierKey(nodeCrypto, 'ed25519', elsewhere.origin, signer.publicKey)
    const note = await sign(fork.root(12), 12, elsewhere.origin)
    const other = await openCheckpoint(nodeCrypto, note, { ...elsewhere, keys: [key] })
    const attempt = async () => composeForkProof(nodeCrypto, await headOf(tree, 12), other, tree)
    expect(await refusalOfAsync(attempt)).toBe('fork.unproven')
  })

  test('[FK3] a head of the empty tree with another root than that of nothing is a fork of every other head', async () => {
    const false0 = await open(await sign(nodeCrypto.sha256(formatUtf8('something')), 0))
    for (const other of [await headOf(tree, 0), await headOf(tree, 12)]) {
      const proof = await composeForkProof(nodeCrypto, false0, other, tree)
      expect((await openForkProof(nodeCrypto, formatForkProof(proof), log)).size).toBe(0)
    }
  })
})

describe('opening', async () => {
  const honest = await headOf(tree, 12)
  const forked = await headOf(fork, 27)
  const proof = await composeForkProof(nodeCrypto, honest, forked, fork)
  const overlap = proof.overlap!
  const bytes = formatForkProof(proof)
  const grown = await headOf(tree, 27)
  const attempt = (change: Partial<ForkProof>) =>
    refusalOfAsync(() => openForkProof(nodeCrypto, formatForkProof({ ...proof, ...change }), log))

  test('[FK1] gives the size, both roots and both heads', async () => {
    expect(await openForkProof(nodeCrypto, bytes, log)).toEqual({
      origin,
      size: 12,
      smallerRoot: tree.root(12),
      largerRoot: fork.root(12),
      smaller: honest,
      larger: forked,
    })
  })

  test('[FK4] nothing that an honest log signed is taken for a fork', async () => {
    expect(await attempt({ larger: grown.note })).toBe('fork.unproven')
    const trueOverlap = { ...overlap, root: tree.root(12) }
    expect(await attempt({ larger: grown.note, overlap: trueOverlap })).toBe('fork.unproven')
    const { overlap: _, ...notes } = proof
    const without = formatForkProof({ ...notes, larger: grown.note })
    expect(await refusalOfAsync(() => openForkProof(nodeCrypto, without, log))).toBe('fork.unproven')
    expect(await attempt({ larger: honest.note })).toBe('fork.unproven')
  })

  test('[FK4] heads in the wrong order, a strange signature or another overlap prove nothing', async () => {
    expect(await attempt({ smaller: forked.note, larger: honest.note })).toBe('fork.unproven')
    expect(await attempt({ overlap: { ...overlap, root: tree.root(11) } })).toBe('fork.unproven')
    expect(await attempt({ overlap: { ...overlap, proof: overlap.proof.slice(1) } })).toBe('fork.unproven')
    const strange = { origin, keys: [createVerifierKey(nodeCrypto, 'ed25519', origin, new Uint8Array(32).fill(7))] }
    expect(await refusalOfAsync(() => openForkProof(nodeCrypto, bytes, strange))).toBe('fork.unproven')
  })

  test('[FK5] a proof is read back as it was written', () => {
    expect(parseForkProof(bytes)).toEqual(proof)
    const { overlap: _, ...notes } = proof
    expect(parseForkProof(formatForkProof(notes))).toEqual(notes)
  })

  test('[FK5] a proof changed in any byte is malformed or proves nothing', async () => {
    await fc.assert(
      fc.asyncProperty(flippedByte(bytes), async (flipped) => {
        const refusal = await refusalOfAsync(() => openForkProof(nodeCrypto, flipped, log))
        expect(['fork.malformed', 'fork.unproven']).toContain(refusal)
      }),
    )
  })

  test('[FK5] a proof cut off anywhere, or with a byte after it, is malformed', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(refusalOf(() => parseForkProof(bytes.subarray(0, length)))).toBe('fork.malformed')
    }
    expect(refusalOf(() => parseForkProof(Uint8Array.of(...bytes, 0)))).toBe('fork.malformed')
  })

  test('[FK6] a head has at most 64 KiB and a proof 63 hashes', () => {
    const long = new Uint8Array(64 * 1024 + 1)
    expect(refusalOf(() => formatForkProof({ ...proof, smaller: long }))).toBe('fork.malformed')
    const many = { root: overlap.root, proof: Array.from({ length: 64 }, () => overlap.root) }
    expect(refusalOf(() => formatForkProof({ ...proof, overlap: many }))).toBe('fork.malformed')
    const claimed = formatForkProof({ smaller: new Uint8Array(1), larger: new Uint8Array(1) })
    claimed[16] = 2
    expect(refusalOf(() => parseForkProof(claimed))).toBe('fork.malformed')
  })
})
