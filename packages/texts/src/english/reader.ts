// English, as the text reader asks of a language.

import type { LanguageReader } from '../reader.ts'
import { readEnglishTimes } from '../time/english-times.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { readClasses } from '../words/pattern.ts'
import { listPatternPlaces } from '../words/places.ts'
import { readTokens } from '../words/tokens.ts'
import { englishLexicon } from './lexicon.ts'
import { englishConditionRules, englishQualifierRules } from './qualifier-rules.ts'
import { readEnglishItem, readEnglishSentence } from './read-sentence.ts'

const qualifiers = createPatternIndex(englishQualifierRules)
const conditions = createPatternIndex(englishConditionRules)
const inTurn = /\b(?:alternat(?:ely|ing|e)|in turn|by turns?|take turns|rotat(?:e|es|ing|ional)|on a rotating basis)\b/i

export const englishReader: LanguageReader = {
  readSentence: readEnglishSentence,
  readItem: readEnglishItem,
  readTimes: readEnglishTimes,
  readDetails(text, range) {
    const reading = readClasses(readTokens(text, range), englishLexicon)
    const turn = inTurn.exec(text.slice(range.start, range.end))
    const start = range.start + (turn?.index ?? 0)
    return {
      qualifiers: listPatternPlaces(qualifiers, reading).map(({ range: place, rule }) => ({
        code: rule.code,
        range: place,
      })),
      conditions: listPatternPlaces(conditions, reading, 'clause').map(({ range: place }) => place),
      hosts: turn === null ? undefined : { start, end: start + turn[0].length },
    }
  },
}
