import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listWords, parseQuestion, questionWordsMax } from './words.ts'

describe('[SE1] words are cut and folded the same in both languages', () => {
  const cases: readonly [string, string, readonly string[]][] = [
    ['words of Latin', 'Preserve the LOGS, please.', ['preserve', 'the', 'logs', 'please']],
    ['accents and width', 'Café ＬＯＧ', ['cafe', 'log']],
    ['addresses', '192.0.2.7', ['192', '0', '2', '7']],
    ['Han by pairs and characters', '保全数据', ['保全', '全数', '数据', '保', '全', '数', '据']],
    ['one character', '请', ['请']],
    ['both in one run', 'IP地址', ['ip', '地址', '地', '址']],
    ['nothing', ' …。！', []],
  ]
  test.each(cases)('%s', (_, text, words) => {
    expect(listWords(text)).toEqual(words)
  })
})

test('[SE2] what somebody types is looked for as far as it goes', () => {
  expect(parseQuestion('server lo')).toEqual({ words: ['server'], prefix: 'lo' })
  expect(parseQuestion('服务器')).toEqual({ words: ['服务', '务器'], prefix: undefined })
  expect(parseQuestion('" OR ) *')).toEqual({ words: [], prefix: 'or' })
  expect(parseQuestion('()*"\'')).toBeUndefined()
  expect(parseQuestion(Array.from({ length: 50 }, (_, i) => `w${i}`).join(' '))?.words).toHaveLength(
    questionWordsMax - 1,
  )
})

test('[SE3] [T-39] nothing but letters and digits ever reaches an index, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const question = parseQuestion(text)
      for (const word of [...listWords(text), ...(question?.words ?? []), question?.prefix ?? 'a']) {
        expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      }
    }),
  )
})

test('[SE2] every part of a text finds it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('请', '保', '全', '数', '据', '服', '务', '器'), { minLength: 2, maxLength: 20 }),
      (characters) => {
        const words = new Set(listWords(characters.join('')))
        for (let end = 1; end <= characters.length; end++) {
          const question = parseQuestion(characters.slice(0, end).join(''))!
          for (const word of question.words) expect(words).toContain(word)
        }
      },
    ),
  )
})
