import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isVisible, orderActs, type Act } from './act.ts'
import { createHistory } from './testing/histories.ts'
import { historyOf, shuffle } from './testing/arbitraries.ts'

test('[VD1] an act sees what is before it in its own log and what is below the sizes it had seen', () => {
  const history = createHistory(['cn', 'us'])
  const first = history.say('us', 'agreement.adopted')
  const blind = history.say('cn', 'agreement.adopted')
  history.look('cn')
  const seeing = history.say('cn', 'agreement.withdrawn')
  const late = history.say('us', 'agreement.withdrawn')
  expect(isVisible(first, blind)).toBe(false)
  expect(isVisible(first, seeing)).toBe(true)
  expect(isVisible(blind, seeing)).toBe(true)
  expect(isVisible(late, seeing)).toBe(false)
  expect(isVisible(seeing, seeing)).toBe(false)
  expect(isVisible(first, late)).toBe(true)
})

test('[VD2] acts come in one order, whatever order they are handed over in, and what is seen comes first', () => {
  fc.assert(
    fc.property(historyOf(), fc.func(fc.nat()), ({ acts }, chance) => {
      const ordered = orderActs(acts)
      expect(orderActs(shuffle(acts, chance))).toEqual(ordered)
      for (const [i, act] of ordered.entries()) {
        for (const later of ordered.slice(i)) expect(isVisible(later, act)).toBe(false)
      }
    }),
  )
})

test('[VD2] logs that see each other in a circle still have one order', () => {
  const history = createHistory(['cn', 'us'])
  const us = history.say('us', 'agreement.adopted')
  const cn = history.say('cn', 'agreement.adopted')
  const circle: readonly Act[] = [
    { ...us, seen: { cn: 1 } },
    { ...cn, seen: { us: 1 } },
  ]
  expect(orderActs(circle)).toEqual(orderActs([...circle].reverse()))
})
