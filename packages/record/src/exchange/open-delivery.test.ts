import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Frontier } from '../frontier.ts'
import { flippedByte, refusalOfAsync } from '../../test-support/refusal.ts'
import { signerOf } from '../../test-support/parties.ts'
import { bodyFor, bodyOfText, originOf, readerOf, WrittenLog } from '../../test-support/written-log.ts'
import { signCheckpoint } from '../checkpoint.ts'
import type { Delivery } from '../delivery.ts'
import { formatDelivery, parseDelivery } from '../delivery.ts'
import { RecordError } from '../error.ts'
import { leafHash } from '../merkle.ts'
import { nodeCrypto } from '../node/index.ts'
import { verifyConsistency } from '../proof.ts'
import { createVerifierKey } from '../verifier-key.ts'
import { composeDelivery } from './compose-delivery.ts'
import { cosignHead } from './answer.ts'
import type { HeadClaim, KeyLookup } from './key-lookup.ts'
import { openDelivery } from './open-delivery.ts'
import { formatNote } from '../note.ts'
import { formatCheckpointText } from '../checkpoint.ts'

const log = new WrittenLog('ash', 6).write('stated', bodyFor('statement'))
const tools = { crypto: nodeCrypto, bodyOf: bodyOfText }
const mirror = { name: 'birch.parley.example/mirror', signer: signerOf('birch mirror') }
const mirrorKey = createVerifierKey(nodeCrypto, 'cosignature/v1', mirror.name, mirror.signer.publicKey)

function lookup(claims: HeadClaim[] = []): KeyLookup {
  return {
    verifierKeysOf(claim) {
      claims.push(claim)
      return [createVerifierKey(nodeCrypto, 'ed25519', claim.origin, log.signer.publicKey)]
    },
    cosignerKeysOf: () => [mirrorKey],
  }
}

async function frame(change: Partial<Delivery> = {}, start = 0): Promise<Uint8Array> {
  const order = { origin: log.origin, start, head: await log.signedHead(), cosignatures: [] }
  const { bytes } = await composeDelivery(tools, readerOf([log, 7]), order)
  return formatDelivery({ ...parseDelivery(bytes), ...change })
}

const open = (bytes: Uint8Array, held?: readonly [WrittenLog, number], claims?: HeadClaim[]) =>
  openDelivery(nodeCrypto, readerOf(...(held === undefined ? [] : [held])), lookup(claims), 'ash', bytes)

test('[EX4] an opened delivery is an arrival that the core can verify against its frontier', async () => {
  const { arrival, cosignatures } = await open(await frame())
  expect(arrival).toMatchObject({ kind: 'arrival', party: 'ash', origin: log.origin, start: 0, entries: log.entries })
  expect(arrival.bodies).toEqual([bodyFor('statement')])
  expect([arrival.head.size, arrival.ours, cosignatures]).toEqual([7, undefined, []])
  const frontier = Frontier.empty(nodeCrypto)
  for (const entry of arrival.entries) frontier.append(leafHash(nodeCrypto, entry))
  const { size, root } = arrival.head
  verifyConsistency(nodeCrypto, { oldSize: frontier.size, oldRoot: frontier.root(), size, root }, arrival.proof)
})

test('[EX4] the keys are looked up for what the head claims, with the entries that came along', async () => {
  const claims: HeadClaim[] = []
  await open(await frame({}, 5), undefined, claims)
  expect(claims).toEqual([{ origin: log.origin, size: 7, start: 5, entries: log.entries.slice(5) }])
})

test.each([
  [7, 'the root at the head', true],
  [6, 'nothing', false],
])('[EX5] with %i entries held, %s stands beside the head', async (held, _, compared) => {
  const { arrival } = await open(await frame(), [log, held])
  expect(arrival.ours).toEqual(compared ? log.tree.root(7) : undefined)
})

test('[EX5] the root beside the head is that of our own copy, whatever the head says', async () => {
  const other = new WrittenLog('ash', 9, 'another')
  const { arrival } = await open(await frame(), [other, 9])
  expect(arrival.ours).toEqual(other.tree.root(7))
})

async function signed(origin: string, size: number, signer = log.signer): Promise<Uint8Array> {
  return signCheckpoint(nodeCrypto, signer, { origin, size, root: log.tree.root(Math.min(size, 7)) })
}

test.each([
  ['by somebody else', async () => frame({ head: await signed(log.origin, 7, signerOf('mallory')) }), 'note.signature'],
  ['of another log', async () => frame({ head: await signed(originOf('cedar'), 7) }), 'note.unverified'],
  ['that the entries go beyond', async () => frame({ head: await signed(log.origin, 6) }), 'delivery.malformed'],
  ['that is no note', () => frame({ head: new Uint8Array(3) }), 'note.malformed'],
])('[EX6] a head %s is refused', async (_, bent, code) => {
  const refusal = await refusalOfAsync(async () => open(await bent()))
  // A key of another signer under the same name has another id: then no line is of a known key.
  expect(code === 'note.signature' ? ['note.signature', 'note.unverified'] : [code]).toContain(refusal)
})

test('[EX6] what is no delivery is refused', async () => {
  expect(await refusalOfAsync(() => open(new Uint8Array(9)))).toBe('delivery.malformed')
  expect(await refusalOfAsync(async () => open((await frame()).slice(0, -1)))).toBe('delivery.malformed')
})

test('[EX7] a body under a digest that is not its own is left out', async () => {
  const bodies = [{ digest: bodyFor('statement').digest, bytes: new Uint8Array(5) }]
  expect((await open(await frame({ bodies }))).arrival.bodies).toEqual([])
})

test('[EX8] cosignatures by known keys are opened, and what is wrong with others spoils nothing', async () => {
  const head = { origin: originOf('cedar'), size: 3, root: log.tree.root(3) }
  const lines = await cosignHead(nodeCrypto, [mirror], head.origin, { ...head, time: 77 })
  const stranger = { name: 'elder.parley.example/mirror', signer: signerOf('elder mirror') }
  const strange = await cosignHead(nodeCrypto, [stranger], head.origin, { ...head, time: 78 })
  const text = formatCheckpointText(head)
  const note = (...all: typeof lines): Uint8Array => formatNote({ text, lines: all })
  const wrong = { ...lines[0]!, signature: lines[0]!.signature.with(20, lines[0]!.signature[20]! ^ 1) }
  const cosignatures = [
    { origin: head.origin, note: note(...lines, ...strange) },
    { origin: originOf('elder'), note: note(...lines) },
    { origin: head.origin, note: note(wrong) },
    { origin: head.origin, note: note(...strange) },
    { origin: head.origin, note: new Uint8Array(1) },
  ]
  const opened = await open(await frame({ cosignatures }))
  expect(opened.cosignatures.map(({ cosigner, head: { size }, time }) => [cosigner.name, size, time])).toEqual([
    [mirror.name, 3, 77],
  ])
})

test('[EX6] one changed byte is refused, or changes only what the core verifies', async () => {
  const whole = await frame()
  const { arrival } = await open(whole)
  await fc.assert(
    fc.asyncProperty(flippedByte(whole), async (bytes) => {
      try {
        const bent = await open(bytes)
        expect(bent.arrival.head).toEqual(arrival.head)
        expect(bent.arrival.origin).toBe(arrival.origin)
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError)
      }
    }),
    { numRuns: 300 },
  )
})
