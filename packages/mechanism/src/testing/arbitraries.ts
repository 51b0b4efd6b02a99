// For tests: random histories for fast-check.

import * as fc from 'fast-check'
import { playSteps, type History, type Step } from './histories.ts'

const step: fc.Arbitrary<Step> = fc.record({
  party: fc.nat({ max: 5 }),
  looks: fc.nat({ max: 11 }),
  type: fc.nat({ max: 999 }),
  subject: fc.nat({ max: 3 }),
  variant: fc.nat({ max: 999 }),
})

/** Random histories of two or three parties, most of whose acts are sensible. */
export function historyOf(stepsMax = 40): fc.Arbitrary<History> {
  return fc
    .tuple(
      fc.array(step, { minLength: 5, maxLength: stepsMax, size: 'max' }),
      fc.constantFrom(['cn', 'us'], ['cn', 'ru', 'us']),
    )
    .map(([steps, parties]) => playSteps(steps, parties))
}

/** The items in the order that a function of them says. */
export function shuffle<T>(items: readonly T[], chance: (item: T) => number): readonly T[] {
  return items
    .map((item) => ({ item, place: chance(item) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
