// What the listed calls come to, for each party that was called: how many a person took, how soon, and on which rung. The
// review counts from the whole record; this is what the page has before it. Drills and tests of the line are left out.

import type { CallRow } from '@parley/api'

export interface CallFigures {
  readonly called: string
  readonly raised: number
  readonly taken: number
  /** The middle of the times from the raising to a person, in whole milliseconds; null when nobody took any. */
  readonly toHuman: number | null
  readonly rungs: readonly (readonly [rung: string, count: number])[]
}

export function countListed(calls: readonly CallRow[]): readonly CallFigures[] {
  const real = calls.filter(({ exercise, purpose }) => !exercise && purpose === 'use')
  return [...new Set(real.map(({ called }) => called))].sort().map((called) => {
    const those = real.filter((call) => call.called === called)
    const taken = those.flatMap((call) => (call.taken === null ? [] : [{ ...call.taken, raised: call.raised }]))
    // Two clocks may disagree by more than the call took; nobody answers before the ring.
    const times = taken.map(({ at, raised }) => Math.max(0, at - raised)).sort((a, b) => a - b)
    const rungs = [...new Set(taken.map(({ rung }) => rung))].sort()
    return {
      called,
      raised: those.length,
      taken: taken.length,
      toHuman: times[Math.floor((times.length - 1) / 2)] ?? null,
      rungs: rungs.map((rung) => [rung, taken.filter((one) => one.rung === rung).length] as const),
    }
  })
}
