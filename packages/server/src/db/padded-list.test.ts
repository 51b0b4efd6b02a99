import { expect, test } from 'vitest'
import { padList } from './padded-list.ts'

test('a list grows to a power of two by what it holds already', () => {
  expect(padList([])).toEqual([])
  expect(padList([1])).toEqual([1])
  expect(padList([1, 2])).toEqual([1, 2])
  expect(padList([1, 2, 3])).toEqual([1, 2, 3, 3])
  expect(padList([1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5, 5, 5, 5])
})
