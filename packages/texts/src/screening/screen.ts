// Screening: marks the words of a measure's text that raise a question under a criterion. Each hit names its rule and the words; it
// is never a verdict.

import { chineseWords } from '../chinese/words.ts'
import { englishVerbs, irregularPast } from '../english/verbs.ts'
import { englishWords } from '../english/words.ts'
import { TextsError } from '../error.ts'
import type { Range } from '../range.ts'
import { textLengthMax } from '../read-text.ts'
import { readBlocks } from '../structure/blocks.ts'
import { findLanguage, isMostlyHan } from '../structure/language.ts'
import { splitSentences } from '../structure/sentences.ts'
import { foldTraditional } from '../structure/traditional.ts'
import { createLexicon } from '../words/lexicon.ts'
import type { Lexicon } from '../words/lexicon.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { compilePattern, findPattern, readClasses } from '../words/pattern.ts'
import type { Pattern, Reading } from '../words/pattern.ts'
import { readTokens } from '../words/tokens.ts'
import { chineseScreeningRules } from './chinese-rules.ts'
import type { ScreeningCriterion } from './criteria.ts'
import { englishScreeningRules } from './english-rules.ts'
import type { ScreeningRule } from './screening-rule.ts'

/** A text with more hits is marked up to this one. */
export const screeningHitsMax = 20_000

export interface ScreeningHit {
  readonly rule: string
  readonly criterion: ScreeningCriterion
  /** The words that raise the question, and the sentence that they stand in. */
  readonly range: Range
  readonly sentence: Range
}

interface Compiled extends ScreeningRule {
  readonly beside: readonly Pattern[]
  readonly answered: readonly Pattern[]
}

const compile = (rules: readonly ScreeningRule[]): readonly Compiled[] =>
  rules.map((rule) => ({
    ...rule,
    beside: (rule.context ?? []).map(compilePattern),
    answered: (rule.except ?? []).map(compilePattern),
  }))

const english = compile(englishScreeningRules)
const chinese = compile(chineseScreeningRules)
const indexes = {
  english: english.map((rule) => createPatternIndex([rule])),
  chinese: chinese.map((rule) => createPatternIndex([rule])),
}
const englishLexicon = createLexicon(englishWords, englishVerbs, irregularPast)
/** Split at the words that the screening rules name, and at no others but the plain ones. */
const chineseLexicon: Lexicon = createLexicon({
  // Longer numbers, so that 九十日 is not read as 十日.
  plain: `${chineseWords['plain']!} 三十 四十 四十五 五十 六十 七十 八十 九十 一百 一百二十`,
  named: chineseScreeningRules
    .flatMap(({ context = [], except = [], pattern }) => [pattern, ...context, ...except])
    .join(' ')
    .split(/[ /]/)
    .map((part) => part.replace(/[?*]$/, ''))
    .filter((part) => /^[\u4e00-\u9fff]+$/u.test(part))
    .join(' '),
})

/** The words of a measure that raise a question. @throws TextsError as `readText` does */
export function screenText(text: string): readonly ScreeningHit[] {
  if (text.length > textLengthMax)
    throw new TextsError('text.long', `the text is longer than ${textLengthMax} characters`)
  const folded = findLanguage(text) === 'zh-Hant' ? foldTraditional(text) : text
  const hits: ScreeningHit[] = []
  for (const block of readBlocks(folded)) {
    if (block.kind === 'heading') continue
    for (const sentence of splitSentences(folded, block.range)) {
      if (hits.length >= screeningHitsMax) return hits
      hits.push(...screenSentence(folded, sentence))
    }
  }
  return hits
}

function screenSentence(text: string, sentence: Range): readonly ScreeningHit[] {
  const han = isMostlyHan(text.slice(sentence.start, sentence.end))
  const reading = han
    ? readClasses(
        readTokens(text, sentence, (at, end) => chineseLexicon.longestAt(text, at, end)),
        chineseLexicon,
      )
    : readClasses(readTokens(text, sentence), englishLexicon)
  const [rules, found] = han ? [chinese, indexes.chinese] : [english, indexes.english]
  const { length } = reading.tokens
  return rules.flatMap((rule, i): readonly ScreeningHit[] => {
    for (let at = 0; at < length; at++) {
      const hit = found[i]!.find(reading, at)
      if (hit === undefined) continue
      if (rule.beside.length > 0 && !stands(rule.beside, reading)) return []
      if (stands(rule.answered, reading)) return []
      const range = { start: reading.tokens[at]!.start, end: reading.tokens[hit.end - 1]!.end }
      return [{ rule: rule.name, criterion: rule.criterion, range, sentence }]
    }
    return []
  })
}

function stands(patterns: readonly Pattern[], reading: Reading): boolean {
  return patterns.some((pattern) => findPattern(pattern, reading, 0, reading.tokens.length) !== undefined)
}
