// Whether a passing rule explains an English statement away, and which.

import type { OperativeRule } from '../rule.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { compilePattern, matchAt } from '../words/pattern.ts'
import type { Reading } from '../words/pattern.ts'
import { englishPassingRules } from './passing-rules.ts'

const rules = englishPassingRules.map((rule) => ({ ...rule, compiled: compilePattern(rule.pattern) }))
/** Rules that may stand anywhere in a sentence are looked for together. */
const anywhere = createPatternIndex(rules.filter(({ where }) => where === 'sentence'))
const placed = rules.filter(({ where }) => where !== 'sentence')
/** The words before a clause that still say how it is meant: `if`, `whether`, `failed to`. */
const leadReach = 3

/** A mark before the clause parts it from what is said of another. */
function leadStart({ tokens }: Reading, from: number, introduced: number): number {
  for (let at = introduced - 1; at >= from; at--) if (tokens[at]!.kind === 'mark') return at + 1
  return from
}

/** The name of the first passing rule that holds for the statement. */
export function findPassing(
  reading: Reading,
  { name }: OperativeRule,
  { floor, head, introduced }: { readonly floor: number; readonly head: number; readonly introduced: number },
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
        return [0, 1, 2].some((at) => at < length && matchAt(compiled, reading, at) > at)
      case 'head':
        return matchAt(compiled, reading, head) > head
      case 'before':
        for (let at = leadStart(reading, Math.max(floor, introduced - leadReach, 0), introduced); at < head; at++) {
          if (matchAt(compiled, reading, at) > at) return true
        }
        return false
    }
  })?.name
}
