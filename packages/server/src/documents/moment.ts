// Moments as documents print them: in UTC, the same on every machine, as each language writes a date.

import type { WordLanguage } from '@parley/mechanism'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `28 Nov 2026, 04:51:07 UTC` or `2026年11月28日 04:51:07 UTC`, from milliseconds since the epoch. */
export function printMoment(language: WordLanguage, milliseconds: number): string {
  const date = new Date(milliseconds)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  const time = date.toISOString().slice(11, 19)
  return language === 'en'
    ? `${day} ${months[month]} ${year}, ${time} UTC`
    : `${year}年${month + 1}月${day}日 ${time} UTC`
}
