// What has become of the data that a request for preservation asked to keep: until when it is kept, whether more time is
// asked for, and whether it was let go. That a period has run out takes a clock, which this file does not have.

import { isVisible } from '../act.ts'
import type { RequestAct, RequestData } from './shapes.ts'

type Entry = { readonly entry: string }

export interface Preservation {
  /** The latest undertaking. */
  readonly entry: string
  /** Until when the data is kept, as that undertaking says, in Unix milliseconds. */
  readonly until: number
  /** How many undertakings there were: the first and one for each renewal that was granted. */
  readonly periods: number
  /** A renewal that is asked for and neither granted nor overtaken by a release. */
  readonly renewal?: Entry & RequestData<'request.renewed'>
  readonly released?: Entry & RequestData<'request.released'>
}

/** The preservation under a request, from its acts in their order; undefined while nothing is preserved. */
export function viewPreservation(ordered: readonly RequestAct[]): Preservation | undefined {
  const undertakings = ordered.filter((act) => act.type === 'request.preserved')
  const latest = undertakings.at(-1)
  if (latest === undefined) return undefined
  const renewal = ordered.findLast((act) => act.type === 'request.renewed')
  const released = ordered.findLast((act) => act.type === 'request.released')
  const waits = renewal !== undefined && released === undefined && !undertakings.some((act) => isVisible(renewal, act))
  return {
    entry: latest.digest,
    until: latest.data.until,
    periods: undertakings.length,
    ...(waits ? { renewal: { entry: renewal.digest, ...renewal.data } } : {}),
    ...(released === undefined ? {} : { released: { entry: released.digest, ...released.data } }),
  }
}
