// Spans of time on a party's calendar. Offsets follow from the rules in the pack and not from a zone database, so that
// every machine computes the same moments. Moments are Unix milliseconds. SPEC.md [GL] rules it.

import { assert } from '../error.ts'
import { daysOfDate, parseDays, weekdayOfDays, yearOfDays } from './civil-date.ts'
import type { ClockChange, Span, WorkingCalendar } from './shape.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** A calendar on which so long nobody works is broken; spans are shorter than this many days each. */
const idleDaysMax = 4000
/**
 * The longest time whose working part is counted in full, in milliseconds: ten years. Nobody's absurd time costs anybody
 * else much time.
 */
export const countedTimeMax = 3650 * day

/** How many minutes the clocks of the calendar are ahead of UTC at a moment. */
export function minutesAhead(calendar: WorkingCalendar, at: number): number {
  const { ahead, summer } = calendar
  if (summer === undefined) return ahead
  const year = yearOfDays(Math.floor(at / day))
  const begins = momentOfChange(summer.begins, year)
  const ends = momentOfChange(summer.ends, year)
  // South of the equator summer runs over the new year.
  const isSummer = begins < ends ? at >= begins && at < ends : at >= begins || at < ends
  return isSummer ? summer.ahead : ahead
}

function momentOfChange({ minute: of, month, week, weekday }: ClockChange, year: number): number {
  if (week < 5) {
    const first = daysOfDate(year, month, 1)
    const days = first + ((weekday - weekdayOfDays(first) + 7) % 7) + 7 * (week - 1)
    return days * day + of * minute
  }
  const last = (month === 12 ? daysOfDate(year + 1, 1, 1) : daysOfDate(year, month + 1, 1)) - 1
  return (last - ((weekdayOfDays(last) - weekday + 7) % 7)) * day + of * minute
}

/** The moment a span after another: the end of the day for working days, to the millisecond for the others. */
export function addSpan(at: number, { count, unit }: Span, calendar: WorkingCalendar): number {
  switch (unit) {
    case 'hour':
      return at + count * hour
    case 'day':
      return at + count * day
    case 'working-hour':
      return addWorkingTime(at, count * hour, calendar)
    case 'working-day':
      return addWorkingDays(at, count, calendar)
  }
}

/** The close of work on the n-th working day after the local day of a moment. */
function addWorkingDays(at: number, count: number, calendar: WorkingCalendar): number {
  const isWorkday = workdaysOf(calendar)
  let left = count
  for (let of = localDay(at, calendar) + 1, idle = 0; ; of++) {
    assert(idle < idleDaysMax, 'a calendar has working days')
    idle = isWorkday(of) ? 0 : idle + 1
    if (!isWorkday(of)) continue
    left--
    if (left === 0) return momentOfLocal(of, calendar.hours.at(-1)!.until, calendar)
  }
}

/** The moment at which people have worked so many milliseconds longer; the moment itself for none. */
function addWorkingTime(at: number, span: number, calendar: WorkingCalendar): number {
  if (span === 0) return at
  const isWorkday = workdaysOf(calendar)
  let left = span
  for (let of = localDay(at, calendar), idle = 0; ; of++) {
    assert(idle < idleDaysMax, 'a calendar has working days')
    idle = isWorkday(of) ? 0 : idle + 1
    if (!isWorkday(of)) continue
    for (const { from, until } of calendar.hours) {
      const begins = Math.max(at, momentOfLocal(of, from, calendar))
      const ends = momentOfLocal(of, until, calendar)
      if (ends <= begins) continue
      if (ends - begins >= left) return begins + left
      left -= ends - begins
    }
  }
}

/** How long people work from one moment to a later one, in milliseconds; of what is longer, in the first `countedTimeMax`. */
function workingTimeBetween(from: number, until: number, calendar: WorkingCalendar): number {
  const isWorkday = workdaysOf(calendar)
  const ending = Math.min(until, from + countedTimeMax)
  let worked = 0
  for (let of = localDay(from, calendar); of <= localDay(ending, calendar); of++) {
    if (!isWorkday(of)) continue
    for (const hours of calendar.hours) {
      const begins = Math.max(from, momentOfLocal(of, hours.from, calendar))
      const ends = Math.min(ending, momentOfLocal(of, hours.until, calendar))
      worked += Math.max(0, ends - begins)
    }
  }
  return worked
}

/** True for the units that count only while people work. */
function isWorkingUnit(unit: Span['unit']): boolean {
  return unit === 'working-hour' || unit === 'working-day'
}

/** A moment moved by time that did not count: by working time where the unit is of working time, else by plain time. */
export function moveOn(at: number, uncounted: number, unit: Span['unit'], calendar: WorkingCalendar): number {
  return isWorkingUnit(unit) ? addWorkingTime(at, uncounted, calendar) : at + uncounted
}

/** How much of the time between two moments counts for a unit, in milliseconds. */
export function countedTime(from: number, until: number, unit: Span['unit'], calendar: WorkingCalendar): number {
  return isWorkingUnit(unit) ? workingTimeBetween(from, until, calendar) : until - from
}

function workdaysOf({ extraWorkdays, holidays, weekdays }: WorkingCalendar): (days: number) => boolean {
  const off = new Set((holidays ?? []).map(({ date }) => parseDays(date)))
  const extra = new Set((extraWorkdays ?? []).map(parseDays))
  return (days) => extra.has(days) || (weekdays.includes(weekdayOfDays(days)) && !off.has(days))
}

function localDay(at: number, calendar: WorkingCalendar): number {
  return Math.floor((at + minutesAhead(calendar, at) * minute) / day)
}

function momentOfLocal(days: number, minutes: number, calendar: WorkingCalendar): number {
  const local = days * day + minutes * minute
  return local - minutesAhead(calendar, local - calendar.ahead * minute) * minute
}
