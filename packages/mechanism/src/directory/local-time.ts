// Where a moment falls in an office's week. The offsets are those that the office's own entry states, so every side computes
// the same in every version of its runtime; no zone database is asked.

import type { Office } from './view.ts'

const minuteMilliseconds = 60_000
const dayMinutes = 1440
/** 1 January 1970 was a Thursday. */
const firstWeekday = 4

/** A place in the week: the day from 1 (Monday) to 7, and the minute after midnight. */
export interface WeekMinute {
  readonly day: number
  readonly minute: number
}

/** A span of each of some days; `until` at or below `from` is on the next day. */
export interface DailySpan {
  readonly days: readonly number[]
  readonly from: number
  readonly until: number
}

/** The office's own time at a moment (milliseconds since 1970 UTC), or undefined when its entry does not say enough. */
export function localTime(
  { offsets, timeZone }: Pick<Office, 'offsets' | 'timeZone'>,
  now: number,
): WeekMinute | undefined {
  const stated = offsets?.findLast(({ from }) => from <= now)?.minutes
  const offset = stated ?? (offsets === undefined && timeZone === 'UTC' ? 0 : undefined)
  if (offset === undefined) return undefined
  const minutes = Math.floor(now / minuteMilliseconds) + offset
  const days = Math.floor(minutes / dayMinutes)
  return { day: ((((days + firstWeekday - 1) % 7) + 7) % 7) + 1, minute: minutes - days * dayMinutes }
}

/** Whether the span holds this minute of the week: its first minute is inside, its last is not. */
export function holdsMinute({ days, from, until }: DailySpan, { day, minute }: WeekMinute): boolean {
  const yesterday = day === 1 ? 7 : day - 1
  if (from < until) return days.includes(day) && from <= minute && minute < until
  return (days.includes(day) && from <= minute) || (days.includes(yesterday) && minute < until)
}
