import { expect, test } from 'vitest'
import { codeLists } from '../codes.ts'
import { listFields } from '../shape-description.ts'
import { entryTypes } from '../table.ts'
import { fieldNames } from './keys.ts'
import { wordKeys, wordLanguages, wordOf } from './words.ts'

test('[WD1] every code, type and field has a word in every language', () => {
  const keys = [
    ...Object.entries(codeLists).flatMap(([list, values]) => values.map((value) => `${list}.${value}`)),
    ...entryTypes.map(({ type }) => `type.${type}`),
    ...entryTypes.flatMap(({ shape }) => {
      return listFields(shape).map(({ pointer }) => `field.${pointer.split('/').at(-1)!}`)
    }),
  ]
  for (const language of wordLanguages) for (const key of keys) expect(wordOf(language, key)).not.toBe('')
})

test('[WD1] the names of fields are those of the types', () => {
  const used = entryTypes.flatMap(({ shape }) => listFields(shape).map(({ pointer }) => pointer.split('/').at(-1)!))
  expect([...new Set(used)].sort()).toEqual([...fieldNames].sort())
})

test('[WD2] words are words: no key, no space at an end, Chinese in Chinese', () => {
  expect(wordKeys.length).toBeGreaterThan(350)
  for (const key of wordKeys) {
    for (const language of wordLanguages) {
      const word = wordOf(language, key)
      expect(word).toBe(word.trim())
      expect(word).not.toBe(key)
    }
    expect(wordOf('zh-Hans', key)).toMatch(/\p{Script=Han}/u)
    expect(wordOf('en', key)).not.toMatch(/\p{Script=Han}/u)
  }
})

test('[WD2] no two codes of a list have the same word', () => {
  for (const language of wordLanguages) {
    for (const [list, values] of Object.entries(codeLists)) {
      const words = values.map((value) => wordOf(language, `${list}.${value}`))
      expect([language, list, new Set(words).size]).toEqual([language, list, words.length])
    }
  }
})

test('[WD3] a key without a word is refused', () => {
  for (const key of ['urgency.leisurely', 'constructor', '__proto__', '']) {
    expect(() => wordOf('en', key)).toThrowError(expect.objectContaining({ code: 'word.unknown' }))
  }
})
