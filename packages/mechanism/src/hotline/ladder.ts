// The ladder of a call: who is rung first, and after how long the next one may be. A node's clock only suggests a step; the
// step itself is an entry, and no verdict reads these times.

import type { Code } from '../codes.ts'
import type { Pack } from '../pack.ts'

export type Rung = Code<'hotlineRung'>
export type HotlineLevel = Code<'hotlineLevel'>

/** One rung, and the whole minutes that it is given to answer. */
export interface LadderRung {
  readonly rung: Rung
  readonly minutes: number
}

export type Ladder = { readonly [L in HotlineLevel]: readonly LadderRung[] }

/**
 * Without a ladder in the pack. A person within 15 minutes is this project's own target; the whole ladder ends within the 48
 * hours that the older military line between the same capitals is known for.
 */
export const defaultLadder: Ladder = {
  working: [
    { rung: 'duty-officer', minutes: 15 },
    { rung: 'head-of-unit', minutes: 45 },
    { rung: 'ministers-office', minutes: 240 },
  ],
  leadership: [
    { rung: 'ministers-office', minutes: 60 },
    { rung: 'minister', minutes: 2400 },
  ],
}

/** The ladder of the pack in force, or the default. */
export function ladderOf(pack: Pack | undefined): Ladder {
  const stated = pack?.mechanism.hotline?.ladder
  return stated === undefined ? defaultLadder : { ...defaultLadder, ...stated }
}

/** The rung that a call of this level begins with. */
export const firstRungs: { readonly [L in HotlineLevel]: Rung } = {
  working: 'duty-officer',
  leadership: 'ministers-office',
}

/** The rung above, or undefined at the top of the ladder. */
export function nextRung(
  ladder: Ladder,
  level: HotlineLevel,
  { rung }: { readonly rung: Rung },
): LadderRung | undefined {
  const rungs = ladder[level]
  return rungs[rungs.findIndex((one) => one.rung === rung) + 1]
}
