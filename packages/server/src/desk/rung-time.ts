// When the time of a ringing rung is over. It follows from the claim of who rang and from this side's ladder: it suggests a
// step and decides nothing.

import type { Act, HotlineState, Ladder } from '@parley/mechanism'

const minuteMilliseconds = 60_000

/** Unix milliseconds, or undefined when the call does not ring. The acts are those of the call. */
export function rungUntil(state: HotlineState, acts: readonly Act[], ladder: Ladder): number | undefined {
  if (state.status !== 'ringing') return undefined
  const ring = acts.find(({ digest }) => digest === state.since)
  const minutes = ladder[state.level].find(({ rung }) => rung === state.rung)?.minutes
  return ring === undefined || minutes === undefined ? undefined : ring.at + minutes * minuteMilliseconds
}
