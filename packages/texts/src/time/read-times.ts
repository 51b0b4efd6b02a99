// How the time rules of a language are read out of words: each reader is a bounded pattern and what its matches mean.

import type { Range } from '../range.ts'
import type { TimeRule } from './time-rule.ts'

export interface TimeReader {
  readonly pattern: RegExp
  read(match: RegExpExecArray, range: Range, after: string): TimeRule | undefined
}

/** Applies readers in their order, the more exact before the looser. */
export function readTimes(words: string, start: number, each: readonly TimeReader[]): readonly TimeRule[] {
  const rules: TimeRule[] = []
  for (const { pattern, read } of each) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(words); match !== null; match = pattern.exec(words)) {
      const range = { start: start + match.index, end: start + match.index + match[0].length }
      if (match[0] === '') pattern.lastIndex += 1
      if (rules.some((rule) => rule.range.start < range.end && range.start < rule.range.end)) continue
      const stop = match.index + match[0].length
      const rule = read(match, range, words.slice(stop, stop + 60))
      if (rule !== undefined) rules.push(rule)
    }
  }
  return rules.sort((a, b) => a.range.start - b.range.start)
}
