import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../../test-support/refusal.ts'
import { readerOf, WrittenLog } from '../../test-support/written-log.ts'
import { openForkProof } from '../fork.ts'
import { nodeCrypto } from '../node/index.ts'
import { createVerifierKey } from '../verifier-key.ts'
import { composeConsistency, parseConsistency } from './consistency.ts'
import type { VerifierKeysOf } from './key-lookup.ts'
import { proveFork, questionOf } from './prove-fork.ts'

/** Two histories of one author, the same up to three entries. */
const one = new WrittenLog('ash', 3).write('this').write('and this').write('and more')
const other = new WrittenLog('ash', 3).write('that').write('and that').write('and more')
const keys = [createVerifierKey(nodeCrypto, 'ed25519', one.origin, one.signer.publicKey)]
const verifierKeysOf: VerifierKeysOf = () => keys

async function prove(ours: number, theirs: number, their = other): Promise<Uint8Array> {
  const suspicion = { origin: one.origin, ours: await one.signedHead(ours), theirs: await their.signedHead(theirs) }
  const question = questionOf(suspicion)
  const answer =
    question === undefined
      ? undefined
      : parseConsistency(await composeConsistency(nodeCrypto, readerOf([their, their.entries.length]), question))
  return proveFork(nodeCrypto, readerOf([one, 6]), verifierKeysOf, suspicion, answer)
}

test.each([
  [5, 5],
  [4, 6],
  [6, 4],
  [6, 5],
  [5, 6],
])(
  '[EX16] heads of %i and %i entries that contradict each other make a proof that anybody can open',
  async (ours, theirs) => {
    const proof = await prove(ours, theirs)
    const opened = await openForkProof(nodeCrypto, proof, { origin: one.origin, keys })
    expect(opened.size).toBe(Math.min(ours, theirs))
    expect([opened.smaller.size, opened.larger.size]).toEqual([Math.min(ours, theirs), Math.max(ours, theirs)])
  },
)

test('[EX16] the peer is asked only when its head is the larger one', async () => {
  const suspicion = async (ours: number, theirs: number) =>
    questionOf({ origin: one.origin, ours: await one.signedHead(ours), theirs: await other.signedHead(theirs) })
  expect(await suspicion(6, 4)).toBeUndefined()
  expect(await suspicion(4, 4)).toBeUndefined()
  expect(await suspicion(4, 6)).toEqual({ origin: one.origin, oldSize: 4, size: 6 })
})

test.each([
  [3, 6],
  [6, 3],
  [2, 2],
])('[EX17] heads of %i and %i entries that agree prove nothing', async (ours, theirs) => {
  expect(await refusalOfAsync(() => prove(ours, theirs))).toBe('fork.unproven')
})

test('[EX17] a peer that answers with something else, or not at all, proves nothing', async () => {
  const suspicion = { origin: one.origin, ours: await one.signedHead(4), theirs: await other.signedHead(6) }
  const reader = readerOf([one, 6])
  expect(await refusalOfAsync(() => proveFork(nodeCrypto, reader, verifierKeysOf, suspicion))).toBe('fork.unproven')
  const question = { origin: one.origin, oldSize: 4, size: 6 }
  const truth = parseConsistency(await composeConsistency(nodeCrypto, reader, question))
  for (const answer of [truth, { ...truth, proof: [] }, { oldRoot: other.tree.root(5), proof: truth.proof }]) {
    expect(await refusalOfAsync(() => proveFork(nodeCrypto, reader, verifierKeysOf, suspicion, answer))).toBe(
      'fork.unproven',
    )
  }
})

test('[EX17] heads that somebody else signed prove nothing', async () => {
  const forged = { ...(await other.signedHead(5)), note: (await new WrittenLog('birch', 5).signedHead()).note }
  const suspicion = { origin: one.origin, ours: await one.signedHead(5), theirs: forged }
  const attempt = (): Promise<unknown> => proveFork(nodeCrypto, readerOf([one, 6]), verifierKeysOf, suspicion)
  expect(await refusalOfAsync(attempt)).toBe('fork.unproven')
})

test('[EX18] consistency is answered from our own copy, for sizes that it has', async () => {
  const reader = readerOf([one, 6])
  const answer = (oldSize: number, size: number) =>
    composeConsistency(nodeCrypto, reader, { origin: one.origin, oldSize, size })
  expect(parseConsistency(await answer(4, 6)).oldRoot).toEqual(one.tree.root(4))
  for (const [oldSize, size] of [
    [0, 6],
    [6, 6],
    [5, 4],
    [4, 7],
  ] as const) {
    expect(await refusalOfAsync(() => answer(oldSize, size))).toBe('tree.size')
  }
  const unknown = { origin: new WrittenLog('birch').origin, oldSize: 1, size: 2 }
  expect(await refusalOfAsync(() => composeConsistency(nodeCrypto, reader, unknown))).toBe('tree.size')
})

test('[EX18] an answer that is cut, longer or bent is refused or another one', async () => {
  const bytes = await composeConsistency(nodeCrypto, readerOf([one, 6]), { origin: one.origin, oldSize: 4, size: 6 })
  for (let length = 0; length < bytes.length; length++) {
    expect(refusalOf(() => parseConsistency(bytes.slice(0, length)))).toBe('proof.malformed')
  }
  expect(refusalOf(() => parseConsistency(new Uint8Array([...bytes, 0])))).toBe('proof.malformed')
  fc.assert(
    fc.property(flippedByte(bytes), (bent) => {
      expect(['accepted', 'proof.malformed']).toContain(refusalOf(() => parseConsistency(bent)))
    }),
  )
})
