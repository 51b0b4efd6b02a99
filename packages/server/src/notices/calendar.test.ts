import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { foldLine, formatCalendar } from './calendar.ts'
import type { Deadline } from './calendar.ts'

const deadline: Deadline = {
  uid: 'a1@us.parley.example',
  sequence: 7,
  at: Date.UTC(2026, 10, 28, 4, 30),
  changed: Date.UTC(2026, 10, 27),
  summary: 'Acknowledgement due',
  cancelled: false,
}

/** The events as somebody else's parser reads them. */
function readEvents(text: string): { uid: string; summary: string; at: number; sequence: number; status: string }[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      summary: event.summary,
      at: event.startDate.toJSDate().getTime(),
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
    }
  })
}

test('[NO5] a deadline is an event to another program', () => {
  const text = formatCalendar('Parley', [deadline, { ...deadline, uid: 'b2', sequence: 8, cancelled: true }])
  expect(readEvents(text)).toEqual([
    { uid: deadline.uid, summary: deadline.summary, at: deadline.at, sequence: 7, status: 'CONFIRMED' },
    { uid: 'b2', summary: deadline.summary, at: deadline.at, sequence: 8, status: 'CANCELLED' },
  ])
})

test('[NO6] [T-41] whatever a text holds, one deadline is one event', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.constantFrom(
      'x\r\nEND:VEVENT\r\nBEGIN:VEVENT',
      'a;b,c\\n',
      'ATTACH:http://x\nBEGIN:VALARM',
      '会议\u2028END:VCALENDAR',
    ),
  )
  fc.assert(
    fc.property(hostile, (summary) => {
      const text = formatCalendar('Parley', [{ ...deadline, summary }])
      expect(readEvents(text)).toHaveLength(1)
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(text.split('\r\n').filter((line) => /^(ATTACH|BEGIN:VALARM)/.test(line))).toEqual([])
    }),
  )
})

test('[NO6] folding takes no character apart', () => {
  const line = `SUMMARY:${'请'.repeat(60)}`
  const folded = foldLine(line)
  expect(folded.replaceAll('\r\n ', '')).toBe(line)
  expect(folded).not.toContain('\ufffd')
})
