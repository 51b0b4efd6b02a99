// Many patterns at once: each word is asked once which of them could begin with it, and most begin none.

import { compilePattern, matchAt } from './pattern.ts'
import type { Pattern, Reading } from './pattern.ts'

/** A text of chosen words must not fill the memory: words beyond so many are asked anew. */
const wordsMax = 20_000

interface Compiled<R> {
  readonly rule: R
  readonly pattern: Pattern
}

export interface PatternIndex<R> {
  /** The first rule of the list that stands at a token, and where its words end. */
  find(reading: Reading, at: number): { readonly rule: R; readonly end: number } | undefined
}

/** Makes an index over rules of one lexicon. */
export function createPatternIndex<R extends { readonly pattern: string }>(list: readonly R[]): PatternIndex<R> {
  const all: readonly Compiled<R>[] = list.map((rule) => ({ rule, pattern: compilePattern(rule.pattern) }))
  const byWord = new Map<string, readonly Compiled<R>[]>()

  function candidates({ classes, tokens }: Reading, at: number): readonly Compiled<R>[] {
    const token = tokens[at]!
    // Numbers are endless, and of one kind.
    const key = token.kind === 'number' ? '#' : token.word
    const known = byWord.get(key)
    if (known !== undefined) return known
    const possible = all.filter(({ pattern }) => {
      for (const element of pattern.elements) {
        if (element.kind === 'gap' || element.test(token, classes[at]!)) return true
        if (element.min > 0) return false
      }
      return false
    })
    if (byWord.size < wordsMax) byWord.set(key, possible)
    return possible
  }

  return {
    find(reading, at) {
      for (const { pattern, rule } of candidates(reading, at)) {
        const end = matchAt(pattern, reading, at)
        if (end > at) return { rule, end }
      }
      return undefined
    },
  }
}
