// Whether a passing rule explains a Chinese statement away, and which.

import type { OperativeRule } from '../rule.ts'
import { compilePattern, findPattern, matchAt } from '../words/pattern.ts'
import type { Reading } from '../words/pattern.ts'
import { chinesePassingRules } from './passing-rules.ts'

const rules = chinesePassingRules.map((rule) => ({ ...rule, compiled: compilePattern(rule.pattern) }))

/** The name of the first passing rule that holds for the statement whose clause begins at `clause`. */
export function findPassing(
  reading: Reading,
  { name }: OperativeRule,
  clause: number,
  head: number,
): string | undefined {
  const { length } = reading.tokens
  return rules.find(({ compiled, except, where }) => {
    if (except?.includes(name) === true) return false
    switch (where) {
      case 'sentence':
        return findPattern(compiled, reading, 0, length) !== undefined
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
