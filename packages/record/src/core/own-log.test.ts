import { expect, test } from 'vitest'
import { codesOf, CoreBench, heldHead, listOf } from '../../test-support/core-bench.ts'
import { bodyFor, WrittenLog } from '../../test-support/written-log.ts'

/** A bench with the log of ash, of which `held` entries came back from the disk. */
function started(log: WrittenLog, held = log.entries.length): CoreBench {
  const bench = new CoreBench()
  bench.takeUpOwn(log, { held })
  return bench
}

test('[CO1] after a start every member is asked, and the log opens when all have answered', () => {
  const log = new WrittenLog('ash', 5)
  const bench = new CoreBench()
  const effects = bench.takeUpOwn(log)
  expect(listOf('ask-heads', effects).map(({ party }) => party)).toEqual(['birch', 'cedar'])
  expect(codesOf(bench.submit(log, 'too soon').effects)).toEqual(['node.read-only'])
  bench.hear('birch', heldHead(log, 5, { log, held: 5 }))
  expect(bench.phase(log)).toBe('asking')
  bench.hear('cedar')
  expect(bench.phase(log)).toBe('open')
})

test('[CO1] a log without members opens at once', () => {
  const log = new WrittenLog('ash', 2)
  const bench = new CoreBench()
  bench.takeUpOwn(log, { parties: [] })
  expect(bench.phase(log)).toBe('open')
})

test('[CO2] a log made by an inception is open without asking', () => {
  const log = new WrittenLog('ash')
  const bench = new CoreBench()
  bench.takeUpOwn(log, { inception: true })
  expect(bench.phase(log)).toBe('open')
})

test('[CO3] before the members have answered, only the head that the lock names is signed', () => {
  const log = new WrittenLog('ash', 5)
  const lock = { size: 3, root: log.tree.root(3) }
  const bench = new CoreBench()
  const effects = bench.takeUpOwn(log, { lock, rootAtLock: lock.root })
  expect(listOf('sign', effects).map(({ head }) => head.size)).toEqual([3])
  expect(listOf('lock', effects)).toEqual([])
  expect(listOf('deliver', effects)).toEqual([])
  bench.hear('birch')
  const opened = bench.hear('cedar')
  expect(listOf('lock', opened).map(({ next }) => next.size)).toEqual([5])
  expect(listOf('sign', opened).map(({ head }) => head.size)).toEqual([5])
})

test('[CO3] a lock that names more than is there is not signed', () => {
  const log = new WrittenLog('ash', 5)
  const bench = new CoreBench()
  const effects = bench.takeUpOwn(log, { held: 3, lock: { size: 5, root: log.tree.root(5) } })
  expect(listOf('sign', effects)).toEqual([])
})

test('[CO4] a head is signed only after its entries are committed and the lock names it', () => {
  const log = new WrittenLog('ash')
  const bench = new CoreBench()
  bench.takeUpOwn(log, { inception: true, parties: [] })
  const { effects } = bench.submit(log, 'first')
  expect(effects.map(({ kind }) => kind)).toEqual(['prepare'])
  const composed = effects.flatMap((effect) => bench.answer(effect))
  expect(composed.map(({ kind }) => kind)).toEqual(['commit'])
  const committed = composed.flatMap((effect) => bench.answer(effect))
  expect(committed.map(({ kind }) => kind)).toEqual(['settled', 'lock'])
  const locked = committed.flatMap((effect) => bench.answer(effect))
  expect(locked.map(({ kind }) => kind)).toEqual(['sign'])
  expect(listOf('sign', locked)[0]!.head.size).toBe(1)
})

test('[CO5] a member that holds more gives back what was lost, and then every member is asked again', async () => {
  const log = new WrittenLog('ash', 5)
  const bench = started(log, 2)
  bench.hear('cedar')
  const heard = bench.hear('birch', heldHead(log, 5))
  expect(codesOf(heard)).toEqual(['log.recovering'])
  expect(listOf('fetch', heard)).toEqual([{ kind: 'fetch', party: 'birch', origin: log.origin, start: 2 }])
  expect(bench.phase(log)).toBe('recovering')
  const arrived = bench.arrive(await log.arrival('birch', 2, 5))
  expect(bench.size(log)).toBe(5)
  const fetched = bench.hand({ kind: 'fetched', party: 'birch', origin: log.origin, failed: false })
  const asked = [...arrived, ...fetched].filter(({ kind }) => kind === 'ask-heads')
  expect(asked).toHaveLength(2)
  bench.hear('birch', heldHead(log, 5, { log, held: 5 }))
  expect(bench.phase(log)).toBe('asking')
  bench.hear('cedar')
  expect(bench.phase(log)).toBe('open')
})

