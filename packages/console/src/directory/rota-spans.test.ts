import { expect, test } from 'vitest'
import { spansOfDay } from './rota-spans.ts'

const night = { position: 'duty-officer', days: [5, 7], from: 1200, until: 480 } as const
const day = { position: 'head', days: [1, 2, 3, 4, 5], from: 480, until: 1200 } as const

test('a span over midnight ends on the next day, and Sunday’s on Monday', () => {
  expect(spansOfDay([day, night], 5)).toEqual([
    { from: 480, until: 1200, position: 'head' },
    { from: 1200, until: 1440, position: 'duty-officer' },
  ])
  expect(spansOfDay([day, night], 6)).toEqual([{ from: 0, until: 480, position: 'duty-officer' }])
  expect(spansOfDay([day, night], 1)).toEqual([
    { from: 0, until: 480, position: 'duty-officer' },
    { from: 480, until: 1200, position: 'head' },
  ])
})
