// The clocks of a request as whoever has its acts before them sees them at a moment of their own.

import type { Act } from '../act.ts'
import type { Guidelines } from '../guidelines/shape.ts'
import { viewClocks, type Clock } from './clocks.ts'

/**
 * What is in the record at this moment (Unix milliseconds) has been done by then: while the target has not begun to run out
 * it is met, though no act is evidence of when it was done yet. Afterwards only the evidence counts.
 */
export function viewClocksNow(acts: readonly Act[], guidelines: Guidelines, now: number): readonly Clock[] {
  return viewClocks(acts, guidelines, now).map((clock) => {
    const { done, state, target } = clock
    const isEarly = target.notBefore !== null && now <= target.notBefore
    return done !== null && state === 'disputed' && isEarly ? { ...clock, state: 'met' } : clock
  })
}
