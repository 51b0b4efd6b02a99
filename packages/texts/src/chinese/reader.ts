// Chinese, as the text reader asks of a language.

import type { LanguageReader } from '../reader.ts'
import { readChineseTimes } from '../time/chinese-times.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { listPatternPlaces } from '../words/places.ts'
import { chineseConditionRules, chineseQualifierRules } from './qualifier-rules.ts'
import { readChinese, readChineseItem, readChineseSentence } from './read-sentence.ts'

const qualifiers = createPatternIndex(chineseQualifierRules)
const conditions = createPatternIndex(chineseConditionRules)

export const chineseReader: LanguageReader = {
  readSentence: readChineseSentence,
  readItem: readChineseItem,
  readTimes: readChineseTimes,
  readDetails(text, range) {
    const reading = readChinese(text, range)
    const turn = /轮流|交替|轮值|互为东道/u.exec(text.slice(range.start, range.end))
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
