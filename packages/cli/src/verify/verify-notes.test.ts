import {
  composeForkProof,
  createVerifierKey,
  formatForkProof,
  formatTlogProof,
  formatUtf8,
  leafHash,
  MemoryTree,
  openCheckpoint,
  proveInclusion,
  signCheckpoint,
} from '@parley/record'
import { generateSigner, nodeCrypto } from '@parley/record/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Trust } from './trust.ts'
import { verifyForkFile, verifyProofFile } from './verify-notes.ts'

const origin = 'us.parley.example/governance'
const signer = await generateSigner()
const key = createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)
const trust: Trust = { keys: [key], cards: [] }

function grow(...leaves: string[]): MemoryTree {
  const tree = new MemoryTree(nodeCrypto)
  for (const leaf of leaves) tree.append(leafHash(nodeCrypto, formatUtf8(leaf)))
  return tree
}

async function sign(tree: MemoryTree) {
  const note = await signCheckpoint(nodeCrypto, signer, { origin, size: tree.size, root: tree.root() })
  return openCheckpoint(nodeCrypto, note, { origin, keys: [key] })
}

const honest = grow('a', 'b', 'c')
const other = grow('a', 'x')
const fork = formatForkProof(await composeForkProof(nodeCrypto, await sign(other), await sign(honest), honest))
const hashes = await proveInclusion(nodeCrypto, honest, 1, 3)
const { note } = await sign(honest)
const proof = formatTlogProof({ index: 1, hashes, note, extra: formatUtf8('b') })

test('a fork is proven, with the size at which the histories part', async () => {
  const { counts, facts, failures } = await verifyForkFile(nodeCrypto, fork, trust)
  expect(failures).toEqual([])
  expect(facts).toMatchObject({ origin, size: '2', 'smaller-size': '2', 'larger-size': '3' })
  expect(counts).toEqual({ heads: 2, forks: 1 })
})

test('the entry of a proof is the one it carries, or the one beside it', async () => {
  expect((await verifyProofFile(nodeCrypto, proof, undefined, trust)).failures).toEqual([])
  expect((await verifyProofFile(nodeCrypto, proof, formatUtf8('b'), trust)).failures).toEqual([])
  const wrong = await verifyProofFile(nodeCrypto, proof, formatUtf8('c'), trust)
  expect(wrong.failures).toMatchObject([{ code: 'proof.inclusion' }])
  const bare = formatTlogProof({ index: 1, hashes, note })
  expect((await verifyProofFile(nodeCrypto, bare, undefined, trust)).failures).toMatchObject([
    { code: 'verify.no-entry' },
  ])
})

test('keys of others prove nothing', async () => {
  const stranger = createVerifierKey(nodeCrypto, 'ed25519', origin, (await generateSigner()).publicKey)
  const found = await verifyForkFile(nodeCrypto, fork, { keys: [stranger], cards: [] })
  expect(found.failures).toMatchObject([{ code: 'fork.unproven' }])
})

test.each([
  ['fork', fork, (bytes: Uint8Array) => verifyForkFile(nodeCrypto, bytes, trust)],
  ['proof', proof, (bytes: Uint8Array) => verifyProofFile(nodeCrypto, bytes, undefined, trust)],
] as const)('a %s proof with one byte flipped fails with a code of the record', async (_, bytes, verify) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (place, mask) => {
      const flipped = Uint8Array.from(bytes)
      flipped[place] = (flipped[place] ?? 0) ^ mask
      const { failures } = await verify(flipped)
      expect(failures).toHaveLength(1)
      expect(failures[0]?.code).toMatch(/^[a-z]+\.[a-z-]+$/)
    }),
    { numRuns: 100 },
  )
})
