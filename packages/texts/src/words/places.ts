// Every place where one of several rules stands in a reading. A place that one rule took is no other's.

import type { Range } from '../range.ts'
import type { Reading } from './pattern.ts'
import type { PatternIndex } from './pattern-index.ts'

/** A condition goes on to the mark that ends its clause, or so many tokens. */
const clauseTokensMax = 24

export interface Place<R> {
  readonly rule: R
  readonly range: Range
}

/** `clause` takes the rest of the clause along with the words of the pattern. */
export function listPatternPlaces<R>(
  index: PatternIndex<R>,
  reading: Reading,
  extent: 'words' | 'clause' = 'words',
): readonly Place<R>[] {
  const { tokens } = reading
  const places: Place<R>[] = []
  for (let at = 0; at < tokens.length;) {
    const found = index.find(reading, at)
    if (found === undefined) {
      at += 1
      continue
    }
    let last = found.end
    while (
      extent === 'clause' &&
      last < tokens.length &&
      last - found.end < clauseTokensMax &&
      !/^[,;.:。]$/.test(tokens[last]!.word)
    ) {
      last += 1
    }
    places.push({ rule: found.rule, range: { start: tokens[at]!.start, end: tokens[last - 1]!.end } })
    at = last
  }
  return places
}
