import { expect, test } from 'vitest'
import { isTimeZone, nextLocalMinute } from './local-time.ts'

const at = (text: string): number => Date.parse(text)

test.each([
  ['later today', '2026-11-28T00:00:00Z', 'UTC', 480, '2026-11-28T08:00:00Z'],
  ['tomorrow', '2026-11-28T08:00:00Z', 'UTC', 480, '2026-11-29T08:00:00Z'],
  ['east', '2026-11-28T00:30:00Z', 'Asia/Shanghai', 480, '2026-11-29T00:00:00Z'],
  ['half an hour off', '2026-11-28T00:00:00Z', 'Asia/Kolkata', 480, '2026-11-28T02:30:00Z'],
  ['over the end of summer time', '2026-10-31T23:00:00Z', 'America/New_York', 480, '2026-11-01T13:00:00Z'],
  ['over its beginning', '2026-03-08T05:00:00Z', 'America/New_York', 480, '2026-03-08T12:00:00Z'],
])('[NO4] the digest comes at its minute of the local day: %s', (_, now, zone, minute, expected) => {
  expect(new Date(nextLocalMinute(at(now), zone, minute)).toISOString()).toBe(new Date(at(expected)).toISOString())
})

test('[NO4] a minute that the day does not have still comes', () => {
  const next = nextLocalMinute(at('2026-03-08T05:00:00Z'), 'America/New_York', 150)
  expect(next).toBeGreaterThan(at('2026-03-08T05:00:00Z'))
  expect(next).toBeLessThan(at('2026-03-09T08:00:00Z'))
})

test('[NO4] a time zone is one there is', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true)
  expect(isTimeZone('Mars/Olympus')).toBe(false)
})
