// Handling markings (TLP 2.0): which is stricter, and what a channel may carry. An unknown or missing marking is the most
// restrictive one, so that a mistake never widens who may read.

import { codeLists, type Code } from './codes.ts'

type Handling = Code<'handling'>

/** The marking that stands where there is none, or none that this version knows. */
export const handlingStrictest: Handling = 'red'

/** The marking as it counts. */
export function readHandling(marking: string | undefined): Handling {
  return codeLists.handling.find((code) => code === marking) ?? handlingStrictest
}

/** The marking of what is put together from parts with these markings: the strictest; of nothing, the strictest there is. */
export function joinHandling(markings: readonly (string | undefined)[]): Handling {
  const ranks = markings.map((marking) => rankOf(readHandling(marking)))
  return ranks.length === 0 ? handlingStrictest : codeLists.handling[Math.max(...ranks)]!
}

/** True when the marking is stricter than the strictest that a channel may carry. */
export function exceedsCeiling(marking: string | undefined, ceiling: Handling): boolean {
  return rankOf(readHandling(marking)) > rankOf(ceiling)
}

/** The list of codes goes from the widest audience to the narrowest. */
function rankOf(marking: Handling): number {
  return codeLists.handling.indexOf(marking)
}
