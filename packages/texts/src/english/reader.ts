// English, as the text reader asks of a language.

import type { Qualifier } from '../proposal.ts'
import type { Range } from '../range.ts'
import type { LanguageReader } from '../reader.ts'
import { listPatternPlaces } from '../words/places.ts'
import { readEnglishTimes } from '../time/english-times.ts'
import { readTokens } from '../words/tokens.ts'
import { readClasses } from '../words/pattern.ts'
import type { Reading } from '../words/pattern.ts'
import { englishLexicon } from './lexicon.ts'
import { englishConditionRules, englishQualifierRules } from './qualifier-rules.ts'
import { readEnglishItem, readEnglishSentence } from './read-sentence.ts'

const read = (text: string, range: Range): Reading => readClasses(readTokens(text, range), englishLexicon)

export const englishReader: LanguageReader = {
  readSentence: readEnglishSentence,
  readItem: readEnglishItem,
  readTimes: readEnglishTimes,
  listQualifiers(text, range): readonly Qualifier[] {
    const reading = read(text, range)
    return listPatternPlaces(englishQualifierRules, reading).map(({ range: place, rule }) => ({
      code: rule.code,
      range: place,
    }))
  },
  listConditions(text, range) {
    const reading = read(text, range)
    return listPatternPlaces(englishConditionRules, reading, 'clause').map(({ range: place }) => place)
  },
  findHosts(text, range) {
    const turn =
      /\b(?:alternat(?:ely|ing|e)|in turn|by turns?|take turns|rotat(?:e|es|ing|ional)|on a rotating basis)\b/i.exec(
        text.slice(range.start, range.end),
      )
    return turn === null
      ? undefined
      : { start: range.start + turn.index, end: range.start + turn.index + turn[0].length }
  },
}
