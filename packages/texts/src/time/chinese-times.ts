// Deadlines and recurrences in Chinese words: 2015年底前、此后每年举行两次、收到请求后30日内、及时. Each pattern is bounded.

import type { Range } from '../range.ts'
import { readTimes } from './read-times.ts'
import type { TimeReader } from './read-times.ts'
import { formatDate, lastDayOf } from './time-rule.ts'
import type { Relation, SpanUnit, TimeRule } from './time-rule.ts'

const digits: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const number = '(\\d{1,4}|[一二两三四五六七八九十百]{1,5})'
const units: Readonly<Record<string, SpanUnit>> = {
  小时: 'hour',
  日: 'day',
  天: 'day',
  个工作日: 'working-day',
  工作日: 'working-day',
  周: 'week',
  星期: 'week',
  个星期: 'week',
  个月: 'month',
  月: 'month',
  季度: 'quarter',
  个季度: 'quarter',
  年: 'year',
  个小时: 'hour',
  个日历日: 'day',
  日历日: 'day',
}
const unit = `(${Object.keys(units)
  .sort((a, b) => b.length - a.length)
  .join('|')})`

/** 六 → 6, 十二 → 12, 六十 → 60, 一百二十 → 120. */
export function readChineseNumber(words: string): number | undefined {
  if (/^\d+$/.test(words)) return Number(words)
  let [sum, last] = [0, 0]
  for (const word of words) {
    if (word === '百') [sum, last] = [sum + (last || 1) * 100, 0]
    else if (word === '十') [sum, last] = [sum + (last || 1) * 10, 0]
    else if (digits[word] === undefined) return undefined
    else last = digits[word]
  }
  return sum + last
}

function relationOf(words: string): Relation {
  if (/收到|收悉/.test(words)) return 'receipt'
  if (/提出请求|请求之/.test(words)) return 'request'
  if (/签署|签字/.test(words)) return 'signature'
  if (/生效/.test(words)) return 'entry-into-force'
  return words === '' ? 'unsaid' : 'event'
}

function by(range: Range, year: number, month: number, date: number, count?: number): TimeRule | undefined {
  if (month < 1 || month > 12 || date < 1 || date > lastDayOf(year, month)) return undefined
  return { kind: 'by', date: formatDate(year, month, date), ...(count === undefined ? {} : { count }), range }
}

/** How many meetings or reports the words right after a deadline speak of: 举行一次会议. */
function countAfter(after: string): number | undefined {
  const match = /^[\u4e00-\u9fff]{0,6}?([一二两三四五六\d])次/u.exec(after)
  return match === null ? undefined : readChineseNumber(match[1]!)
}

