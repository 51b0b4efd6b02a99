// Deadlines and recurrences in English words: `twice per year thereafter`, `no later than 90 days after receipt`, `before the
// end of 2015`. Each pattern is bounded, so reading costs what the words are long.

import type { Range } from '../range.ts'
import { readTimes } from './read-times.ts'
import type { TimeReader } from './read-times.ts'
import { formatDate, lastDayOf } from './time-rule.ts'
import type { Relation, SpanUnit, TimeRule } from './time-rule.ts'

const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-five': 45,
  sixty: 60,
  ninety: 90,
  once: 1,
  twice: 2,
  thrice: 3,
}
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const number = `(\\d{1,4}|${Object.keys(numbers)
  .filter((word) => !word.startsWith('on') || word === 'one')
  .join('|')})`
const unit = '(working|business|calendar)?[ -]{0,2}(hour|day|week|month|quarter|year)s?'
const month = `(${months.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?`
const day = '(\\d{1,2})(?:st|nd|rd|th)?'
/** What goes before a date by which something is due. */
const due =
  '(?:(once|twice|\\w{3,6} times) )?(?:by|before|no later than|not later than|prior to|until|at the latest by|on or before) (?:the )?'

const countOf = (word: string | undefined): number | undefined => {
  if (word === undefined) return undefined
  const plain = word.toLowerCase().replace(/ times$/, '')
  return numbers[plain] ?? (/^\d+$/.test(plain) ? Number(plain) : undefined)
}
const monthOf = (name: string): number =>
  months.findIndex((each) => each.startsWith(name.toLowerCase().slice(0, 3))) + 1

function unitOf(kind: string | undefined, name: string): SpanUnit {
  const plain = name.toLowerCase() as SpanUnit
  return plain === 'day' && kind !== undefined && /^(?:working|business)$/i.test(kind) ? 'working-day' : plain
}

/** What a span counts from, by the words that follow it. */
function relationOf(after: string): Relation {
  const words =
    /^[ ,]{0,2}(?:of|after|from|following|upon|before) (?:the |its |their |such |any |this |a )?(?:date of |day of )?(?:the |its |their |this )?([a-z-]+)((?: [a-z-]+){0,3})/i.exec(
      after,
    )
  if (words === null) return 'unsaid'
  const [, first = '', rest = ''] = words
  if (/^(?:receipt|receiving|receives?|received)$/i.test(first) || /\breceipt\b/i.test(`${first}${rest}`))
    return 'receipt'
  if (/^requests?$/i.test(first)) return 'request'
  if (/^(?:signature|signing)$/i.test(first)) return 'signature'
  if (/^(?:entry|entering)$/i.test(first)) return 'entry-into-force'
  return 'event'
}

const seasons: Readonly<Record<string, readonly [number, number]>> = {
  spring: [3, 5],
  summer: [6, 8],
  autumn: [9, 11],
  fall: [9, 11],
}

