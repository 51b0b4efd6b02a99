import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMinute, parseMinute } from './local-minute.ts'

test('a minute of the day is read as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
      expect(parseMinute(formatMinute(minute))).toBe(minute)
    }),
  )
  expect(parseMinute('8：05')).toBe(485)
  expect(['24:00', '8', '8:5', 'x'].map(parseMinute)).toEqual([undefined, undefined, undefined, undefined])
})
