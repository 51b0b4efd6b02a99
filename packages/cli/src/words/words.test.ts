import { expect, test } from 'vitest'
import { en } from './en.ts'
import type { WordKey } from './en.ts'
import { chooseLanguage, sayIn } from './words.ts'
import { zhHans } from './zh-hans.ts'

const keys = Object.keys(en) as WordKey[]
const holes = (text: string): string[] => [...text.matchAll(/\{([a-z]+)\}/gi)].map((match) => match[1]!).sort()

test.each(keys)('%s has the same holes in both languages', (key) => {
  expect(holes(zhHans[key])).toEqual(holes(en[key]))
  expect(zhHans[key]).not.toBe('')
})

test('Chinese sentences are Chinese', () => {
  const latin = keys.filter((key) => !/\p{Script=Han}/u.test(zhHans[key]))
  expect(latin).toEqual(['text.proposal', 'text.reason', 'show.entry'])
})

test('holes are filled, and what fills them is not read again', () => {
  expect(sayIn('en')('written', { file: '{file}' })).toBe('written: {file}')
  expect(sayIn('zh-Hans')('written', { file: 'x' })).toBe('已写出：x')
})

test.each([
  ['zh-Hans', {}, 'zh-Hans'],
  ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
  [undefined, { LANG: 'zh_CN.UTF-8' }, 'zh-Hans'],
  [undefined, { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
  [undefined, {}, 'en'],
  ['fr', { LANG: 'zh_CN' }, 'zh-Hans'],
] as const)('asked for %s in %j it is %s', (asked, env, language) => {
  expect(chooseLanguage(asked, env)).toBe(language)
})
