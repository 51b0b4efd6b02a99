import { expect, test } from 'vitest'
import { codesOf, CoreBench, heldHead, listOf } from '../../test-support/core-bench.ts'
import { WrittenLog } from '../../test-support/written-log.ts'

const log = new WrittenLog('birch', 5)
/** The other history that birch signs, with the same first three entries. */
const forked = new WrittenLog('birch', 3).write('otherwise').write('otherwise').write('otherwise')

function holding(held = 5): CoreBench {
  const bench = new CoreBench()
  bench.takeUpReplica(log, held)
  return bench
}

test('[CO31] a head that contradicts our copy at its size is refused and looked into', async () => {
  const bench = holding()
  const arrival = { ...(await forked.arrival('birch', 0, 4, 4)), ours: log.tree.root(4) }
  const effects = bench.arrive(arrival)
  expect(codesOf(effects)).toEqual(['delivery.fork'])
  expect(listOf('prove-fork', effects)).toEqual([
    { kind: 'prove-fork', party: 'birch', origin: log.origin, theirs: forked.head(4) },
  ])
})

test('[CO31] so is one of our size that was not compared, and one that a third party holds', async () => {
  const effects = holding().arrive(await forked.arrival('birch', 5, 5, 5))
  expect(codesOf(effects)).toEqual(['delivery.fork'])
  expect(listOf('prove-fork', effects)).toHaveLength(1)
  const heard = holding().hear('cedar', heldHead(forked, 4, { log, held: 5 }))
  expect(listOf('prove-fork', heard).map(({ party }) => party)).toEqual(['cedar'])
})

test('[CO31] a head that agrees with our copy raises no suspicion', () => {
  const effects = holding().hear('cedar', heldHead(forked, 3, { log, held: 5 }))
  expect(listOf('prove-fork', effects)).toEqual([])
})

test('[CO32] a fork is asked about once at a time, and again when nothing came of it', () => {
  const bench = holding()
  const show = (): number => listOf('prove-fork', bench.hear('cedar', heldHead(forked, 4, { log, held: 5 }))).length
  expect(show()).toBe(1)
  expect(show()).toBe(0)
  expect(
    listOf('prove-fork', bench.hand({ kind: 'fetched', party: 'cedar', origin: log.origin, failed: true })),
  ).toHaveLength(1)
  bench.hand({ kind: 'fetched', party: 'cedar', origin: log.origin, failed: true })
  expect(show()).toBe(1)
})

test('[CO33] a suspicion that comes with what is being fetched is looked into when that is over', async () => {
  const bench = holding(4)
  const heard = bench.hear('cedar', heldHead(forked, 6))
  expect(listOf('fetch', heard).map(({ start }) => start)).toEqual([4])
  const arrived = bench.arrive(await forked.arrival('cedar', 4, 6))
  expect(codesOf(arrived)).toEqual(['delivery.root'])
  expect(listOf('prove-fork', arrived)).toEqual([])
  const fetched = bench.hand({ kind: 'fetched', party: 'cedar', origin: log.origin, failed: true })
  expect(listOf('prove-fork', fetched)).toEqual([
    { kind: 'prove-fork', party: 'cedar', origin: log.origin, theirs: forked.head(6) },
  ])
})

test('[CO34] a head that our copy has outgrown before anybody compared the two is looked into', async () => {
  const bench = holding()
  const effects = bench.arrive(await forked.arrival('birch', 0, 4, 4))
  expect(listOf('prove-fork', effects)).toHaveLength(1)
})

test('[CO35] a proven fork freezes the copy for good: nothing is taken in, receipted or asked about any more', async () => {
  const bench = holding(3)
  expect(codesOf(bench.hand({ kind: 'fork-proven', origin: log.origin }))).toEqual(['replica.forked'])
  expect(codesOf(bench.arrive(await log.arrival('birch', 3, 5)))).toEqual(['delivery.frozen'])
  expect(bench.hear('cedar', heldHead(forked, 6))).toEqual([])
  const again = new CoreBench()
  again.takeUpReplica(log, 3, { frozen: true })
  expect(codesOf(again.arrive(await log.arrival('birch', 3, 5)))).toEqual(['delivery.frozen'])
})

test('[CO35] what was under way when the fork was proven is refused', async () => {
  const bench = holding(3)
  bench.hand({ kind: 'arrived', work: await log.arrival('birch', 3, 5) })
  bench.hand({ kind: 'fork-proven', origin: log.origin })
  expect(codesOf(bench.hand({ kind: 'prepared', refused: new Map() }))).toEqual(['delivery.frozen'])
  expect(bench.size(log)).toBe(3)
})

test('[CO35] a proven fork of our own log closes it', () => {
  const own = new WrittenLog('ash', 2)
  const bench = new CoreBench()
  bench.takeUpOwn(own, { parties: [] })
  expect(codesOf(bench.hand({ kind: 'fork-proven', origin: own.origin }))).toEqual(['log.forked'])
  expect(codesOf(bench.submit(own, 'no').effects)).toEqual(['node.read-only'])
})
