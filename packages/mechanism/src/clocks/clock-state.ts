// How a clock stands: a comparison of intervals. SPEC.md [CL] rules it.

import type { Code } from '../codes.ts'
import { compare, type Interval } from '../time/interval.ts'

/** What the state of a clock follows from. Moments are Unix milliseconds. */
export interface Standing {
  readonly target: Interval
  /** When it was done. */
  readonly done: Interval | undefined
  /** From when on it is shown as due soon. */
  readonly warning: number | null
  readonly isPaused: boolean
  /** The subject has ended and nobody owes it any more. */
  readonly isStopped: boolean
}

export function stateOfClock(
  { done, isPaused, isStopped, target, warning }: Standing,
  now: number,
): Code<'clockState'> {
  if (done !== undefined) {
    const found = compare(done, target)
    return found === 'by' ? 'met' : found === 'after' ? 'late' : 'disputed'
  }
  if (isStopped) return 'stopped'
  if (isPaused) return 'paused'
  if (target.notAfter !== null && now > target.notAfter) return 'overdue'
  if (target.notBefore === null || now > target.notBefore) return 'disputed'
  return warning !== null && now >= warning ? 'due' : 'in-time'
}
