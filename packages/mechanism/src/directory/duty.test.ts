import { describe, expect, test } from 'vitest'
import type { CanonicalObject } from '@parley/record'
import { createHistory, type History } from '../testing/histories.ts'
import { judgeAll } from '../testing/judging.ts'
import { office } from '../testing/samples.ts'
import { isReviewOverdue, whoIsOnDuty } from './duty.ts'
import { localTime } from './local-time.ts'
import { viewHalf } from './view.ts'

const point = { designations: ['contact-point'], contact: ['24-7'] }
/** Eight hours ahead of UTC, whatever the name of the zone. */
const offsets = [{ from: 0, minutes: 480 }]

function dutyAt(history: History, moment: string) {
  return whoIsOnDuty(viewHalf('us', judgeAll(history).of('directory')), '24-7', Date.parse(moment))[0]
}

function createDesk(more: CanonicalObject = {}): History {
  const history = createHistory()
  history.say('us', 'directory.designated', { data: office('desk', { ...point, offsets, ...more }) })
  history.say('us', 'directory.designated', { data: office('lab') })
  return history
}

test('[DR9] the latest rota counts, and an empty one ends it', () => {
  const history = createDesk()
  const weekly = (position: string) => [{ position, days: [1, 2, 3, 4, 5], from: 480, until: 1200 }]
  history.say('us', 'directory.rostered', { data: { weekly: weekly('duty-officer') } })
  history.say('us', 'directory.rostered', { data: { weekly: weekly('deputy') } })
  // An amendment says nothing of the rota.
  history.say('us', 'directory.amended', { data: office('desk', { ...point, offsets }) })
  expect(dutyAt(history, '2026-11-27T04:00:00Z')).toMatchObject({ state: 'on-duty', position: 'deputy' })
  expect(dutyAt(history, '2026-11-28T04:00:00Z')).toMatchObject({ state: 'out-of-hours' })
  const exceptions = [
    {
      from: Date.parse('2026-11-28T00:00:00Z'),
      until: Date.parse('2026-11-29T00:00:00Z'),
      position: 'expert',
      standIn: 'lab',
    },
  ]
  history.say('us', 'directory.rostered', { data: { weekly: weekly('deputy'), exceptions } })
  expect(dutyAt(history, '2026-11-28T04:00:00Z')).toMatchObject({ state: 'on-duty', position: 'expert', office: 'lab' })
  history.say('us', 'directory.rostered', { data: { weekly: [] } })
  expect(dutyAt(history, '2026-11-29T04:00:00Z')).toEqual({ contactPoint: 'desk', state: 'on-duty', office: 'desk' })
})

describe('[DR10] an office’s own time', () => {
  const rows: readonly [string, string, string, CanonicalObject, unknown][] = [
    ['UTC', '1970-01-01T00:00:00Z', 'UTC', {}, { day: 4, minute: 0 }],
    ['a named zone without offsets', '2026-11-28T00:00:00Z', 'Asia/Shanghai', {}, undefined],
    ['before the first offset', '1969-12-31T23:59:00Z', 'Asia/Shanghai', { offsets }, undefined],
    ['eight hours ahead, the next day', '2026-11-28T20:30:00Z', 'Asia/Shanghai', { offsets }, { day: 7, minute: 270 }],
    [
      'half an hour behind, the day before',
      '1969-12-29T00:00:00Z',
      'Asia/Shanghai',
      { offsets: [{ from: -1e12, minutes: -30 }] },
      { day: 7, minute: 1410 },
    ],
    [
      'after a change of the offset',
      '2026-11-01T06:30:00Z',
      'America/New_York',
      {
        offsets: [
          { from: 0, minutes: -240 },
          { from: Date.parse('2026-11-01T06:00:00Z'), minutes: -300 },
        ],
      },
      { day: 7, minute: 90 },
    ],
  ]
  test.each(rows)('[DR10] %s', (_, moment, timeZone, more, local) => {
    expect(localTime({ timeZone, ...more }, Date.parse(moment))).toEqual(local)
  })
})

describe('[DR11] who is on duty', () => {
  const nights = { hours: [{ days: [5], from: 1200, until: 480 }] }
  const rows: readonly [string, string, CanonicalObject, string][] = [
    ['neither rota nor hours', '2026-11-28T03:00:00Z', {}, 'on-duty'],
    ['before the night', '2026-11-27T11:59:00Z', nights, 'out-of-hours'],
    ['at its first minute', '2026-11-27T12:00:00Z', nights, 'on-duty'],
    ['after midnight', '2026-11-27T23:59:00Z', nights, 'on-duty'],
    ['at its last minute', '2026-11-28T00:00:00Z', nights, 'out-of-hours'],
    ['past its end', '2026-11-28T03:00:00Z', { until: Date.parse('2026-11-28T03:00:00Z') }, 'expired'],
    [
      'hours in a zone that is not stated',
      '2026-11-28T03:00:00Z',
      { ...nights, offsets: [{ from: 4e12, minutes: 0 }] },
      'unknown',
    ],
  ]
  test.each(rows)('[DR11] %s', (_, moment, more, state) => {
    expect(dutyAt(createDesk(more), moment)?.state).toBe(state)
  })

  test('[DR11] who is away is stood in for, as long as the stand-ins are there', () => {
    const history = createDesk()
    const span = { from: 0, until: 4e12 }
    const absence = history.say('us', 'directory.absent', { data: { ...span, standInPosition: 'deputy' } }).digest
    expect(dutyAt(history, '2026-11-28T03:00:00Z')).toEqual({
      contactPoint: 'desk',
      state: 'on-duty',
      office: 'lab',
      position: 'deputy',
      absence,
    })
    history.say('us', 'directory.absent', { data: { ...span, office: 'lab', standIn: 'desk' } })
    expect(dutyAt(history, '2026-11-28T03:00:00Z')?.state).toBe('nobody')
  })

  test('[DR11] who holds the position on duty is away alone', () => {
    const history = createDesk()
    const weekly = [{ position: 'head', days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 1440 }]
    history.say('us', 'directory.rostered', { data: { weekly } })
    history.say('us', 'directory.absent', {
      data: { from: 0, until: 4e12, position: 'head', standIn: 'desk', standInPosition: 'deputy' },
    })
    expect(dutyAt(history, '2026-11-28T03:00:00Z')).toMatchObject({ office: 'desk', position: 'deputy' })
  })
})

test('[DR12] a review moves the moment of the next one, a new profile replaces all', () => {
  const history = createDesk()
  history.say('us', 'directory.profiled')
  const half = () => viewHalf('us', judgeAll(history).of('directory'))
  expect([999_999, 1_000_000].map((now) => isReviewOverdue(half(), now))).toEqual([false, true])
  const reviewed = history.say('us', 'directory.reviewed').digest
  expect(half().profile).toMatchObject({ reviewBy: 2_000_000, reviewed })
  expect(isReviewOverdue(half(), 1_000_000)).toBe(false)
  history.say('us', 'directory.profiled', { data: { languages: ['zh-Hans'] } })
  expect(half().profile).toMatchObject({ languages: ['zh-Hans'], reviewBy: 1_000_000 })
  expect(half().profile).not.toHaveProperty('reviewed')
})
