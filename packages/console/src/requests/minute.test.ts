import { expect, test } from 'vitest'
import { formatMinute, parseMinute } from './minute.ts'

test('a time is minutes after midnight, and midnight ends a day that it closes', () => {
  expect(parseMinute('08:30', false)).toBe(510)
  expect(parseMinute('00:00', false)).toBe(0)
  expect(parseMinute('00:00', true)).toBe(1440)
  expect(parseMinute('', true)).toBeUndefined()
  for (const minute of [0, 59, 510, 1439]) expect(parseMinute(formatMinute(minute), false)).toBe(minute)
  expect(formatMinute(1440)).toBe('00:00')
})
