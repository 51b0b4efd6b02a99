import type { Office, PartyDirectory } from '@parley/mechanism'
import { expect, test } from 'vitest'
import { listDutySpans } from './duty-spans.ts'

const hour = 3_600_000
/** A Monday, midnight UTC. */
const monday = Date.UTC(2026, 5, 1)

const desk: Office = {
  office: 'desk',
  kind: 'duty-desk',
  designations: ['contact-point'],
  contact: ['24-7'],
  timeZone: 'UTC',
  languages: ['en'],
  entry: 'a'.repeat(64),
  holders: [],
  rota: { entry: 'b'.repeat(64), weekly: [{ position: 'duty-officer', days: [1], from: 480, until: 1200 }] },
}
const lab: Office = {
  ...desk,
  office: 'lab',
  designations: [],
  rota: { ...desk.rota!, weekly: [{ position: 'expert', days: [1], from: 0, until: 1440 }] },
}
const half: PartyDirectory = { party: 'us', offices: [desk, lab], absences: [] }

test('a day of a rota is three spans', () => {
  expect(listDutySpans(half, desk, monday, monday + 24 * hour)).toEqual([
    { from: monday, until: monday + 8 * hour, state: 'out-of-hours', office: 'desk' },
    { from: monday + 8 * hour, until: monday + 20 * hour, state: 'on-duty', office: 'desk', position: 'duty-officer' },
    { from: monday + 20 * hour, until: monday + 24 * hour, state: 'out-of-hours', office: 'desk' },
  ])
})

test('an absence is the span of who stands in', () => {
  const absence = {
    entry: 'c'.repeat(64),
    office: 'desk',
    standIn: 'lab',
    from: monday + 10 * hour,
    until: monday + 12 * hour,
    ground: 'leave',
  } as const
  const spans = listDutySpans({ ...half, absences: [absence] }, desk, monday + 8 * hour, monday + 14 * hour)
  expect(spans.map(({ from, office, position }) => [(from - monday) / hour, office, position])).toEqual([
    [8, 'desk', 'duty-officer'],
    [10, 'lab', 'expert'],
    [12, 'desk', 'duty-officer'],
  ])
  expect(spans[1]?.absence).toBe(absence.entry)
})
