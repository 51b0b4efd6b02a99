// What the author of an entry had seen of other logs: the cross-log order, the acknowledgement and the not-before bound
// of an entry in one field. It knows forms and how they add up, not whether a root is true.

import type { CanonicalValue } from './canonical.ts'
import { createFieldReader } from './fields.ts'
import { isOrigin } from './origins.ts'

/**
 * Heads named by one entry: with the longest origins they leave a quarter of an entry for the rest. In a channel of more
 * logs an author names what it has not named before, since what earlier entries of its log have named counts on.
 */
export const seenCountMax = 48
/** The last second of the year 9999. */
export const seenTimeSecondsMax = 253_402_300_799

/** A head of another log that the author had verified. */
export interface Seen {
  readonly origin: string
  /** Never 0: an empty log says nothing. */
  readonly size: number
  /** The root at that size, base64 of 32 bytes. */
  readonly root: string
  /** Unix seconds of the author's own mirror cosignature over exactly this head, 0 when it made none. */
  readonly time: number
}

const read = createFieldReader('entry.malformed')
const readOrder = createFieldReader('seen.unordered')

function parseSeenItem(value: CanonicalValue): Seen {
  const fields = read.object(value, 'seen', ['origin', 'size', 'root', 'time'])
  if (typeof fields.origin !== 'string' || !isOrigin(fields.origin)) read.refuse('seen.origin', 'not an origin')
  read.integer(fields.size, 'seen.size', 1, Number.MAX_SAFE_INTEGER)
  read.base64(fields.root, 'seen.root', 32)
  read.integer(fields.time, 'seen.time', 0, seenTimeSecondsMax)
  return value as unknown as Seen
}

/**
 * The list as an entry spells it.
 *
 * @throws RecordError `entry.malformed`, `seen.unordered` (not sorted by origin, or an origin twice).
 */
export function parseSeen(value: CanonicalValue | undefined): readonly Seen[] {
  const items = read.array(value, 'seen', 0, seenCountMax).map(parseSeenItem)
  return readOrder.rising(items, 'seen', (item) => item.origin)
}

function newer(a: Seen, b: Seen): Seen {
  if (a.size !== b.size) return a.size > b.size ? a : b
  return a.time >= b.time ? a : b
}

/**
 * What had been seen when both lists count: for each origin the greater size, and at equal sizes the later time. Folded
 * over the entries of a log, it gives the *effective seen* of each. Both lists are sorted by origin and so is the
 * result; roots at equal sizes are equal, because the caller has verified them.
 */
export function mergeSeen(before: readonly Seen[], after: readonly Seen[]): readonly Seen[] {
  const merged: Seen[] = []
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    const a = before[i]
    const b = after[j]
    if (a !== undefined && b !== undefined && a.origin === b.origin) {
      merged.push(newer(a, b))
      i++
      j++
    } else if (b === undefined || (a !== undefined && a.origin < b.origin)) {
      merged.push(a!)
      i++
    } else {
      merged.push(b)
      j++
    }
  }
  return merged
}

/** Unix seconds of the author's cosignature over the head that it had seen, 0 when it had seen none or made none. */
export function seenTime(seen: readonly Seen[], origin: string): number {
  return seen.find((item) => item.origin === origin)?.time ?? 0
}

/** The size of a log that had been seen, 0 when none had. */
export function seenSize(seen: readonly Seen[], origin: string): number {
  return seen.find((item) => item.origin === origin)?.size ?? 0
}
