// Places in a text, in UTF-16 units, as the anchors of the mechanism count them.

import type { Range } from '@parley/mechanism'

export type { Range }

/** The words that stand at a place. */
export function wordsAt(text: string, { end, start }: Range): string {
  return text.slice(start, end)
}

/** True when two places share at least one unit. */
export function overlap(one: Range, other: Range): boolean {
  return one.start < other.end && other.start < one.end
}
