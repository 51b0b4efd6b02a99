// The spans of one day of a rota: one that goes over midnight is in part on the next day.

import type { Rota } from '@parley/mechanism'

const dayMinutes = 1440

export interface DaySpan {
  /** Minutes after midnight. */
  readonly from: number
  readonly until: number
  readonly position: Rota['weekly'][number]['position']
}

/** Sorted by their beginnings. `day` is 1 (Monday) to 7. */
export function spansOfDay(weekly: Rota['weekly'], day: number): readonly DaySpan[] {
  const yesterday = day === 1 ? 7 : day - 1
  return weekly
    .flatMap(({ days, from, position, until }): DaySpan[] => {
      const over = until <= from
      return [
        ...(days.includes(day) ? [{ from, until: over ? dayMinutes : until, position }] : []),
        ...(over && days.includes(yesterday) ? [{ from: 0, until, position }] : []),
      ]
    })
    .sort((a, b) => a.from - b.from)
}
