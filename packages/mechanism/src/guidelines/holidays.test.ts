// The holidays of the 2015 pack against the rules that they follow from, computed here in another way.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MechanismError } from '../error.ts'
import { compilePack } from '../pack.ts'
import { weekdayOfDays, parseDays } from './civil-date.ts'
import type { Span } from './shape.ts'
import { addSpan } from './working-time.ts'

const folder = new URL('../../../../agreements/us-cn-2015/', import.meta.url)
const names = ['pack.yaml', ...['', 'mechanism.'].flatMap((part) => [`text.${part}en.txt`, `text.${part}zh-Hans.txt`])]
const files = Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]))
const { calendars, sources } = compilePack(files).guidelines!
const [cn, us] = ['cn', 'us'].map((party) => calendars.find((calendar) => calendar.party === party)!)
const day = 86_400_000

const datesIn = (year: number, calendar = us!): string[] =>
  calendar.holidays!.map(({ date }) => date).filter((date) => date.startsWith(`${year}-`))

/** The n-th of a weekday in a month, 0 is Sunday; counted from the end when n is -1. */
function weekdayIn(year: number, month: number, weekday: number, n: number): Date {
  const days = Array.from({ length: 31 }, (_, i) => new Date(Date.UTC(year, month - 1, i + 1)))
  return days.filter((one) => one.getUTCMonth() === month - 1 && one.getUTCDay() === weekday).at(n > 0 ? n - 1 : n)!
}

/** 5 U.S.C. 6103(a), with the day that is observed where one falls on a weekend. */
function federalHolidays(year: number): Date[] {
  const fixed = [
    [1, 1],
    [6, 19],
    [7, 4],
    [11, 11],
    [12, 25],
  ] as const
  const moving = [
    [1, 1, 3],
    [2, 1, 3],
    [5, 1, -1],
    [9, 1, 1],
    [10, 1, 2],
    [11, 4, 4],
  ] as const
  return [
    ...moving.map(([month, weekday, n]) => weekdayIn(year, month, weekday, n)),
    ...fixed.map(([month, date]) => {
      const at = Date.UTC(year, month - 1, date)
      return new Date(at + ({ 0: 1, 6: -1 }[new Date(at).getUTCDay()] ?? 0) * day)
    }),
  ]
}

test('[GL7] the years of each calendar are told with their sources, as defaults', () => {
  for (const { years } of [cn!, us!]) {
    expect(years!.map(({ year }) => year)).toEqual([2026, 2027, 2028, 2029])
    for (const { default: isDefault, source } of years!) {
      expect(isDefault).toBe(true)
      expect(sources.some(({ id }) => id === source)).toBe(true)
    }
  }
})

test.each([2026, 2027, 2028, 2029])('[GL7] the federal holidays of %d follow from their rule', (year) => {
  const wanted = [year - 1, year, year + 1]
    .flatMap(federalHolidays)
    .map((date) => date.toISOString().slice(0, 10))
    .filter((date) => date.startsWith(`${year}-`))
  expect(datesIn(year).sort()).toEqual(wanted.sort())
})

test('[GL7] the statutory days of 2027 stand on their days of the lunar calendar', () => {
  const format = new Intl.DateTimeFormat('en-u-ca-chinese', {
    month: 'numeric',
    day: 'numeric',
    timeZone: 'Asia/Shanghai',
  })
  const lunar = (date: string): string => format.format(new Date(`${date}T04:00:00Z`))
  const named = (name: string) =>
    cn!.holidays!.filter(({ date, names: of }) => date.startsWith('2027') && of['en'] === name).map(({ date }) => date)
  // The new moon is four minutes before midnight in China, and the calendar of this runtime takes it for the next day.
  expect(named('Spring Festival')).toEqual(['2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'])
  expect(named('Dragon Boat Festival').map(lunar)).toEqual(['5/5'])
  expect(named('Mid-Autumn Festival').map(lunar)).toEqual(['8/15'])
})

test('[GL8] each extra day of work is a Saturday or Sunday', () => {
  for (const date of cn!.extraWorkdays!) expect(weekdayOfDays(parseDays(date))).toBeGreaterThan(5)
})

test.each<[string, Span['unit'], number, string]>([
  // A Friday afternoon before the Spring Festival: Saturday is worked in exchange, and nobody works until the 24th.
  ['2026-02-13T09:00:00Z', 'working-day', 1, '2026-02-14T10:00:00.000Z'],
  ['2026-02-13T09:00:00Z', 'working-day', 2, '2026-02-24T10:00:00.000Z'],
  ['2026-02-13T09:00:00Z', 'working-hour', 2, '2026-02-14T02:00:00.000Z'],
  // Both days of a weekend are free when no day of it is worked in exchange.
  ['2026-03-06T09:00:00Z', 'working-day', 1, '2026-03-09T10:00:00.000Z'],
  ['2026-09-30T09:00:00Z', 'working-day', 3, '2026-10-10T10:00:00.000Z'],
])('[GL8] from %s in China, %s %d', (from, unit, count, expected) => {
  expect(new Date(addSpan(Date.parse(from), { count, unit }, cn!)).toISOString()).toBe(expected)
})

describe('[GL7] a calendar that tells of its days wrongly is refused', () => {
  test.each([
    ['a day twice', 'extraWorkdays: [2026-01-04', 'extraWorkdays: [2026-01-01', 'pack.calendar-day'],
    [
      'a year without a source',
      '{ year: 2029, source: cn-statute',
      '{ year: 2030, source: cn-statute',
      'pack.calendar-year',
    ],
    ['a year twice', '{ year: 2029, source: cn-statute', '{ year: 2028, source: cn-statute', 'pack.guideline-twice'],
    [
      'a source that there is not',
      '{ year: 2026, source: cn-2026',
      '{ year: 2026, source: cn-2025',
      'pack.source-unknown',
    ],
  ])('%s', (_, from, to, code) => {
    const source = files['pack.yaml']!
    expect(source).toContain(from)
    let found: unknown
    try {
      found = compilePack({ ...files, 'pack.yaml': source.replace(from, to) })
    } catch (error) {
      found = error
    }
    if (!(found instanceof MechanismError)) throw new Error('the pack compiles')
    expect(found.problems.map((problem) => problem.code)).toContain(code)
  })
})
