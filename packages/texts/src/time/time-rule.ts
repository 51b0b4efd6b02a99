// When something is owed, as the words say it: by a date, so often in a period, within a span of an event, or soon. Nothing is
// computed from the day on which a text is read: what is relative stays relative to what it names.

import type { Range } from '../range.ts'

/** What a relative time counts from. */
export const relations = [
  'receipt',
  'request',
  'signature',
  'entry-into-force',
  'next-meeting',
  /** The day of the text: `next year`, `by the end of the year`. */
  'text',
  /** Another event, which the words name. */
  'event',
  /** Nothing is named. */
  'unsaid',
] as const
export type Relation = (typeof relations)[number]

export type SpanUnit = 'hour' | 'day' | 'working-day' | 'week' | 'month' | 'quarter' | 'year'

export type TimeRule =
  | {
      /** By the end of a day; `count` times when a number is said. */
      readonly kind: 'by'
      readonly date: string
      readonly count?: number
      readonly range: Range
    }
  | {
      /** Before something that has no date: the next meeting, the end of the year of the text. */
      readonly kind: 'before'
      readonly relation: Relation
      readonly count?: number
      readonly range: Range
    }
  | {
      readonly kind: 'within'
      readonly count: number
      readonly unit: SpanUnit
      readonly relation: Relation
      readonly range: Range
    }
  | {
      /** At least so long before something: `sixty days before adoption`, 提前六个月. */
      readonly kind: 'ahead'
      readonly count: number
      readonly unit: SpanUnit
      readonly range: Range
    }
  | {
      /** `count` times in each span of `each` units; `thereafter` when another rule goes before. */
      readonly kind: 'every'
      readonly count: number
      readonly each: number
      readonly unit: SpanUnit
      readonly thereafter: boolean
      readonly range: Range
    }
  /** Regularly, without saying how often. */
  | { readonly kind: 'regularly'; readonly range: Range }
  /** In good time, without delay. */
  | { readonly kind: 'promptly'; readonly range: Range }
  /** In a year, a half, a quarter, a month or a season: from its first day to its last. */
  | { readonly kind: 'in'; readonly from: string; readonly until: string; readonly range: Range }

/** A time rule in one line: `1x by 2015-12-31`, `2x per year thereafter`, `within 30 day of receipt`. */
export function formatTimeRule(rule: TimeRule): string {
  switch (rule.kind) {
    case 'by':
      return `${rule.count === undefined ? '' : `${rule.count}x `}by ${rule.date}`
    case 'before':
      return `${rule.count === undefined ? '' : `${rule.count}x `}before ${rule.relation}`
    case 'within':
      return `within ${rule.count} ${rule.unit}${rule.relation === 'unsaid' ? '' : ` of ${rule.relation}`}`
    case 'ahead':
      return `${rule.count} ${rule.unit} ahead`
    case 'every':
      return `${rule.count}x per ${rule.each === 1 ? '' : `${rule.each} `}${rule.unit}${rule.thereafter ? ' thereafter' : ''}`
    case 'regularly':
    case 'promptly':
      return rule.kind
    case 'in':
      return `in ${rule.from}/${rule.until}`
  }
}

/** The last day of a month, `month` from 1, in the Gregorian calendar. */
export function lastDayOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** `2027-03-31`. */
export function formatDate(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
