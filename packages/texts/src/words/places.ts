// Every place where one of several rules stands in a reading. A place that one rule took is no other's.

import type { Range } from '../range.ts'
import { compilePattern, matchAt } from './pattern.ts'
import type { Reading } from './pattern.ts'

/** A condition goes on to the mark that ends its clause, or so many tokens. */
const clauseTokensMax = 24

export interface Place<R> {
  readonly rule: R
  readonly range: Range
}

/** `clause` takes the rest of the clause along with the words of the pattern. */
export function listPatternPlaces<R extends { readonly pattern: string }>(
  rules: readonly R[],
  reading: Reading,
  extent: 'words' | 'clause' = 'words',
): readonly Place<R>[] {
  const { tokens } = reading
  const places: Place<R>[] = []
  for (let at = 0; at < tokens.length;) {
    let next = at + 1
    for (const rule of rules) {
      const end = matchAt(compilePattern(rule.pattern), reading, at)
      if (end <= at) continue
      let last = end
      while (
        extent === 'clause' &&
        last < tokens.length &&
        last - end < clauseTokensMax &&
        !/^[,;.:。]$/.test(tokens[last]!.word)
      )
        last += 1
      places.push({ rule, range: { start: tokens[at]!.start, end: tokens[last - 1]!.end } })
      next = last
      break
    }
    at = next
  }
  return places
}
