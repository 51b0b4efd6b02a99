import { expect, test } from 'vitest'
import { codesOf, CoreBench, listOf } from '../../test-support/core-bench.ts'
import { WrittenLog } from '../../test-support/written-log.ts'
import { heartbeatMilliseconds, retryMillisecondsMax } from './limits.ts'

const log = new WrittenLog('ash', 9)

/** A bench with an open log of nine entries and the members named; the first delivery to each is under way. */
function publishing(...parties: readonly string[]): CoreBench {
  const bench = new CoreBench()
  bench.takeUpOwn(log, { parties })
  for (const party of parties) bench.hear(party)
  return bench
}

const answer = (have: number, receipted: number, party = 'birch') =>
  ({ kind: 'answered', party, origin: log.origin, have, receipted }) as const

const starts = (effects: ReturnType<CoreBench['hand']>): number[] =>
  listOf('deliver', effects).map(({ start }) => start)

test('[CO36] a member gets one delivery at a time, each from where it says it is', () => {
  const bench = publishing('birch')
  expect(starts(bench.effects)).toEqual([0])
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([])
  expect(starts(bench.hand(answer(4, 0)))).toEqual([4])
  expect(starts(bench.hand(answer(9, 9)))).toEqual([])
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([])
})

test('[CO36] a member that has lost entries gets them again', () => {
  const bench = publishing('birch')
  bench.hand(answer(9, 9))
  bench.submit(log, 'one more').effects.forEach((effect) => bench.answer(effect))
  bench.settle({ kind: 'committed' })
  bench.hand(answer(2, 0))
  bench.now += 60_000
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([2])
})

test('[CO37] silence and answers that bring nothing further are followed by ever longer pauses, up to half a minute', () => {
  const bench = publishing('birch')
  const pauses: number[] = []
  for (let i = 0; i < 10; i++) {
    bench.hand(i % 2 === 0 ? { kind: 'unanswered', party: 'birch', origin: log.origin } : answer(0, 0))
    const from = bench.now
    while (starts(bench.hand({ kind: 'tick' })).length === 0) bench.now += 250
    pauses.push(bench.now - from)
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
})

test('[CO37] a peer that is heard of again is sent to at once', () => {
  const bench = publishing('birch')
  for (let i = 0; i < 9; i++) {
    bench.hand({ kind: 'unanswered', party: 'birch', origin: log.origin })
    bench.now += retryMillisecondsMax
    bench.hand({ kind: 'tick' })
  }
  bench.hand({ kind: 'unanswered', party: 'birch', origin: log.origin })
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([])
  expect(starts(bench.hear('birch'))).toEqual([0])
})

test('[CO38] one slow member holds up no other', () => {
  const bench = publishing('birch', 'cedar')
  expect(starts(bench.hand(answer(9, 9, 'cedar')))).toEqual([])
  const { effects } = bench.submit(log, 'more')
  const all = effects.flatMap((effect) => bench.answer(effect)).flatMap((effect) => bench.answer(effect))
  const signed = all.flatMap((effect) => bench.answer(effect)).flatMap((effect) => bench.answer(effect))
  expect(listOf('deliver', signed).map(({ party, start }) => [party, start])).toEqual([['cedar', 9]])
})

test('[CO39] a member that has everything gets an empty delivery after half an hour of silence', () => {
  const bench = publishing('birch')
  bench.hand(answer(9, 9))
  bench.now += heartbeatMilliseconds - 1
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([])
  bench.now += 1
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([9])
})

test('[CO40] what a member overstates brings nothing further, and its heads are asked for', () => {
  const bench = publishing('birch')
  bench.hand(answer(9, 0))
  let sent = 0
  for (let have = 10; have < 40; have++) {
    sent += starts(bench.hand(answer(have, 0))).length
    bench.now += 10
  }
  expect(sent).toBe(0)
  expect(listOf('ask-heads', bench.effects).length).toBeGreaterThan(1)
})

test('[CO41] when the clock is set back, everything waits as long as it would have', () => {
  const bench = publishing('birch')
  bench.now += 365 * 86_400_000
  bench.hand({ kind: 'unanswered', party: 'birch', origin: log.origin })
  bench.now -= 365 * 86_400_000
  expect(codesOf(bench.hand({ kind: 'tick' }))).toEqual(['clock.back'])
  bench.now += 249
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([])
  bench.now += 1
  expect(starts(bench.hand({ kind: 'tick' }))).toEqual([0])
})

test('[CO41] a clock that is put right by less than five seconds is not worth an alarm', () => {
  const bench = publishing('birch')
  bench.now -= 4999
  expect(codesOf(bench.hand({ kind: 'tick' }))).toEqual([])
})
