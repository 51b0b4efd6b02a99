// The days of the week, from 1 (Monday) to 7, and what they are called.

import type { useFormatter } from 'use-intl'

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** A Monday. */
const monday = Date.UTC(2024, 0, 1)
const dayMilliseconds = 86_400_000

export function nameWeekday(format: ReturnType<typeof useFormatter>, day: number): string {
  return format.dateTime(new Date(monday + (day - 1) * dayMilliseconds), { weekday: 'short', timeZone: 'UTC' })
}
