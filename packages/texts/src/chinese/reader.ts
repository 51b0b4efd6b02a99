// Chinese, as the text reader asks of a language.

import type { LanguageReader } from '../reader.ts'
import { readChineseTimes } from '../time/chinese-times.ts'
import { listPatternPlaces } from '../words/places.ts'
import { chineseConditionRules, chineseQualifierRules } from './qualifier-rules.ts'
import { readChinese, readChineseItem, readChineseSentence } from './read-sentence.ts'

export const chineseReader: LanguageReader = {
  readSentence: readChineseSentence,
  readItem: readChineseItem,
  readTimes: readChineseTimes,
  listQualifiers(text, range) {
    return listPatternPlaces(chineseQualifierRules, readChinese(text, range)).map(({ range: place, rule }) => ({
      code: rule.code,
      range: place,
    }))
  },
  listConditions(text, range) {
    return listPatternPlaces(chineseConditionRules, readChinese(text, range), 'clause').map(({ range: place }) => place)
  },
  findHosts(text, range) {
    const turn = /轮流|交替|轮值|互为东道/u.exec(text.slice(range.start, range.end))
    return turn === null
      ? undefined
      : { start: range.start + turn.index, end: range.start + turn.index + turn[0].length }
  },
}
