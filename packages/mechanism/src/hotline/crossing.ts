// Two calls that were raised at once, one by each side: both sides name the same one to go on with, without asking each other.

import { isVisible, type Act } from '../act.ts'

/** Two calls between the same two parties, neither raised by somebody who had seen the other. */
export interface Crossing {
  /** The subject id of the call to go on with: the lower of the two, which nobody can choose. */
  readonly keep: string
  readonly standDown: string
}

/** The crossings among raisings in any order, sorted by `keep`, then `standDown`. */
export function listCrossings(raised: readonly Act[]): readonly Crossing[] {
  const crossings = raised.flatMap((one) =>
    raised
      .filter(
        (other) =>
          one.digest < other.digest &&
          one.party === other.data['to'] &&
          other.party === one.data['to'] &&
          one.exercise === other.exercise &&
          !isVisible(one, other) &&
          !isVisible(other, one),
      )
      .map((other) => ({ keep: one.digest, standDown: other.digest })),
  )
  return crossings.sort((a, b) => (`${a.keep} ${a.standDown}` < `${b.keep} ${b.standDown}` ? -1 : 1))
}
