import { expect, test } from 'vitest'
import { codesOf, CoreBench, heldHead, listOf } from '../../test-support/core-bench.ts'
import { bodyFor, WrittenLog } from '../../test-support/written-log.ts'
import { arrivalsWaitingPerPeerMax, cosignatureRefreshSeconds } from './limits.ts'
import type { Receipt } from './state.ts'

/** A bench with a copy of the log, up to `held`. */
function holding(log: WrittenLog, held = 0): CoreBench {
  const bench = new CoreBench()
  bench.takeUpReplica(log, held)
  return bench
}

const receiptsOf = (effects: ReturnType<CoreBench['hand']>): Receipt[] =>
  listOf('commit', effects).flatMap(({ batch }) => batch.receipts)

test('[CO21] entries are stored when the copy, grown by them, is the beginning of the signed head', async () => {
  const log = new WrittenLog('birch', 9)
  const bench = holding(log, 2)
  const effects = bench.arrive(await log.arrival('birch', 2, 6))
  expect(bench.size(log)).toBe(6)
  expect(listOf('settled', effects).map(({ position }) => position)).toEqual([6])
  bench.arrive(await log.arrival('birch', 6, 9))
  expect(bench.state.replicas.get(log.origin)!.root).toEqual(log.tree.root(9))
})

test('[CO21] what is held already is passed over, whole or in part', async () => {
  const log = new WrittenLog('birch', 9)
  const bench = holding(log, 4)
  bench.arrive(await log.arrival('birch', 0, 3, 3))
  expect(bench.size(log)).toBe(4)
  const effects = bench.arrive(await log.arrival('birch', 1, 7))
  expect(listOf('commit', effects)[0]!.batch.extensions[0]).toMatchObject({ first: 4 })
  expect(bench.size(log)).toBe(7)
})

test.each([
  ['an entry was changed', 2, 'entry'],
  ['the proof was changed', 2, 'proof'],
  ['the head is of another tree', 2, 'head'],
])('[CO22] nothing is stored, and a fork suspected, when %s', async (_, held, what) => {
  const log = new WrittenLog('birch', 9)
  const other = new WrittenLog('birch', 9, 'another')
  const bench = holding(log, held)
  const arrival = await log.arrival('birch', 2, 6)
  const bent = {
    ...arrival,
    ...(what === 'entry' ? { entries: [...arrival.entries.slice(1), arrival.entries[0]!] } : {}),
    ...(what === 'proof' ? { proof: arrival.proof.toReversed() } : {}),
    ...(what === 'head' ? { head: other.head() } : {}),
  }
  const effects = bench.arrive(bent)
  expect(codesOf(effects)).toEqual(['delivery.root'])
  expect(listOf('prove-fork', effects)).toHaveLength(1)
  expect(listOf('commit', effects)).toEqual([])
  expect(bench.size(log)).toBe(2)
  expect(bench.state.replicas.get(log.origin)!.frozen).toBe(false)
})

test('[CO23] an arrival that begins after what is held is refused, and so is one of a log that is not kept', async () => {
  const log = new WrittenLog('birch', 9)
  const bench = holding(log, 2)
  expect(codesOf(bench.arrive(await log.arrival('birch', 3, 6)))).toEqual(['delivery.gap'])
  const stranger = new WrittenLog('damson', 3)
  expect(codesOf(bench.arrive(await stranger.arrival('damson', 0, 3)))).toEqual(['log.unknown'])
})

test('[CO24] each peer has a short queue of its own', async () => {
  const [log, other] = [new WrittenLog('birch', 9), new WrittenLog('cedar', 3)]
  const bench = holding(log)
  bench.takeUpReplica(other, 0)
  const arrival = await log.arrival('birch', 0, 9)
  for (let i = 0; i < arrivalsWaitingPerPeerMax; i++) {
    expect(codesOf(bench.hand({ kind: 'arrived', work: { ...arrival } }))).toEqual([])
  }
  expect(codesOf(bench.hand({ kind: 'arrived', work: { ...arrival } }))).toEqual(['node.busy'])
  const second = await other.arrival('cedar', 0, 3)
  expect(codesOf(bench.hand({ kind: 'arrived', work: second }))).toEqual([])
  for (let i = 0; i < 4; i++) {
    bench.hand({ kind: 'prepared', refused: new Map() })
    bench.hand({ kind: 'committed' })
  }
  expect(bench.size(other)).toBe(3)
})

