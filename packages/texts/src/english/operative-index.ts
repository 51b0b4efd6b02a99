// Which operative rule begins at a token. Each word is asked once which rules could begin with it; most begin none.

import type { OperativeRule } from '../rule.ts'
import { compilePattern, matchAt } from '../words/pattern.ts'
import type { Pattern, Reading } from '../words/pattern.ts'
import { englishOperativeRules } from './operative-rules.ts'

const rules: readonly { readonly rule: OperativeRule; readonly pattern: Pattern }[] = englishOperativeRules.map(
  (rule) => ({
    rule,
    pattern: compilePattern(rule.pattern),
  }),
)
const none: typeof rules = []
const byWord = new Map<string, typeof rules>()

/** The first rule of the list that matches at the token, and where its words end. */
export function findOperative(
  reading: Reading,
  at: number,
): { readonly rule: OperativeRule; readonly end: number } | undefined {
  for (const { pattern, rule } of candidates(reading, at)) {
    const end = matchAt(pattern, reading, at)
    if (end > at) return { rule, end }
  }
  return undefined
}

/** A text of chosen words must not fill the memory: words beyond so many are asked anew. */
const wordsMax = 20_000

function candidates({ classes, tokens }: Reading, at: number): typeof rules {
  const token = tokens[at]!
  if (token.kind !== 'word') return none
  const known = byWord.get(token.word)
  if (known !== undefined) return known
  const list = rules.filter(({ pattern: { elements } }) => {
    const [first] = elements
    return first !== undefined && first.kind === 'one' && (first.min === 0 || first.test(token, classes[at]!))
  })
  if (byWord.size < wordsMax) byWord.set(token.word, list)
  return list
}
