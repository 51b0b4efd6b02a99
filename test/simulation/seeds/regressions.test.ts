// Seeds that once failed, by what they found. The unit tests of the core say each finding exactly; a seed keeps its meaning
// only as long as the simulation draws the same chances, but costs nothing to play.

import { expect, test } from 'vitest'
import { simulate } from '../simulate.ts'

const regressions: readonly (readonly [number, string])[] = [
  [1, 'a clock that was set back stopped deliveries until it was late again'],
  [36, 'a clock that was set back stopped a member from catching up'],
  [140, 'an entry that saw what never comes made every entry wait that had seen it'],
  [227, 'a repetition was called recorded before the first of the two was durable'],
  [426, 'a body of our own that did not come back with its entry was never asked for'],
  [634, 'a longer history that was fetched from a peer was refused and never proven'],
  [758, 'a fork between three parties froze one of the two that could see it'],
  [1017, 'garbled entries from one member closed a recovering log for good'],
]

test.each(regressions)('seed %i: %s', async (seed) => {
  expect((await simulate({ seed })).failure).toBeUndefined()
})
