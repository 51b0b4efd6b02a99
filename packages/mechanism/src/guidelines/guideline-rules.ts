// What guidelines must be beyond their shape: sources that exist, no kind or urgency twice, one calendar for each party,
// hours in their order. Each rule is a code of SPEC.md [GL].

import type { Report } from '../pack-rules.ts'
import type { Calendar, Guidelines } from './shape.ts'

export type GuidelineCode =
  | 'pack.source-unknown'
  | 'pack.guideline-twice'
  | 'pack.guideline-missing'
  | 'pack.calendar-hours'
  | 'pack.calendar-missing'
  | 'pack.calendar-year'
  | 'pack.calendar-day'
  | 'pack.alarm-order'

/** Reports everything that is wrong with the guidelines of a pack of these parties. */
export function checkGuidelines(guidelines: Guidelines, parties: readonly string[], report: Report): void {
  checkSources(guidelines, report)
  const { calendars, kinds, preservation, sources, urgencies } = guidelines
  const lists: Readonly<Record<string, readonly string[]>> = {
    sources: sources.map(({ id }) => id),
    urgencies: urgencies.map(({ urgency }) => urgency),
    kinds: kinds.map(({ kind }) => kind),
    calendars: calendars.map(({ party }) => party),
  }
  for (const [list, names] of Object.entries(lists)) {
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) < i) {
        report('pack.guideline-twice', `${name} is there twice`, `/guidelines/${list}/${i}`)
      }
    }
  }
  if (!urgencies.some(({ urgency }) => urgency === 'ordinary')) {
    report('pack.guideline-missing', 'nothing is said of ordinary requests', '/guidelines/urgencies')
  }
  for (const [i, alarm] of preservation.alarmDays.entries()) {
    if (i > 0 && alarm > preservation.alarmDays[i - 1]!) {
      report('pack.alarm-order', 'the first warning comes first', `/guidelines/preservation/alarmDays/${i}`)
    }
  }
  checkCalendars(calendars, parties, report)
}

/** Every source there is named, found by the name of its field so that a new value cannot be forgotten. */
function checkSources({ sources, ...values }: Guidelines, report: Report): void {
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, part] of Object.entries(value)) {
      const at = `${pointer}/${name}`
      if (name !== 'source') walk(part, at)
      else if (!sources.some(({ id }) => id === part)) {
        report('pack.source-unknown', `there is no source ${String(part)}`, at)
      }
    }
  }
  walk(values, '/guidelines')
}

function checkCalendars(calendars: readonly Calendar[], parties: readonly string[], report: Report): void {
  for (const party of parties) {
    if (!calendars.some((calendar) => calendar.party === party)) {
      report('pack.calendar-missing', `there is no calendar of ${party}`, '/guidelines/calendars')
    }
  }
  for (const [i, calendar] of calendars.entries()) {
    const { hours, party } = calendar
    const at = `/guidelines/calendars/${i}`
    if (!parties.includes(party)) report('pack.party-unknown', `there is no party ${party}`, `${at}/party`)
    for (const [j, { from, until }] of hours.entries()) {
      const earliest = j === 0 ? 0 : hours[j - 1]!.until
      if (until <= from || from < earliest) {
        report(
          'pack.calendar-hours',
          'the hours come in their order, and each ends after it begins',
          `${at}/hours/${j}`,
        )
      }
    }
    checkDays(calendar, at, report)
  }
}

/** A day is told of once, as a holiday or as a day of work, and in a year whose source is named. */
function checkDays({ extraWorkdays = [], holidays = [], years }: Calendar, at: string, report: Report): void {
  const named = years?.map(({ year }) => year)
  for (const [i, year] of (named ?? []).entries()) {
    if (named!.indexOf(year) < i) report('pack.guideline-twice', `${year} is there twice`, `${at}/years/${i}`)
  }
  const days = [
    ...holidays.map(({ date }, i) => ({ date, pointer: `${at}/holidays/${i}/date` })),
    ...extraWorkdays.map((date, i) => ({ date, pointer: `${at}/extraWorkdays/${i}` })),
  ]
  const told = new Set<string>()
  for (const { date, pointer } of days) {
    if (told.has(date)) report('pack.calendar-day', `${date} is told of twice`, pointer)
    told.add(date)
    if (named?.includes(Number(date.slice(0, 4))) === false) {
      report('pack.calendar-year', `no source is named for the year of ${date}`, pointer)
    }
  }
}
