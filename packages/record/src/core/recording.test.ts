import { expect, test } from 'vitest'
import { formatUtf8 } from '../bytes.ts'
import { codesOf, CoreBench, listOf } from '../../test-support/core-bench.ts'
import { bodyFor, WrittenLog } from '../../test-support/written-log.ts'
import { submissionsWaitingMax } from './limits.ts'
import type { Submission, Work } from './state.ts'

/** A bench whose own new log is open and has no members. */
function open(): { bench: CoreBench; log: WrittenLog } {
  const log = new WrittenLog('ash')
  const bench = new CoreBench()
  bench.takeUpOwn(log, { inception: true, parties: [] })
  return { bench, log }
}

test('[CO16] entries are recorded in the order in which they were submitted, and told when they are durable', () => {
  const { bench, log } = open()
  const works = ['one', 'two', 'three'].map((text) => bench.submit(log, text).submission)
  // The first is under way alone; what came meanwhile goes together.
  const [prepared] = bench.hand({ kind: 'prepared', refused: new Map() })
  expect(listOf('commit', [prepared!])[0]!.batch.settles).toEqual([{ work: works[0], position: 0 }])
  const committed = bench.hand({ kind: 'committed' })
  expect(listOf('settled', committed)).toEqual([{ kind: 'settled', work: works[0], position: 0 }])
  expect(listOf('prepare', committed)[0]!.works).toEqual(works.slice(1))
  const second = bench.hand({ kind: 'prepared', refused: new Map() })
  expect(listOf('commit', second)[0]!.batch.extensions[0]).toMatchObject({ first: 1, origin: log.origin })
  expect(listOf('settled', second)).toEqual([])
  const settled = listOf('settled', bench.hand({ kind: 'committed' }))
  expect(settled.map(({ position }) => position)).toEqual([1, 2])
  expect(bench.size(log)).toBe(3)
})

test('[CO17] nothing is written while something is being written', () => {
  const { bench, log } = open()
  bench.submit(log, 'one')
  bench.hand({ kind: 'prepared', refused: new Map() })
  expect(bench.submit(log, 'two').effects).toEqual([])
  expect(listOf('prepare', bench.hand({ kind: 'committed' }))).toHaveLength(1)
})

test('[CO17] locking and signing do not hold up the next write', () => {
  const { bench, log } = open()
  bench.submit(log, 'one')
  bench.hand({ kind: 'prepared', refused: new Map() })
  expect(listOf('lock', bench.hand({ kind: 'committed' }))).toHaveLength(1)
  bench.submit(log, 'two')
  expect(listOf('commit', bench.hand({ kind: 'prepared', refused: new Map() }))).toHaveLength(1)
  const committed = bench.hand({ kind: 'committed' })
  // One lock at a time; the next one names the newest size.
  expect(listOf('lock', committed)).toEqual([])
  const head = { size: 1, root: log.write('one').tree.root(1) }
  const locked = bench.hand({ kind: 'locked', origin: log.origin, head })
  expect(listOf('lock', locked).map(({ expected, next }) => [expected.size, next.size])).toEqual([[1, 2]])
  expect(listOf('sign', locked).map((effect) => effect.head.size)).toEqual([1])
})

test('[CO18] a submission that is judged to have no place is told its code when the rest of its batch is durable', () => {
  const { bench, log } = open()
  bench.submit(log, 'begins')
  const works = ['kept', 'repeated'].map((text) => bench.submit(log, text).submission)
  bench.hand({ kind: 'prepared', refused: new Map() })
  bench.hand({ kind: 'committed' })
  const refused = new Map<Work, string>([[works[1]!, 'entry.replayed']])
  const composed = bench.hand({ kind: 'prepared', refused })
  expect(codesOf(composed)).toEqual([])
  expect(listOf('commit', composed)[0]!.batch.extensions[0]!.entries).toEqual([works[0]!.entry])
  const committed = bench.hand({ kind: 'committed' })
  expect(codesOf(committed)).toEqual(['entry.replayed'])
  expect(listOf('settled', committed)).toHaveLength(1)
})

test('[CO18] a batch of which nothing is stored is told at once, and the next one begins', () => {
  const { bench, log } = open()
  const { submission } = bench.submit(log, 'no')
  bench.submit(log, 'yes')
  const composed = bench.hand({ kind: 'prepared', refused: new Map<Work, string>([[submission, 'entry.replayed']]) })
  expect(codesOf(composed)).toEqual(['entry.replayed'])
  expect(listOf('prepare', composed)).toHaveLength(1)
})

test('[CO19] a log that is not ours takes no submissions', () => {
  const { bench } = open()
  expect(codesOf(bench.submit(new WrittenLog('birch'), 'no').effects)).toEqual(['log.unknown'])
})

test('[CO19] when too many submissions wait, more are refused and the others stay', () => {
  const { bench, log } = open()
  for (let i = 0; i < submissionsWaitingMax; i++) expect(codesOf(bench.submit(log, `entry ${i}`).effects)).toEqual([])
  expect(codesOf(bench.submit(log, 'one too many').effects)).toEqual(['node.busy'])
  for (let i = 0; i < 20; i++) {
    bench.hand({ kind: 'prepared', refused: new Map() })
    bench.hand({ kind: 'committed' })
  }
  expect(bench.size(log)).toBe(submissionsWaitingMax)
  expect(codesOf(bench.submit(log, 'there is room again').effects)).toEqual([])
})

test('[CO20] the bodies of an entry become durable with it', () => {
  const { bench, log } = open()
  const body = bodyFor('a statement')
  const entry = formatUtf8(`stated body ${body.digest}`)
  const submission: Submission = { kind: 'submission', origin: log.origin, entry, bodies: [body] }
  const effects = bench.settle({ kind: 'submitted', submission })
  expect(listOf('commit', effects)[0]!.batch.bodies).toEqual([{ ...body, origin: log.origin, position: 0 }])
})
