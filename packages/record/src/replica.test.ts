import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { formatUtf8 } from './bytes.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { formatDelivery, parseDelivery } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { formatFrontier, Frontier } from './frontier.ts'
import { leafHash } from './merkle.ts'
import { MemoryTree } from './memory-tree.ts'
import { createSigner, nodeCrypto } from './node/index.ts'
import { proveConsistency } from './prove.ts'
import { openDeliveredBodies, verifyDelivery } from './replica.ts'
import { createVerifierKey } from './verifier-key.ts'

const origin = 'us.parley.example/c/00112233445566778899aabbccddeeff'
const sizeMax = 40
const signer = createSigner(new Uint8Array(32).fill(1))
const keys = [createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)]
const entries = Array.from({ length: sizeMax }, (_, index) => formatUtf8(`entry ${index}`))
const tree = new MemoryTree(nodeCrypto)
const heads: Checkpoint[] = []

async function headOf(size: number, root: Uint8Array, name = origin): Promise<Checkpoint> {
  const note = await signCheckpoint(nodeCrypto, signer, { origin: name, size, root })
  const named = name === origin ? keys : [createVerifierKey(nodeCrypto, 'ed25519', name, signer.publicKey)]
  return openCheckpoint(nodeCrypto, note, { origin: name, keys: named })
}

beforeAll(async () => {
  heads.push(await headOf(0, tree.root()))
  for (const entry of entries) {
    tree.append(leafHash(nodeCrypto, entry))
    heads.push(await headOf(tree.size, tree.root()))
  }
})

async function deliver(from: number, end: number, size: number): Promise<Delivery> {
  const proof = end === 0 || end === size ? [] : await proveConsistency(nodeCrypto, tree, end, size)
  const delivery = {
    origin,
    from,
    head: heads[size]!.note,
    proof,
    entries: entries.slice(from, end),
    bodies: [],
    cosignatures: [],
  }
  return parseDelivery(formatDelivery(delivery))
}

function held(size: number, other?: number): { origin: string; frontier: Frontier } {
  const frontier = Frontier.empty(nodeCrypto)
  for (let index = 0; index < size; index++) {
    frontier.append(leafHash(nodeCrypto, index === other ? formatUtf8('another history') : entries[index]!))
  }
  return { origin, frontier }
}

/** held, from, end and size of a delivery that joins on to what is held. */
const joined = fc.tuple(fc.nat(sizeMax), fc.nat(sizeMax), fc.nat(sizeMax), fc.nat(sizeMax)).map(([a, b, c, d]) => {
  const [from, end, size] = [a, b, c].toSorted((x, y) => x - y) as [number, number, number]
  return { from, end, size, have: Math.min(sizeMax, from + (d % (sizeMax + 1))) }
})

test('[DL6] whatever is held, a delivery that joins on gives the entries that were missing and the tree with them', async () => {
  await fc.assert(
    fc.asyncProperty(joined, async ({ from, end, size, have }) => {
      const log = held(have)
      const before = formatFrontier(log.frontier)
      const verified = verifyDelivery(nodeCrypto, log, await deliver(from, end, size), heads[size]!)
      const after = Math.max(have, end)
      expect(verified.end).toBe(after)
      expect(verified.accepted.map(({ index }) => index)).toEqual(
        Array.from({ length: after - have }, (_, i) => have + i),
      )
      for (const { index, bytes, leafHash } of verified.accepted) {
        expect(bytes).toEqual(entries[index])
        expect(leafHash).toEqual(tree.leaf(index))
      }
      expect(verified.frontier.size).toBe(after)
      expect(verified.root).toEqual(tree.root(after))
      expect(verified.root).toEqual(verified.frontier.root())
      expect(verified.head).toBe(end >= have || size === have ? heads[size] : undefined)
      // The copy that was held is as it was, so the same delivery may come again.
      expect(formatFrontier(log.frontier)).toEqual(before)
    }),
    { numRuns: 300 },
  )
})

test('[DL6] a delivery repeated brings nothing new', async () => {
  const delivery = await deliver(3, 9, 12)
  const first = verifyDelivery(nodeCrypto, held(5), delivery, heads[12]!)
  const again = verifyDelivery(nodeCrypto, { origin, frontier: first.frontier }, delivery, heads[12]!)
  expect(again.accepted).toEqual([])
  expect([again.end, again.root, again.head]).toEqual([first.end, first.root, first.head])
})

test('[DL6] an empty delivery brings the head alone', async () => {
  const verified = verifyDelivery(nodeCrypto, held(9), await deliver(9, 9, 20), heads[20]!)
  expect(verified).toMatchObject({ accepted: [], end: 9, head: heads[20] })
})

test('[DL7] a delivery that begins after what is held is a gap', async () => {
  const delivery = await deliver(6, 9, 9)
  expect(refusalOf(() => verifyDelivery(nodeCrypto, held(5), delivery, heads[9]!))).toBe('delivery.gap')
})

