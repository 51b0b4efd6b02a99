import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MechanismError } from '../error.ts'
import { compilePack, type Pack } from '../pack.ts'
import { sampleGuidelines } from '../testing/guidelines.ts'
import { calendarOf, findTarget, listPostponementGrounds, listRefusalGrounds, listRequired } from './look-up.ts'
import type { Calendar, Span } from './shape.ts'
import { addSpan, minutesAhead } from './working-time.ts'

const agreements = new URL('../../../../agreements/', import.meta.url)

function filesOf(pack: string): Record<string, string> {
  const names = pack === 'network-24-7' ? ['', ''] : ['', 'mechanism.']
  const texts = names.flatMap((part) => [`text.${part}en.txt`, `text.${part}zh-Hans.txt`])
  return Object.fromEntries(
    ['pack.yaml', ...texts].map((name) => [name, readFileSync(new URL(`${pack}/${name}`, agreements), 'utf8')]),
  )
}

const packs: readonly (readonly [string, Pack])[] = ['us-cn-2015', 'network-24-7'].map(
  (name) => [name, compilePack(filesOf(name))] as const,
)
const network = packs[1]![1].guidelines!

describe('[GL1] broken guidelines are refused with the line and the reason', () => {
  test.each([
    ['source: budapest-29', 'source: nowhere', 'pack.source-unknown'],
    ['- urgency: urgent', '- urgency: ordinary', 'pack.guideline-twice'],
    ['- urgency: ordinary', '- urgency: urgent', 'pack.guideline-missing'],
    ['- party: estoval', '- party: nowhere', 'pack.calendar-missing'],
    ['- party: estoval', '- party: nowhere', 'pack.party-unknown'],
    ['from: 540, until: 1050', 'from: 540, until: 540', 'pack.calendar-hours'],
    ['alarmDays: [30, 14, 7, 2]', 'alarmDays: [14, 30, 7, 2]', 'pack.alarm-order'],
    ['unit: working-day', 'unit: fortnight', 'shape.code'],
  ])('%s → %s is %s', (from, to, code) => {
    const files = filesOf('network-24-7')
    const source = files['pack.yaml']!
    expect(source).toContain(from)
    const found = ((): unknown => {
      try {
        return compilePack({ ...files, 'pack.yaml': source.replace(from, to) })
      } catch (error) {
        return error
      }
    })()
    if (!(found instanceof MechanismError)) throw new Error('the pack compiles')
    const problem = found.problems.find((each) => each.code === code)
    expect(problem).toMatchObject({ code, file: 'pack.yaml' })
    expect(problem!.line).toBeGreaterThan(40)
  })
})

test('[GL2] a kind’s own word goes before that for its urgency', () => {
  const guidelines = sampleGuidelines()
  const ask = { kind: 'subscriber-data', urgency: 'urgent' } as const
  expect(findTarget(guidelines, { ...ask, step: 'final-answer' })?.count).toBe(20)
  expect(findTarget(guidelines, { ...ask, step: 'triage' })?.count).toBe(8)
  expect(findTarget(guidelines, { ...ask, step: 'decision' })).toBeUndefined()
  expect(listRefusalGrounds(guidelines, 'subscriber-data')).toEqual(['sovereignty'])
  expect(listRefusalGrounds(guidelines, 'information')).toEqual(['sovereignty', 'domestic-law'])
  expect(listPostponementGrounds(guidelines, 'subscriber-data')).toEqual(['capacity'])
  expect(listRequired(guidelines, 'subscriber-data')).toEqual(['authority', 'identifiers'])
  expect(listRequired(guidelines, 'information')).toEqual([])
})

test.each(packs.flatMap(([name, { guidelines }]) => guidelines!.calendars.map((calendar) => ({ name, calendar }))))(
  '[GL3] the offsets of $calendar.zone in $name are those of the zone',
  ({ calendar }) => {
    const format = new Intl.DateTimeFormat('en', { timeZone: calendar.zone, timeZoneName: 'longOffset' })
    const hour = 3_600_000
    for (let at = Date.UTC(2020, 0, 1); at < Date.UTC(2041, 0, 1); at += 24 * hour) {
      expect([at, minutesAhead(calendar, at)]).toEqual([at, offsetOf(format, at)])
      if (minutesAhead(calendar, at) === minutesAhead(calendar, at + 24 * hour)) continue
      for (let within = at; within < at + 24 * hour; within += hour / 2) {
        expect([within, minutesAhead(calendar, within)]).toEqual([within, offsetOf(format, within)])
      }
    }
  },
)

function offsetOf(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')!.value
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name)!
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) + 0
}

const alder = network.calendars.find(({ party }) => party === 'alder')!
const estoval = network.calendars.find(({ party }) => party === 'estoval')!

test.each<[string, Calendar, Span['unit'], number, string]>([
  // A Friday in summer; Alder works from 9:00 to 17:30 at two hours ahead.
  ['2027-05-14T14:00:00Z', alder, 'hour', 8, '2027-05-14T22:00:00.000Z'],
  ['2027-05-14T14:00:00Z', alder, 'day', 2, '2027-05-16T14:00:00.000Z'],
  ['2027-05-14T14:00:00Z', alder, 'working-hour', 1, '2027-05-14T15:00:00.000Z'],
  // Half an hour of Friday is left for the first two; Monday is a holiday.
  ['2027-05-14T14:00:00Z', alder, 'working-hour', 2, '2027-05-18T07:30:00.000Z'],
  ['2027-05-14T14:00:00Z', alder, 'working-day', 1, '2027-05-18T15:30:00.000Z'],
  ['2027-05-15T03:00:00Z', alder, 'working-day', 2, '2027-05-19T15:30:00.000Z'],
  // After the change of the clocks on 31 October.
  ['2027-10-29T14:00:00Z', alder, 'working-day', 1, '2027-11-01T16:30:00.000Z'],
  // Estoval rests on Friday and Saturday, five hours and three quarters ahead.
  ['2027-05-13T09:00:00Z', estoval, 'working-day', 1, '2027-05-16T11:15:00.000Z'],
])('[GL4] %s, %$ %s %d', (from, calendar, unit, count, expected) => {
  expect(new Date(addSpan(Date.parse(from), { count, unit }, calendar)).toISOString()).toBe(expected)
})

test('[GL6] a party that the guidelines do not name works at every hour', () => {
  const calendar = calendarOf(sampleGuidelines(), 'nobody')
  const saturdayNight = Date.parse('2027-05-15T23:00:00Z')
  expect(addSpan(saturdayNight, { count: 2, unit: 'working-hour' }, calendar)).toBe(saturdayNight + 7_200_000)
})

test('[GL5] adding a span keeps the order of moments', () => {
  const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2030, 0, 1) })
  const span = fc.record({
    count: fc.integer({ min: 1, max: 60 }),
    unit: fc.constantFrom<Span['unit'][]>('hour', 'day', 'working-hour', 'working-day'),
  })
  fc.assert(
    fc.property(moment, fc.nat({ max: 100_000_000 }), span, fc.constantFrom(...network.calendars), (at, gap, of, c) => {
      const [first, second] = [addSpan(at, of, c), addSpan(at + gap, of, c)]
      expect(first).toBeGreaterThan(at)
      expect(second).toBeGreaterThanOrEqual(first)
    }),
    { numRuns: 300 },
  )
})
