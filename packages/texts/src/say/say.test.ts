import { expect, test } from 'vitest'
import { readText } from '../read-text.ts'
import { en } from './en.ts'
import type { TextWordKey } from './en.ts'
import { sayTimeRule, textWord } from './say.ts'
import { zhHans } from './zh-hans.ts'

const holes = (words: string): readonly string[] =>
  [...words.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1]!).sort()

test.each(Object.keys(en) as TextWordKey[])('[TE20] %s has the same holes in both languages', (key) => {
  expect(holes(zhHans[key])).toEqual(holes(en[key]))
  expect(textWord('zh-Hans', key)).toMatch(/\p{Script=Han}|^/u)
})

test('[TE20] a time rule is said in both languages', () => {
  const [once, twice] = readText('The mechanism is to meet once before the end of 2015, and twice per year thereafter.')
    .proposals[0]!.times
  expect(sayTimeRule('en', once!)).toBe('1 time(s) by 2015-12-31')
  expect(sayTimeRule('zh-Hans', once!)).toBe('2015-12-31前1次')
  expect(sayTimeRule('en', twice!)).toBe('thereafter 2 time(s) every 1 years')
  expect(sayTimeRule('zh-Hans', twice!)).toBe('此后每1年2次')
})
