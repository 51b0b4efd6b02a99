// When an act was made and when another party had it, as far as the acts of one subject are evidence of it. Each `seen` of
// an entry carries the time of its author's own cosignature over that head, and a time counts only against the party that
// wrote it: an author's own word bounds its act from below, the word of who received it from above. A receipt that a later
// act of the author carries is the word of who received it as well. SPEC.md [TM] rules it.

import { isVisible, type Act } from '../act.ts'
import { carriedReceipt } from './carried-receipt.ts'
import type { Interval } from './interval.ts'

const second = 1000

/** The interval of an act. The acts are the valid ones of a subject, in any order. */
export function intervalOf(act: Act, acts: readonly Act[]): Interval {
  return bound(
    notBeforeOf(act),
    notAfterOf(act, acts, (party) => party !== act.party),
  )
}

/** When the party had the act: not before the act was made, and not after its own cosignature over it. */
export function receiptOf(act: Act, acts: readonly Act[], by: string): Interval {
  return bound(
    notBeforeOf(act),
    notAfterOf(act, acts, (party) => party === by),
  )
}

/** The newest time that the acts are evidence of, or null when they are of none. */
export function newestEvidence(acts: readonly Act[]): number | null {
  return acts.reduce<number | null>((newest, act) => {
    const time = notBeforeOf(act)
    return time === null || (newest !== null && newest >= time) ? newest : time
  }, null)
}

/** The newest cosignature of its own that the author names: what it says cannot be older. */
function notBeforeOf({ seenTimes }: Act): number | null {
  const times = Object.values(seenTimes ?? {}).filter((time) => time > 0)
  return times.length === 0 ? null : Math.max(...times) * second
}

/** The earliest cosignature of another party over a head of the author's log that covers the act. */
function notAfterOf(act: Act, acts: readonly Act[], counts: (party: string) => boolean): number | null {
  const times = [...listSeenTimes(act, acts, counts), ...listReceiptTimes(act, acts, counts)]
  // A cosignature names a second; the moment is somewhere within it.
  return times.length === 0 ? null : Math.min(...times) * second + second - 1
}

/** What other parties said in their own acts of when they had this one. */
function listSeenTimes(act: Act, acts: readonly Act[], counts: (party: string) => boolean): number[] {
  return acts
    .filter((other) => other.party !== act.party && counts(other.party) && isVisible(act, other))
    .map((other) => other.seenTimes?.[act.party] ?? 0)
    .filter((time) => time > 0)
}

/** What other parties said of it in cosignatures alone, which the author's later acts carry. */
function listReceiptTimes(act: Act, acts: readonly Act[], counts: (party: string) => boolean): number[] {
  return acts.flatMap((carrier) => {
    if (carrier.party !== act.party || carrier.index <= act.index) return []
    const receipt = carriedReceipt(carrier.type, carrier.data)
    return receipt !== undefined && counts(receipt.party) && act.index < receipt.size ? [receipt.time] : []
  })
}

/** Clocks that contradict each other make the interval wider, never empty. */
function bound(notBefore: number | null, notAfter: number | null): Interval {
  if (notBefore === null || notAfter === null || notBefore <= notAfter) return { notBefore, notAfter }
  return { notBefore: notAfter, notAfter: notBefore }
}