test('[CO25] a receipt is given for a head when every entry and every body below it is durable', async () => {
  const body = bodyFor('a statement')
  const log = new WrittenLog('birch', 2).write('stated', body)
  const bench = holding(log)
  expect(receiptsOf(bench.arrive(await log.arrival('birch', 0, 2)))).toEqual([])
  const bare = { ...(await log.arrival('birch', 2, 3)), bodies: [] }
  expect(receiptsOf(bench.arrive(bare))).toEqual([])
  const work = { kind: 'bodies', party: 'birch', origin: log.origin, bodies: [body] } as const
  const receipts = receiptsOf(bench.settle({ kind: 'arrived', work }))
  expect(receipts).toEqual([{ origin: log.origin, ...log.head(3), time: Math.floor(bench.now / 1000) }])
})

test('[CO25] the body and its entry in one arrival give the receipt at once', async () => {
  const log = new WrittenLog('birch', 2).write('stated', bodyFor('a statement'))
  const bench = holding(log)
  expect(receiptsOf(bench.arrive(await log.arrival('birch', 0, 3))).map(({ size }) => size)).toEqual([3])
})

test('[CO26] the same head has the same receipt, until it is old enough to be renewed', async () => {
  const log = new WrittenLog('birch', 3)
  const bench = holding(log)
  bench.arrive(await log.arrival('birch', 0, 3))
  const first = bench.state.replicas.get(log.origin)!.cosigned!
  bench.now += (cosignatureRefreshSeconds - 1) * 1000
  expect(receiptsOf(bench.arrive(await log.arrival('birch', 3, 3)))).toEqual([])
  expect(bench.state.replicas.get(log.origin)!.cosigned).toEqual(first)
  bench.now += 1000
  const [renewed] = receiptsOf(bench.arrive(await log.arrival('birch', 3, 3)))
  expect(renewed!.time).toBe(first.time + cosignatureRefreshSeconds)
})

test('[CO27] no receipt has an earlier time than the one before, whatever the clock says, and none has time 0', async () => {
  const log = new WrittenLog('birch', 3)
  const bench = holding(log)
  const [first] = receiptsOf(bench.arrive(await log.arrival('birch', 0, 2, 2)))
  bench.now = 5
  const [second] = receiptsOf(bench.arrive(await log.arrival('birch', 2, 3)))
  expect(second!.time).toBe(first!.time)
  const early = holding(log)
  early.now = 0
  expect(receiptsOf(early.arrive(await log.arrival('birch', 0, 3)))[0]!.time).toBe(1)
})

test('[CO28] bodies that are missing are asked of the author, at growing intervals', async () => {
  const body = bodyFor('a statement')
  const log = new WrittenLog('birch').write('stated', body)
  const bench = holding(log)
  bench.arrive({ ...(await log.arrival('birch', 0, 1)), bodies: [] })
  const wanted = listOf('fetch-bodies', bench.hand({ kind: 'tick' }))
  expect(wanted).toEqual([{ kind: 'fetch-bodies', party: 'birch', origin: log.origin, digests: [body.digest] }])
  bench.hand({ kind: 'fetched', party: 'birch', origin: log.origin, failed: true })
  expect(listOf('fetch-bodies', bench.hand({ kind: 'tick' }))).toEqual([])
  bench.now += 250
  expect(listOf('fetch-bodies', bench.hand({ kind: 'tick' }))).toHaveLength(1)
  bench.hand({ kind: 'fetched', party: 'birch', origin: log.origin, failed: true })
  bench.now += 250
  expect(listOf('fetch-bodies', bench.hand({ kind: 'tick' }))).toEqual([])
})

test('[CO29] a body that no entry commits to is not kept', async () => {
  const log = new WrittenLog('birch', 1)
  const bench = holding(log, 1)
  const work = { kind: 'bodies', party: 'birch', origin: log.origin, bodies: [bodyFor('unasked')] } as const
  const effects = bench.settle({ kind: 'arrived', work })
  expect(listOf('commit', effects).flatMap(({ batch }) => batch.bodies)).toEqual([])
  const arrival = { ...(await log.arrival('birch', 1, 1)), bodies: [bodyFor('unasked')] }
  expect(listOf('commit', bench.arrive(arrival)).flatMap(({ batch }) => batch.bodies)).toEqual([])
})

test('[CO30] a larger head that a peer holds is fetched from it', () => {
  const log = new WrittenLog('birch', 9)
  const bench = holding(log, 2)
  const heard = bench.hear('cedar', heldHead(log, 9))
  expect(listOf('fetch', heard)).toEqual([{ kind: 'fetch', party: 'cedar', origin: log.origin, start: 2 }])
  // Once at a time.
  expect(listOf('fetch', bench.hear('cedar', heldHead(log, 9)))).toEqual([])
})
