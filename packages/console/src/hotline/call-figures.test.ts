import type { CallRow } from '@parley/api'
import { expect, test } from 'vitest'
import { countListed } from './call-figures.ts'

const call = (more: Partial<CallRow>): CallRow => ({
  id: '0'.repeat(64),
  channel: '0'.repeat(32),
  direction: 'incoming',
  raising: 'cn',
  called: 'us',
  level: 'working',
  purpose: 'use',
  reason: 'request-overdue',
  status: 'taken',
  rung: 'duty-officer',
  request: null,
  exercise: false,
  raised: 1000,
  last: { type: 'hotline.raised', party: 'cn', at: 1000, standing: { level: 'delivered', parties: [] } as never },
  taken: null,
  rungUntil: null,
  keep: null,
  ...more,
})

test('counts calls by who was called, with the middle time to a person, without drills and tests', () => {
  const figures = countListed([
    call({ taken: { at: 4000, rung: 'duty-officer' } }),
    call({ taken: { at: 2000, rung: 'head-of-unit' } }),
    call({ taken: { at: 900, rung: 'duty-officer' } }),
    call({ status: 'unanswered' }),
    call({ exercise: true, taken: { at: 9000, rung: 'minister' } }),
    call({ purpose: 'test' }),
    call({ called: 'cn', raising: 'us' }),
  ])
  expect(figures).toEqual([
    { called: 'cn', raised: 1, taken: 0, toHuman: null, rungs: [] },
    {
      called: 'us',
      raised: 4,
      taken: 3,
      toHuman: 1000,
      rungs: [
        ['duty-officer', 2],
        ['head-of-unit', 1],
      ],
    },
  ])
})