test('[CO5] what came back is not signed before every member has answered anew', async () => {
  const log = new WrittenLog('ash', 5)
  const bench = started(log, 2)
  bench.hear('cedar')
  bench.hear('birch', heldHead(log, 5))
  bench.arrive(await log.arrival('birch', 2, 5))
  const heard = bench.hear('birch', heldHead(log, 5, { log, held: 5 }))
  expect(listOf('sign', heard)).toEqual([])
  expect(codesOf(bench.submit(log, 'too soon').effects)).toEqual(['node.read-only'])
})

test('[CO6] a member whose head contradicts ours closes the log, and the proof is asked for', () => {
  const log = new WrittenLog('ash', 5)
  const other = new WrittenLog('ash', 4, 'another')
  const bench = started(log)
  const heard = bench.hear('birch', heldHead(other, 4, { log, held: 5 }))
  expect(codesOf(heard)).toEqual(['log.forked'])
  expect(listOf('prove-fork', heard).map(({ party, theirs }) => [party, theirs.size])).toEqual([['birch', 4]])
  bench.hear('cedar')
  expect(bench.phase(log)).toBe('forked')
  expect(codesOf(bench.submit(log, 'never again').effects)).toEqual(['node.read-only'])
})

test('[CO6] a head that is larger than anything an open log has ever had closes it', () => {
  const log = new WrittenLog('ash', 5)
  const bench = started(log, 3)
  bench.hear('birch')
  bench.hear('cedar')
  expect(bench.phase(log)).toBe('open')
  const heard = bench.hear('birch', heldHead(log, 5))
  expect(codesOf(heard)).toEqual(['log.forked'])
  expect(listOf('prove-fork', heard)).toHaveLength(1)
})

test('[CO6] a log with a proof that it forked stays closed after a start', () => {
  const log = new WrittenLog('ash', 5)
  const bench = new CoreBench()
  expect(codesOf(bench.takeUpOwn(log, { forked: true }))).toEqual(['log.forked'])
  bench.hear('birch')
  bench.hear('cedar')
  expect(bench.phase(log)).toBe('forked')
  bench.hand({ kind: 'overridden', origin: log.origin })
  expect(bench.phase(log)).toBe('forked')
})

test('[CO7] a log whose lock names entries that nobody has is lost, until somebody has them after all', async () => {
  const log = new WrittenLog('ash', 5)
  const bench = new CoreBench()
  bench.takeUpOwn(log, { held: 3, lock: { size: 5, root: log.tree.root(5) } })
  bench.hear('birch')
  expect(codesOf(bench.hear('cedar'))).toEqual(['log.lost'])
  expect(bench.phase(log)).toBe('lost')
  bench.hand({ kind: 'overridden', origin: log.origin })
  expect(bench.phase(log)).toBe('lost')
  bench.hear('birch', heldHead(log, 5))
  bench.arrive(await log.arrival('birch', 3, 5))
  bench.hear('birch', heldHead(log, 5, { log, held: 5 }))
  bench.hear('cedar')
  expect(bench.phase(log)).toBe('open')
})

test('[CO8] a stored log that contradicts its lock is closed', () => {
  const log = new WrittenLog('ash', 5)
  const other = new WrittenLog('ash', 5, 'another')
  const bench = new CoreBench()
  const lock = { size: 4, root: other.tree.root(4) }
  expect(codesOf(bench.takeUpOwn(log, { lock, rootAtLock: log.tree.root(4) }))).toEqual(['log.lock-contradicts'])
  expect(bench.phase(log)).toBe('forked')
})

test('[CO9] officers open a log whose members are silent, but never below what its lock names', () => {
  const log = new WrittenLog('ash', 5)
  const bench = started(log)
  bench.settle({ kind: 'overridden', origin: log.origin })
  expect(bench.phase(log)).toBe('open')
  const behind = new CoreBench()
  behind.takeUpOwn(log, { held: 3, lock: { size: 5, root: log.tree.root(5) } })
  behind.hand({ kind: 'overridden', origin: log.origin })
  expect(behind.phase(log)).toBe('asking')
})

test('[CO9] officers cannot open a log while a member has shown more than is there', async () => {
  const log = new WrittenLog('ash', 5)
  const bench = started(log, 2)
  bench.hear('birch', heldHead(log, 5))
  bench.hand({ kind: 'overridden', origin: log.origin })
  expect(bench.phase(log)).toBe('recovering')
  bench.arrive(await log.arrival('birch', 2, 5))
  bench.hear('birch', heldHead(log, 5, { log, held: 5 }))
  // Cedar is silent, and everything that was shown is here.
  bench.settle({ kind: 'overridden', origin: log.origin })
  expect(bench.phase(log)).toBe('open')
})

