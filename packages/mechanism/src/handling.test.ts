import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeLists } from './codes.ts'
import { exceedsCeiling, joinHandling, readHandling } from './handling.ts'

test('[HN1] a marking that is missing or unknown counts as the strictest', () => {
  expect(readHandling('green')).toBe('green')
  expect([readHandling(undefined), readHandling('purple'), joinHandling([])]).toEqual(['red', 'red', 'red'])
})

test('[HN2] what is put together has the strictest marking of its parts, in whatever order', () => {
  expect(joinHandling(['green', 'amber-strict', 'clear'])).toBe('amber-strict')
  expect(joinHandling(['green', undefined])).toBe('red')
  const marking = fc.constantFrom(undefined, ...codeLists.handling)
  fc.assert(
    fc.property(fc.array(marking, { minLength: 1 }), (markings) => {
      const joined = joinHandling(markings)
      expect(joinHandling(markings.toReversed())).toBe(joined)
      expect(markings.some((part) => exceedsCeiling(part, joined))).toBe(false)
    }),
  )
})

test('[HN3] a channel carries what is not above its ceiling', () => {
  expect(codeLists.handling.map((marking) => exceedsCeiling(marking, 'amber'))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
  expect(exceedsCeiling('purple', 'amber')).toBe(true)
  expect(exceedsCeiling(undefined, 'red')).toBe(false)
})
