// When the clocks of a request stand still: while the asking side owes a supplement. SPEC.md [CL] rules it.

import { isVisible, type Act } from '../act.ts'
import type { Code } from '../codes.ts'
import type { RequestAct } from '../request/shapes.ts'
import { countedTimeMax } from '../guidelines/working-time.ts'
import { receiptOf, intervalOf } from '../time/evidence.ts'
import type { Interval } from '../time/interval.ts'

/** Something that was asked back, and when the requested party had what settles it. */
export interface Pause {
  readonly act: RequestAct
  readonly from: Interval
  /** Undefined while the asking side owes it still. */
  readonly until: Interval | undefined
}

const grounds: Partial<Record<RequestAct['type'], Code<'pauseGround'>>> = {
  'request.returned': 'returned',
  'request.queried': 'queried',
}

/** What was asked back on these grounds, in the order of the acts, which is the one order of all parties. */
export function listPauses(
  ordered: readonly RequestAct[],
  { evidence, on }: { evidence: readonly Act[]; on: readonly Code<'pauseGround'>[] },
): readonly Pause[] {
  return ordered.flatMap((act) => {
    const ground = grounds[act.type]
    if (ground === undefined || !on.includes(ground)) return []
    const settled = ordered.find((other) => settles(other, act))
    const until =
      settled === undefined
        ? undefined
        : settled.party === act.party
          ? intervalOf(settled, evidence)
          : receiptOf(settled, evidence, act.party)
    return [{ act, from: intervalOf(act, evidence), until }]
  })
}

const settling: ReadonlySet<RequestAct['type']> = new Set([
  'request.supplemented',
  'request.accepted',
  'request.answered',
  'request.refused',
  'request.preserved',
  'request.withdrawn',
  'request.closed',
])

/** A supplement, or an end, whose author had seen the question; or the requested party going on all the same. */
function settles(other: RequestAct, asked: RequestAct): boolean {
  return settling.has(other.type) && isVisible(asked, other)
}

/** How much of the time between two moments counts, in milliseconds. */
type Count = (from: number, until: number) => number

/**
 * How long the pauses lasted together, at the least and at the most, in milliseconds of the time that counts; the most is
 * null where nothing sensible bounds it. A pause that goes on has lasted at least until `now`. What overlaps counts once.
 */
export function lengthOfPauses(
  pauses: readonly Pause[],
  now: number,
  count: Count,
): { readonly least: number; readonly most: number | null } {
  const surely = pauses.map(({ from, until }): Span => [from.notAfter, until === undefined ? now : until.notBefore])
  const perhaps = pauses.map(({ from, until }): Span => [from.notBefore, until === undefined ? now : until.notAfter])
  const isBounded = perhaps.every(([from, until]) => from !== null && until !== null && until - from <= countedTimeMax)
  return { least: lengthOf(surely, count), most: isBounded ? lengthOf(perhaps, count) : null }
}

type Span = readonly [from: number | null, until: number | null]

function lengthOf(spans: readonly Span[], count: Count): number {
  const known = spans.flatMap(([from, until]) =>
    from !== null && until !== null && from < until ? [{ from, until }] : [],
  )
  let length = 0
  let reached = -Infinity
  for (const { from, until } of known.sort((a, b) => a.from - b.from)) {
    const begins = Math.max(from, reached)
    if (begins < until) length += count(begins, until)
    reached = Math.max(reached, until)
  }
  return length
}
