import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOfAsync } from '../../test-support/refusal.ts'
import { signerOf } from '../../test-support/parties.ts'
import { bodyFor, originOf, WrittenLog } from '../../test-support/written-log.ts'
import { missingBodiesMax } from '../delivery-answer.ts'
import { RecordError } from '../error.ts'
import { nodeCrypto } from '../node/index.ts'
import { createVerifierKey } from '../verifier-key.ts'
import { composeAnswer, openAnswer, type AnswerFacts, type Cosigner } from './answer.ts'

const log = new WrittenLog('ash', 5)
const head = log.head()
const cosigner = (role: string): Cosigner => ({
  name: `birch.parley.example/${role}`,
  signer: signerOf(`birch ${role}`),
})
const cosigners = [cosigner('mirror'), cosigner('witness')]
const keyOf = ({ name, signer }: Cosigner) => createVerifierKey(nodeCrypto, 'cosignature/v1', name, signer.publicKey)
const keys = { mirrors: [keyOf(cosigners[0]!)], witnesses: [keyOf(cosigners[1]!)] }
const facts: AnswerFacts = { origin: log.origin, head, have: 5, cosigned: { ...head, time: 1000 }, missing: [] }

const compose = (change: Partial<AnswerFacts> = {}, by = cosigners) =>
  composeAnswer(nodeCrypto, by, { ...facts, ...change })
const open = (bytes: Uint8Array, over = head) => openAnswer(nodeCrypto, keys, { origin: log.origin, head: over }, bytes)

test('[EX9] an answer says what is held, and cosigns the head that was delivered when it has a receipt', async () => {
  const opened = await open(await compose())
  expect(opened).toMatchObject({ have: 5, receipted: 5, missing: [] })
  expect(opened.cosignatures.map(({ cosigner: { name }, time }) => [name, time])).toEqual([
    ['birch.parley.example/mirror', 1000],
    ['birch.parley.example/witness', 1000],
  ])
})

test('[EX9] the same facts give the same bytes', async () => {
  expect(await compose()).toEqual(await compose())
})

test.each([
  ['no head', { cosigned: undefined }],
  ['a smaller head', { cosigned: { ...log.head(4), time: 1000 } }],
  ['another root at that size', { cosigned: { size: 5, root: log.tree.root(4), time: 1000 } }],
])('[EX10] with a receipt for %s, the head is not cosigned', async (_, change) => {
  expect(await open(await compose(change))).toMatchObject({ have: 5, receipted: 0, cosignatures: [] })
})

test('[EX11] missing bodies are named, of many the first', async () => {
  const digests = ['one', 'two'].map((label) => bodyFor(label).digest).toSorted()
  expect((await open(await compose({ missing: digests }))).missing).toEqual(digests)
  const many = Array.from({ length: missingBodiesMax + 5 }, (_, i) => i.toString(16).padStart(64, '0'))
  expect((await open(await compose({ missing: many }))).missing).toHaveLength(missingBodiesMax)
})

test('[EX12] only the mirror of the very member makes a receipt', async () => {
  const witnessed = await open(await compose({}, [cosigners[1]!]))
  expect([witnessed.receipted, witnessed.cosignatures.length]).toEqual([0, 1])
  const stranger = { name: 'cedar.parley.example/mirror', signer: signerOf('cedar mirror') }
  expect(await open(await compose({}, [stranger]))).toMatchObject({ receipted: 0, cosignatures: [] })
})

test('[EX12] a line of the member over another head is refused', async () => {
  expect(await refusalOfAsync(async () => open(await compose(), log.head(4)))).toBe('note.signature')
})

test('[EX12] an answer about another log is refused', async () => {
  const other = originOf('cedar')
  expect(await refusalOfAsync(async () => open(await compose({ origin: other })))).toBe('delivery.malformed')
})

test('[EX12] one changed byte is refused, or claims no receipt that was not given', async () => {
  const whole = await compose({ missing: [bodyFor('one').digest] })
  await fc.assert(
    fc.asyncProperty(flippedByte(whole), async (bytes) => {
      try {
        const { receipted, cosignatures } = await open(bytes)
        expect(receipted === 0 || receipted === 5).toBe(true)
        for (const { time } of cosignatures) expect(time).toBe(1000)
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError)
      }
    }),
    { numRuns: 300 },
  )
})