describe('another history', () => {
  test('[DL8] one entry changed, left out, added or swapped is refused', async () => {
    const good = await deliver(4, 9, 12)
    const [a, b, ...rest] = good.entries as [Uint8Array, Uint8Array, ...Uint8Array[]]
    const changed: Uint8Array[][] = [
      [formatUtf8('entry X'), b, ...rest],
      [b, a, ...rest],
      [b, ...rest],
      [a, a, b, ...rest],
      [a, b, ...rest, a],
    ]
    for (const variant of changed) {
      const delivery = { ...good, entries: variant }
      expect(refusalOf(() => verifyDelivery(nodeCrypto, held(4), delivery, heads[12]!))).toBe('delivery.root')
    }
  })

  test('[DL8] any hash of the proof changed, left out or added is refused', async () => {
    const good = await deliver(4, 9, 23)
    expect(good.proof.length).toBeGreaterThan(2)
    const variants = good.proof.flatMap((hash, at) => [
      good.proof.with(at, hash.with(at, hash[at]! ^ 1)),
      good.proof.toSpliced(at, 1),
      good.proof.toSpliced(at, 0, hash),
    ])
    for (const proof of [...variants, []]) {
      expect(refusalOf(() => verifyDelivery(nodeCrypto, held(4), { ...good, proof }, heads[23]!))).toBe('delivery.root')
    }
  })

  test('[DL8] a signed head of another tree is refused, at any size', async () => {
    for (const [have, end, size] of [
      [4, 9, 12],
      [9, 9, 9],
      [9, 9, 12],
      [0, 9, 9],
      [12, 9, 12],
    ] as const) {
      const fork = await headOf(size, new Uint8Array(32).fill(9))
      const delivery = await deliver(Math.min(have, end), end, size)
      expect(
        refusalOf(() => verifyDelivery(nodeCrypto, held(have), delivery, fork)),
        `${have} ${end} ${size}`,
      ).toBe('delivery.root')
    }
  })

  test('[DL8] a good delivery does not join on to another history', async () => {
    for (const end of [9, 6, 5]) {
      const delivery = await deliver(5, end, 12)
      expect(refusalOf(() => verifyDelivery(nodeCrypto, held(5, 2), delivery, heads[12]!))).toBe('delivery.root')
    }
  })

  test('[DL8] nothing is proven about the empty tree, and no proof is taken for it', async () => {
    const fork = await headOf(0, new Uint8Array(32).fill(9))
    expect(
      refusalOf(() =>
        verifyDelivery(
          nodeCrypto,
          held(0),
          { origin, from: 0, head: fork.note, proof: [], entries: [], bodies: [], cosignatures: [] },
          fork,
        ),
      ),
    ).toBe('delivery.root')
    for (const size of [0, 3]) {
      const good = await deliver(0, 0, size)
      expect(verifyDelivery(nodeCrypto, held(0), good, heads[size]!).head).toBe(heads[size])
      const padded = { ...good, proof: [new Uint8Array(32)] }
      expect(refusalOf(() => verifyDelivery(nodeCrypto, held(0), padded, heads[size]!))).toBe('delivery.root')
    }
  })
})

test('[DL9] a delivery, a head and a copy of different logs are not taken together', async () => {
  const delivery = await deliver(0, 3, 3)
  const foreign = await headOf(3, tree.root(3), 'cn.parley.example/governance')
  const attempts = [
    () => verifyDelivery(nodeCrypto, held(0), { ...delivery, origin: 'cn.parley.example/governance' }, heads[3]!),
    () => verifyDelivery(nodeCrypto, held(0), delivery, foreign),
    () => verifyDelivery(nodeCrypto, { ...held(0), origin: 'cn.parley.example/governance' }, delivery, heads[3]!),
  ]
  for (const attempt of attempts) expect(refusalOf(attempt)).toBe('delivery.origin')
})

test('[DL9] entries beyond the head are signed by nobody', async () => {
  const delivery = { ...(await deliver(0, 5, 5)), head: heads[4]!.note }
  expect(refusalOf(() => verifyDelivery(nodeCrypto, held(0), delivery, heads[4]!))).toBe('delivery.malformed')
})

test('[DL10] bodies are known by their digest, and a wrong one is named and left out', async () => {
  const [one, other] = [formatUtf8('sealed'), formatUtf8('rotten')]
  const digests = [one, other].map((bytes) => nodeCrypto.sha256(bytes).toHex()) as [string, string]
  const delivery = {
    ...(await deliver(0, 1, 1)),
    bodies: [
      { digest: digests[0], bytes: one },
      { digest: digests[1], bytes: one },
    ],
  }
  const { bodies, refused } = openDeliveredBodies(nodeCrypto, delivery)
  expect([...bodies]).toEqual([[digests[0], one]])
  expect(refused).toEqual([digests[1]])
})
