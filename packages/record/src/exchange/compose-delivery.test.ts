import { expect, test } from 'vitest'
import { refusalOfAsync } from '../../test-support/refusal.ts'
import { bodyFor, bodyOfText, originOf, readerOf, WrittenLog } from '../../test-support/written-log.ts'
import { parseDelivery } from '../delivery.ts'
import { leafHash } from '../merkle.ts'
import { nodeCrypto } from '../node/index.ts'
import { verifyConsistency } from '../proof.ts'
import { composeDelivery, type DeliveryLimits } from './compose-delivery.ts'

const tools = { crypto: nodeCrypto, bodyOf: bodyOfText }
const wide: DeliveryLimits = { entriesMax: 1000, bytesMax: 1_000_000 }

async function compose(log: WrittenLog, start: number, size: number, limits = wide) {
  const order = { origin: log.origin, start, head: await log.signedHead(size), cosignatures: [] }
  const { bytes, end } = await composeDelivery(tools, readerOf([log, log.entries.length]), order, limits)
  return { delivery: parseDelivery(bytes), end }
}

test('[EX1] a delivery holds the entries from the start on, and none beyond its head', async () => {
  const log = new WrittenLog('ash', 9)
  const { delivery, end } = await compose(log, 2, 7)
  expect(end).toBe(7)
  expect(delivery).toMatchObject({ origin: log.origin, from: 2, proof: [], bodies: [], cosignatures: [] })
  expect(delivery.entries).toEqual(log.entries.slice(2, 7))
})

test.each([
  ['entries', { entriesMax: 3, bytesMax: 1_000_000 }, 3],
  ['bytes', { entriesMax: 1000, bytesMax: 7 * 4 }, 4],
  ['bytes of which not even the first has enough', { entriesMax: 1000, bytesMax: 1 }, 1],
])('[EX1] a delivery ends where its limit of %s is reached', async (_, limits, count) => {
  const log = new WrittenLog('ash', 9)
  const { delivery, end } = await compose(log, 0, 9, limits)
  expect([end, delivery.entries.length]).toEqual([count, count])
})

test('[EX2] the proof leads from where the entries end to the head', async () => {
  const log = new WrittenLog('ash', 300)
  for (const [start, entriesMax] of [
    [0, 1],
    [0, 256],
    [255, 2],
    [100, 199],
  ] as const) {
    const { delivery, end } = await compose(log, start, 300, { entriesMax, bytesMax: 1_000_000 })
    const claim = { oldSize: end, oldRoot: log.tree.root(end), size: 300, root: log.tree.root(300) }
    verifyConsistency(nodeCrypto, claim, delivery.proof)
    expect(delivery.entries.map((entry) => leafHash(nodeCrypto, entry))).toEqual(
      delivery.entries.map((_entry, i) => log.tree.leaf(start + i)),
    )
  }
})

test('[EX2] a delivery without entries is a heartbeat: no proof where it ends at its head', async () => {
  const log = new WrittenLog('ash', 9)
  const { delivery, end } = await compose(log, 9, 9)
  expect(end).toBe(9)
  expect(delivery).toMatchObject({ from: 9, entries: [], proof: [] })
})

test('[EX3] the bodies that its entries commit to travel along, each once, as far as they are held', async () => {
  const [one, two, gone] = ['one', 'two', 'gone'].map(bodyFor)
  const log = new WrittenLog('ash').write('a', one).write('b', one).write('c', two).write('d', gone)
  log.bodies.delete(gone!.digest)
  const { delivery } = await compose(log, 0, 4)
  const bodies = [one!, two!].toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
  expect(delivery.bodies).toEqual(bodies)
})

test('[EX3] an entry that fits only without its body travels without it, when it is the first', async () => {
  const log = new WrittenLog('ash').write('a', bodyFor('one')).write('b')
  const { delivery, end } = await compose(log, 0, 2, { entriesMax: 9, bytesMax: 80 })
  expect([end, delivery.bodies]).toEqual([1, []])
})

test('[EX1] cosignatures that are handed in travel along', async () => {
  const log = new WrittenLog('ash', 1)
  const cosignatures = [{ origin: originOf('birch'), note: new Uint8Array([1]) }]
  const order = { origin: log.origin, start: 0, head: await log.signedHead(), cosignatures }
  const { bytes } = await composeDelivery(tools, readerOf([log, 1]), order)
  expect(parseDelivery(bytes).cosignatures).toEqual(cosignatures)
})

test('[EX1] a delivery does not begin after its head', async () => {
  const log = new WrittenLog('ash', 3)
  expect(await refusalOfAsync(() => compose(log, 3, 2))).toBe('tree.size')
})
