// Everything at a cut, from nothing: which entries are inside, the verdict on each, the state of each subject. A node does
// the same step by step; this is what its steps must come to, and what an auditor runs.

import type { Act } from './act.ts'
import { assert } from './error.ts'
import type { Cut } from './cut.ts'
import { viewSubject, type Reading, type SubjectState } from './mechanism.ts'
import type { Pack } from './pack.ts'
import { judge, type Verdict } from './verdict.ts'

/** What the record found wrong with an entry's bytes, signatures or approvals. */
export interface RecordRefusal {
  readonly kind: 'invalid'
  /** The record's own code. */
  readonly code: string
}

/** One entry of a channel log. */
export interface LogEntry {
  /** The origin of its log. */
  readonly origin: string
  readonly index: number
  /** The effective (cumulative) seen sizes by origin, of channel logs and governance logs alike. */
  readonly seen: readonly { readonly origin: string; readonly size: number }[]
  readonly reading: Reading | RecordRefusal
}

/** What is fixed for a channel. */
export interface Channel {
  /** The parties as the genesis names them, and the origins of their channel logs. */
  readonly parties: readonly { readonly party: string; readonly origin: string }[]
  /** The pack with this digest, when it is at hand. */
  readonly pack: (digest: string) => Pack | undefined
}

export interface Closure<E> {
  /** The entries inside the cut, whoever was seen before who saw. */
  readonly inside: readonly E[]
  /** Entries below the cut's sizes that had seen what is outside, and all that came after them in their logs. */
  readonly waiting: readonly E[]
}

/**
 * Which entries of the channel logs are inside a cut: those below its sizes all of whose `seen` is inside it too. The
 * entries are all there are of each channel log up to the cut, in any order; more does no harm. Logs of the cut that are not
 * among `origins` (governance logs) are inside whole. `settle` is asked once for each entry, whoever was seen before who
 * saw; an entry it does not settle waits, with all that came after it or had seen it.
 */
export function closeCut<E extends Omit<LogEntry, 'reading'>>(
  cut: Cut,
  origins: readonly string[],
  entries: readonly E[],
  settle: (entry: E) => boolean = () => true,
): Closure<E> {
  const sizes = new Map(cut.logs.map(({ origin, size }) => [origin, size]))
  const reached = new Map(cut.logs.map(({ origin, size }) => [origin, origins.includes(origin) ? 0 : size]))
  const logs = [...origins].sort().map((origin) => ({ origin, size: sizes.get(origin) ?? 0, log: [] as E[] }))
  const byOrigin = new Map(logs.map((each) => [each.origin, each]))
  for (const entry of entries) {
    const of = byOrigin.get(entry.origin)
    if (of !== undefined && entry.index < of.size) of.log[entry.index] = entry
  }
  for (const { size, log } of logs) {
    assert(log.length === size && !log.includes(undefined as never), 'a cut is closed over all entries of its logs')
  }
  const inside: E[] = []
  const halted = new Set<string>()
  for (let before = -1; before < inside.length;) {
    before = inside.length
    for (const { origin, log } of logs) {
      for (let i = reached.get(origin) ?? 0; i < log.length && isReached(log[i]!, reached); i++) {
        if (halted.has(origin) || !settle(log[i]!)) {
          halted.add(origin)
          break
        }
        inside.push(log[i]!)
        reached.set(origin, i + 1)
      }
    }
  }
  return { inside, waiting: logs.flatMap(({ origin, log }) => log.slice(reached.get(origin) ?? 0)) }
}

function isReached(entry: Omit<LogEntry, 'reading'>, reached: ReadonlyMap<string, number>): boolean {
  return entry.seen.every(({ origin, size }) => size <= (reached.get(origin) ?? 0))
}

/** All that is computed at a cut. */
export interface Replay {
  /** By origin and index: the verdict on every entry below the cut's sizes. */
  readonly verdicts: ReadonlyMap<string, readonly (Verdict | RecordRefusal)[]>
  /** The valid acts of each subject, whoever was seen before who saw. */
  readonly acts: ReadonlyMap<string, readonly Act[]>
  /** The state of each subject that has a valid act, and of the standing ones. */
  readonly states: ReadonlyMap<string, SubjectState>
}

/** Judges every entry at a cut and views every subject. The entries are as `closeCut` wants them. */
export function replay(cut: Cut, entries: readonly LogEntry[], channel: Channel): Replay {
  const origins = channel.parties.map(({ origin }) => origin)
  const parties = channel.parties.map(({ party }) => party).sort()
  const acts = new Map<string, Act[]>([
    ['agreement', []],
    ['directory', []],
  ])
  const verdicts = new Map<string, (Verdict | RecordRefusal)[]>(origins.map((origin) => [origin, []]))
  const { waiting } = closeCut(cut, origins, entries, ({ origin, index, reading }) => {
    const verdict = judgeReading(reading, acts, parties, channel.pack)
    verdicts.get(origin)![index] = verdict
    if (verdict.kind === 'valid' && reading.kind === 'act') {
      const subject = acts.get(reading.act.subject)
      if (subject === undefined) acts.set(reading.act.subject, [reading.act])
      else subject.push(reading.act)
    }
    return verdict.kind !== 'waiting'
  })
  for (const { origin, index } of waiting) {
    verdicts.get(origin)![index] ??= { kind: 'waiting', code: 'seen.missing' }
  }
  const states = [...acts].map(([subject, of]) => [subject, viewSubject(subject, of, parties)] as const)
  return { verdicts, acts, states: new Map(states) }
}

function judgeReading(
  reading: LogEntry['reading'],
  acts: ReadonlyMap<string, readonly Act[]>,
  parties: readonly string[],
  pack: Channel['pack'],
): Verdict | RecordRefusal {
  if (reading.kind !== 'act') return reading
  const subject = acts.get(reading.act.subject) ?? []
  return judge(reading.act, { parties, subject, agreement: acts.get('agreement') ?? [], pack })
}