test('[CO10] a head that nobody compared with our copy answers nothing, and is asked for again', () => {
  const log = new WrittenLog('ash', 5)
  const bench = started(log)
  bench.hear('cedar')
  bench.hear('birch', heldHead(log, 4))
  expect(bench.phase(log)).toBe('asking')
  expect(listOf('ask-heads', bench.hand({ kind: 'tick' })).map(({ party }) => party)).toContain('birch')
  bench.hear('birch', heldHead(log, 4, { log, held: 5 }))
  expect(bench.phase(log)).toBe('open')
})

test('[CO11] garbled entries from a member change nothing, not even where they contradict the lock', async () => {
  const log = new WrittenLog('ash', 5)
  const bench = new CoreBench()
  bench.takeUpOwn(log, { held: 2, lock: { size: 4, root: log.tree.root(4) } })
  bench.hear('birch', heldHead(log, 5))
  const arrival = await log.arrival('birch', 2, 5)
  const garbled = { ...arrival, entries: arrival.entries.map((entry) => entry.map((byte) => byte ^ 1)) }
  expect(codesOf(bench.arrive(garbled))).toEqual(['delivery.root'])
  expect(bench.phase(log)).toBe('recovering')
  bench.hand({ kind: 'fetched', party: 'birch', origin: log.origin, failed: true })
  bench.hear('cedar', heldHead(log, 5))
  bench.arrive(await log.arrival('cedar', 2, 5))
  expect(bench.size(log)).toBe(5)
})

test('[CO12] entries under our own signature that contradict the lock close the log', async () => {
  const log = new WrittenLog('ash', 5)
  const other = new WrittenLog('ash', 2).write('another').write('another').write('another')
  const bench = new CoreBench()
  bench.takeUpOwn(log, { held: 2, lock: { size: 4, root: log.tree.root(4) } })
  bench.hear('birch', heldHead(other, 5))
  expect(codesOf(bench.arrive(await other.arrival('birch', 2, 5)))).toEqual(['log.lock-contradicts', 'delivery.fork'])
  expect(bench.phase(log)).toBe('forked')
  expect(bench.size(log)).toBe(2)
})

test('[CO13] a body that did not come back with its entry is asked of the members, one after the other', async () => {
  const body = bodyFor('a statement')
  const log = new WrittenLog('ash', 2).write('stated', body)
  const bench = started(log, 2)
  bench.hear('birch', heldHead(log, 3))
  bench.arrive({ ...(await log.arrival('birch', 2, 3)), bodies: [] })
  bench.hand({ kind: 'fetched', party: 'birch', origin: log.origin, failed: false })
  const asked: string[] = []
  for (let i = 0; i < 3; i++) {
    bench.now += 60_000
    const wanted = listOf('fetch-bodies', bench.hand({ kind: 'tick' }))
    expect(wanted.map(({ digests }) => digests)).toEqual([[body.digest]])
    asked.push(wanted[0]!.party)
    bench.hand({ kind: 'fetched', party: wanted[0]!.party, origin: log.origin, failed: true })
  }
  expect(asked).toEqual(['birch', 'cedar', 'birch'])
  const effects = bench.settle({
    kind: 'arrived',
    work: { kind: 'bodies', party: 'cedar', origin: log.origin, bodies: [body] },
  })
  expect(listOf('commit', effects)[0]!.batch.bodies).toEqual([{ ...body, origin: log.origin, position: 2 }])
  bench.now += 60_000
  expect(listOf('fetch-bodies', bench.hand({ kind: 'tick' }))).toEqual([])
})

test('[CO14] a bundle answers for the member that made it, unless it shows less than the member has receipted', () => {
  const log = new WrittenLog('ash', 5)
  const bench = new CoreBench()
  bench.takeUpOwn(log, { members: [{ party: 'birch', have: 4, receipted: 4 }] })
  const carry = (size: number): void => {
    const heads = [heldHead(log, size, { log, held: 5 })]
    bench.settle({ kind: 'heads-carried', party: 'birch', origins: [log.origin], heads })
  }
  carry(3)
  expect(bench.phase(log)).toBe('asking')
  carry(4)
  expect(bench.phase(log)).toBe('open')
})

test('[CO15] one more member gets the log from its beginning, and an open log stays open', () => {
  const log = new WrittenLog('ash', 3)
  const bench = new CoreBench()
  bench.takeUpOwn(log, { parties: [] })
  const effects = bench.hand({ kind: 'member', origin: log.origin, party: 'damson' })
  expect(listOf('deliver', effects).map(({ party, start, head }) => [party, start, head.size])).toEqual([
    ['damson', 0, 3],
  ])
  expect(bench.phase(log)).toBe('open')
})
