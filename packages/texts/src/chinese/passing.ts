// Whether a passing rule explains a Chinese statement away, and which.

import type { OperativeRule } from '../rule.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { compilePattern, matchAt } from '../words/pattern.ts'
import type { Reading } from '../words/pattern.ts'
import { chinesePassingRules } from './passing-rules.ts'

const rules = chinesePassingRules.map((rule) => ({ ...rule, compiled: compilePattern(rule.pattern) }))
/** Rules that may stand anywhere in a sentence are looked for together. */
const anywhere = createPatternIndex(rules.filter(({ where }) => where === 'sentence'))
const placed = rules.filter(({ where }) => where !== 'sentence')

/** The name of the first passing rule that holds for the statement whose clause begins at `clause`. */
export function findPassing(
  reading: Reading,
  { name }: OperativeRule,
  clause: number,
  head: number,
): string | undefined {
  const { length } = reading.tokens
  for (let at = 0; at < length; at++) {
    const found = anywhere.find(reading, at)
    if (found !== undefined && found.rule.except?.includes(name) !== true) return found.rule.name
  }
  return placed.find(({ compiled, except, where }) => {
    if (except?.includes(name) === true) return false
    switch (where) {
      case 'sentence':
        return false
      case 'start':
        return [0, 1].some((at) => at < length && matchAt(compiled, reading, at) > at)
      case 'head':
        return matchAt(compiled, reading, head) > head
      case 'before':
        for (let at = clause; at < head; at++) if (matchAt(compiled, reading, at) > at) return true
        return false
    }
  })?.name
}