const readers: readonly TimeReader[] = [
  {
    // 2027年3月31日前
    pattern: /(\d{4})年(\d{1,2})月(\d{1,2})日(?:之|以)?前/gu,
    read: ([, year, month, date], range, after) =>
      by(range, Number(year), Number(month), Number(date), countAfter(after)),
  },
  {
    // 2027年3月底前
    pattern: /(\d{4})年(\d{1,2})月(?:份)?(?:底|末)?(?:之|以)?前/gu,
    read: ([match, year, month], range, after) => {
      const whole = /[底末]/.test(match)
      if (whole)
        return by(range, Number(year), Number(month), lastDayOf(Number(year), Number(month)), countAfter(after))
      const before = Number(month) === 1 ? [Number(year) - 1, 12] : [Number(year), Number(month) - 1]
      return by(range, before[0]!, before[1]!, lastDayOf(before[0]!, before[1]!), countAfter(after))
    },
  },
  {
    // 2015年底前、2015年年底之前
    pattern: /(\d{4})年(?:年)?(底|末|中)(?:之|以)?前/gu,
    read: ([, year, part], range, after) =>
      part === '中'
        ? by(range, Number(year), 6, 30, countAfter(after))
        : by(range, Number(year), 12, 31, countAfter(after)),
  },
  {
    pattern: /(\d{4})年(?:年)?内/gu,
    read: ([, year], range, after) => by(range, Number(year), 12, 31, countAfter(after)),
  },
  {
    pattern: /(\d{4})年(?:之|以)?前/gu,
    read: ([, year], range, after) => by(range, Number(year) - 1, 12, 31, countAfter(after)),
  },
  {
    pattern:
      /(?:今年|明年|本年|本月|下月|本季度|下季度|年)(?:年)?(?:底|末|内)?(?:之|以)?前|(?:今年|明年|本年度?|年)内/gu,
    read: (_match, range) => ({ kind: 'before', relation: 'text', range }),
  },
  {
    pattern:
      /(?:下一?[次轮届]|第[二三四五六]次|第[二三四五六]轮)(?:[\u4e00-\u9fff]{0,8}?)(?:会议|对话|会晤)(?:召开|举行)?(?:之|以)?前/gu,
    read: (_match, range) => ({ kind: 'before', relation: 'next-meeting', range }),
  },
  {
    // 收到请求后30日内、签署之日起30日内、在八小时内
    pattern: new RegExp(
      `(?:(?:自|在|于)?([\\u4e00-\\u9fff]{1,12}?)(?:之日|之时)?(?:后|起|以后|之后)的?)?${number}${unit}(?:之|以)?内`,
      'gu',
    ),
    read: ([, event, count, name], range) => {
      const amount = readChineseNumber(count!)
      if (amount === undefined) return undefined
      return { kind: 'within', count: amount, unit: units[name!]!, relation: relationOf(event ?? ''), range }
    },
  },
  {
    pattern: new RegExp(`(?:不迟于|最迟(?:不晚于)?|不晚于)([\\u4e00-\\u9fff]{0,12}?)(?:后|起)?${number}${unit}`, 'gu'),
    read: ([, event, count, name], range) => {
      const amount = readChineseNumber(count!)
      if (amount === undefined) return undefined
      return { kind: 'within', count: amount, unit: units[name!]!, relation: relationOf(event ?? ''), range }
    },
  },
  {
    // 提前六个月、通过前至少六十日
    pattern: new RegExp(`(?:提前|前至少|之前至少)(?:至少)?${number}${unit}`, 'gu'),
    read: ([, count, name], range) => {
      const amount = readChineseNumber(count!)
      return amount === undefined ? undefined : { kind: 'ahead', count: amount, unit: units[name!]!, range }
    },
  },
  {
    // 每年举行两次、每六个月审议一次、每两年会晤一次、每半年
    pattern: new RegExp(
      `((?:此后|其后|之后|以后)[，,]?)?每(半年|${number}?${unit})(?:至少)?(?:[\\u4e00-\\u9fff]{0,10}?([一二两三四五六七八九\\d]{1,2})次)?`,
      'gu',
    ),
    read: ([, before, span, count, name, times], range) => {
      const each = span === '半年' ? 6 : count === undefined || count === '' ? 1 : readChineseNumber(count)
      const amount = times === undefined ? 1 : readChineseNumber(times)
      if (each === undefined || amount === undefined) return undefined
      const unitName = span === '半年' ? 'month' : units[name!]!
      return { kind: 'every', count: amount, each, unit: unitName, thereafter: before !== undefined, range }
    },
  },
  {
    // 一年两次
    pattern: /一年([一二两三四五六七八九\d]{1,2})次/gu,
    read: ([, times], range) => {
      const amount = readChineseNumber(times!)
      return amount === undefined
        ? undefined
        : { kind: 'every', count: amount, each: 1, unit: 'year', thereafter: false, range }
    },
  },
  {
    pattern: /年度(?=会议|报告|研讨会|对话|审议)/gu,
    read: (_match, range) => ({ kind: 'every', count: 1, each: 1, unit: 'year', thereafter: false, range }),
  },
  { pattern: /(?<!不)定期|经常性地/gu, read: (_match, range) => ({ kind: 'regularly', range }) },
  {
    pattern: /(?<!是否)及时|尽快|尽早|立即|迅速|毫不拖延|不加拖延|从速|第一时间/gu,
    read: (_match, range) => ({ kind: 'promptly', range }),
  },
  {
    pattern: /(\d{4})年(?:(上|下)半年|第?([一二三四])季度|(春|夏|秋)季?|(\d{1,2})月(?!\d|的))/gu,
    read: ([, year, half, quarter, season, month], range) => {
      let [from, until] = [1, 12]
      if (half !== undefined) [from, until] = half === '上' ? [1, 6] : [7, 12]
      if (quarter !== undefined) [from, until] = [digits[quarter]! * 3 - 2, digits[quarter]! * 3]
      if (season !== undefined) [from, until] = season === '春' ? [3, 5] : season === '夏' ? [6, 8] : [9, 11]
      if (month !== undefined) from = until = Number(month)
      if (from < 1 || until > 12) return undefined
      const y = Number(year)
      return { kind: 'in', from: formatDate(y, from, 1), until: formatDate(y, until, lastDayOf(y, until)), range }
    },
  },
  {
    pattern: /于(\d{4})年(?!\d|底|年|初)/gu,
    read: ([, year], range) => ({
      kind: 'in',
      from: formatDate(Number(year), 1, 1),
      until: formatDate(Number(year), 12, 31),
      range,
    }),
  },
  {
    pattern: /(?:将于|于|在)?(?:明年|下月|下周|下季度)/gu,
    read: (_match, range) => ({ kind: 'before', relation: 'text', range }),
  },
]

/** The time rules in some Chinese words, in the order of the text. */
export function readChineseTimes(text: string, { end, start }: Range): readonly TimeRule[] {
  return readTimes(text.slice(start, end), start, readers)
}