const readers: readonly TimeReader[] = [
  {
    // by 31 March 2027; no later than 1 June 2027
    pattern: new RegExp(`${due}${day} (?:of )?${month},? (\\d{4})`, 'gi'),
    read: ([, count, date, name, year], range) => by(range, Number(year), monthOf(name!), Number(date), countOf(count)),
  },
  {
    // by March 31, 2027
    pattern: new RegExp(`${due}${month} ${day}, (\\d{4})`, 'gi'),
    read: ([, count, name, date, year], range) => by(range, Number(year), monthOf(name!), Number(date), countOf(count)),
  },
  {
    // by 2027-03-31
    pattern: new RegExp(`${due}(\\d{4})-(\\d{2})-(\\d{2})`, 'gi'),
    read: ([, count, year, name, date], range) => by(range, Number(year), Number(name), Number(date), countOf(count)),
  },
  {
    // before the end of March 2027; by June 2027
    pattern: new RegExp(`${due}(?:end of |close of )?${month},? (\\d{4})`, 'gi'),
    read: ([, count, name, year], range) =>
      by(range, Number(year), monthOf(name!), lastDayOf(Number(year), monthOf(name!)), countOf(count)),
  },
  {
    // before the end of 2015
    pattern: new RegExp(
      `${due}(?:the )?(?:end|close) of (?:the year )?(\\d{4})|${due}(?:year-end|end-) ?(\\d{4})`,
      'gi',
    ),
    read: ([, count, year, again, other], range) => by(range, Number(year ?? other), 12, 31, countOf(count ?? again)),
  },
  {
    // by mid-2027
    pattern: new RegExp(`${due}mid-(\\d{4})`, 'gi'),
    read: ([, count, year], range) => by(range, Number(year), 6, 30, countOf(count)),
  },
  {
    // by 2027
    pattern: new RegExp(`${due}(\\d{4})(?![\\d-])`, 'gi'),
    read: ([match, count, year], range) => {
      const before = /\b(?:before|prior to)\b/i.test(match)
      return before
        ? by(range, Number(year) - 1, 12, 31, countOf(count))
        : by(range, Number(year), 12, 31, countOf(count))
    },
  },
  {
    // before the next ministerial meeting
    pattern: new RegExp(
      `${due}(?:next|second|third|following|forthcoming) (?:[a-z-]{2,16} ){0,3}(?:meeting|dialogue|round|session|summit)`,
      'gi',
    ),
    read: ([, count], range) => beforeRule(range, 'next-meeting', countOf(count)),
  },
  {
    // by the end of the year; before the end of next month
    pattern: new RegExp(`${due}(?:end of )?(?:the|this|next|the current) (?:year|month|quarter|week)`, 'gi'),
    read: ([, count], range) => beforeRule(range, 'text', countOf(count)),
  },
  {
    // within 30 days of receipt; no later than 90 days after receipt; at the latest within 30 days
    pattern: new RegExp(
      `(?:within|no later than|not later than|at the latest within|in no more than|not more than|at most) (?:a period of |the |first )?${number} ${unit}`,
      'gi',
    ),
    read: ([, count, kind, name], range, after) => {
      const amount = countOf(count)
      return amount === undefined
        ? undefined
        : { kind: 'within', count: amount, unit: unitOf(kind, name!), relation: relationOf(after), range }
    },
  },
  {
    // at least sixty days before adoption; on six months' written notice; ninety days in advance
    pattern: new RegExp(`${number} ${unit}['’]? (?:before|in advance|prior to|(?:written |prior )?notice|ahead)`, 'gi'),
    read: ([, count, kind, name], range) => {
      const amount = countOf(count)
      return amount === undefined ? undefined : { kind: 'ahead', count: amount, unit: unitOf(kind, name!), range }
    },
  },
  {
    // to 45 days is a length and no deadline; once a year, three times per quarter, at least twice each year
    pattern: new RegExp(`(once|twice|thrice|${number} times) (?:a|an|per|each|every|in each|in every) ${unit}`, 'gi'),
    read: ([, times, plain, , name], range, after) =>
      every(range, countOf(plain ?? times!.replace(/ times$/i, '')) ?? 1, 1, unitOf(undefined, name!), after),
  },
  {
    // every six months; every two years; every year; each quarter
    pattern: new RegExp(`(?:every|each) (?:(other|second|${number}) )?${unit}`, 'gi'),
    read: ([, count, , , name], range, after) => {
      const each = count === undefined ? 1 : /^(?:other|second)$/i.test(count) ? 2 : (countOf(count) ?? 1)
      return every(range, 1, each, unitOf(undefined, name!), after)
    },
  },
  {
    pattern:
      /\b(?:(twice) (?:yearly|annually)|(annual(?:ly)?|yearly)|(semi-?annual(?:ly)?|half-yearly|biannual(?:ly)?)|(biennial(?:ly)?)|(quarterly)|(monthly)|(weekly)|(daily))\b/gi,
    read: ([, twice, year, half, two, quarter, month_, week, day_], range, after) => {
      if (twice !== undefined || half !== undefined) return every(range, 2, 1, 'year', after)
      if (year !== undefined) return every(range, 1, 1, 'year', after)
      if (two !== undefined) return every(range, 1, 2, 'year', after)
      if (quarter !== undefined) return every(range, 1, 1, 'quarter', after)
      if (month_ !== undefined) return every(range, 1, 1, 'month', after)
      if (week !== undefined) return every(range, 1, 1, 'week', after)
      return day_ === undefined ? undefined : every(range, 1, 1, 'day', after)
    },
  },
  {
    pattern: /\b(?:on a regular basis|at regular intervals|regularly|periodically|from time to time)\b/gi,
    read: (_match, range) => ({ kind: 'regularly', range }),
  },
  {
    pattern:
      /\b(?:without (?:undue )?delay|as soon as (?:possible|practicable)|in a timely (?:manner|fashion)|in good time|promptly|immediately|expeditiously|timely responses?|at the earliest (?:opportunity|possible))\b/gi,
    read: (_match, range) => ({ kind: 'promptly', range }),
  },
  {
    // in the first half of 2027; in spring 2016; in August 2027; in 2027
    pattern: new RegExp(
      `\\b(?:in|during) (?:the )?(?:(first|second) half of |(first|second|third|fourth) quarter of |(spring|summer|autumn|fall) (?:of )?|${month} (?:of )?)?(\\d{4})(?![\\d-])`,
      'gi',
    ),
    read: ([, half, quarter, season, name, year], range) => inSpan(range, Number(year), half, quarter, season, name),
  },
  {
    // next year
    pattern: /\b(?:in the )?(?:next|coming|following) (?:year|month|week|quarter)\b/gi,
    read: (_match, range) => beforeRule(range, 'text', undefined),
  },
]

function by(range: Range, year: number, month_: number, date: number, count: number | undefined): TimeRule | undefined {
  if (month_ < 1 || month_ > 12 || date < 1 || date > lastDayOf(year, month_)) return undefined
  return { kind: 'by', date: formatDate(year, month_, date), ...(count === undefined ? {} : { count }), range }
}

function beforeRule(range: Range, relation: Relation, count: number | undefined): TimeRule {
  return { kind: 'before', relation, ...(count === undefined ? {} : { count }), range }
}

function every(range: Range, count: number, each: number, name: SpanUnit, after: string): TimeRule {
  const thereafter = /^,? ?(?:there)?after/i.test(after)
  return { kind: 'every', count, each, unit: name, thereafter, range }
}

function inSpan(
  range: Range,
  year: number,
  half: string | undefined,
  quarter: string | undefined,
  season: string | undefined,
  name: string | undefined,
): TimeRule {
  let [from, until] = [1, 12]
  if (half !== undefined) [from, until] = half.toLowerCase() === 'first' ? [1, 6] : [7, 12]
  if (quarter !== undefined) {
    const place = ['first', 'second', 'third', 'fourth'].indexOf(quarter.toLowerCase())
    ;[from, until] = [place * 3 + 1, place * 3 + 3]
  }
  if (season !== undefined) [from, until] = seasons[season.toLowerCase()]!
  if (name !== undefined) from = until = monthOf(name)
  return {
    kind: 'in',
    from: formatDate(year, from, 1),
    until: formatDate(year, until, lastDayOf(year, until)),
    range,
  }
}

/** The time rules in some English words, in the order of the text; a place that one rule took is no other's. */
export function readEnglishTimes(text: string, { end, start }: Range): readonly TimeRule[] {
  const words = text.slice(start, end).replaceAll(/\s/g, ' ')
  return readTimes(words, start, readers)
}
