// Who answers for a contact point over some days, as spans: asked of the mechanism in steps, because a rota, hours, absences
// and stand-ins change it at moments that only it knows. Pure; the moments are handed in.

import { dutyOf } from '@parley/mechanism'
import type { Duty, Office, PartyDirectory } from '@parley/mechanism'

/** Rotas are kept in quarters of an hour nearly everywhere; what is finer is drawn a few minutes off. */
export const stepMilliseconds = 15 * 60_000

export interface DutySpan extends Pick<Duty, 'state' | 'office' | 'position' | 'absence'> {
  /** Unix milliseconds. */
  readonly from: number
  readonly until: number
}

/** The spans from `start` to `end`, without gaps. */
export function listDutySpans(half: PartyDirectory, point: Office, start: number, end: number): readonly DutySpan[] {
  const spans: DutySpan[] = []
  for (let at = start; at < end; at += stepMilliseconds) {
    const { absence, office, position, state } = dutyOf(half, point, at)
    const until = Math.min(end, at + stepMilliseconds)
    const last = spans.at(-1)
    if (last?.state === state && last.office === office && last.position === position && last.absence === absence) {
      spans[spans.length - 1] = { ...last, until }
      continue
    }
    spans.push({
      from: at,
      until,
      state,
      office,
      ...(position === undefined ? {} : { position }),
      ...(absence === undefined ? {} : { absence }),
    })
  }
  return spans
}
