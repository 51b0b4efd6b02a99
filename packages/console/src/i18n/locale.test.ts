import { expect, test } from 'vitest'
import { chooseLocale } from './locale.ts'

test.each([
  ['', [], 'en'],
  ['', ['fr-FR', 'zh-TW'], 'zh-Hans'],
  ['', ['en-GB', 'zh-CN'], 'en'],
  ['', ['ZH'], 'zh-Hans'],
  ['parley-language=zh-Hans', ['en'], 'zh-Hans'],
  ['a=b; parley-language=en; c=d', ['zh'], 'en'],
  ['parley-language=xx', ['zh'], 'zh-Hans'],
  ['not-parley-language=zh-Hans', ['en'], 'en'],
] as const)('cookies %j and browser languages %j give %s', (cookies, wanted, locale) => {
  expect(chooseLocale(cookies, wanted)).toBe(locale)
})
