// Moments as they are shown: in UTC and by the calendar, never in the zone of the machine.

/** Milliseconds since 1970 as `2026-11-23 14:05:09Z`. */
export function showMoment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')}Z`
}
