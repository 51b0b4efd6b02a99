// The sentences of the command line in each language. Codes of the mechanism have their words there.

import { en } from './en.ts'
import type { WordKey } from './en.ts'
import { zhHans } from './zh-hans.ts'

export const languages = ['en', 'zh-Hans'] as const
export type Language = (typeof languages)[number]

export type Params = Readonly<Record<string, string | number>>
/** The sentence of a key, with what stands in its braces filled in. */
export type Say = (key: WordKey, params?: Params) => string

const tables: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, 'zh-Hans': zhHans }

export function sayIn(language: Language): Say {
  const table = tables[language]
  return (key, params = {}) =>
    table[key].replaceAll(/\{([a-z]+)\}/gi, (braces, name: string) =>
      Object.hasOwn(params, name) ? String(params[name]) : braces,
    )
}

/** The language that is asked for by name, or else that of the environment (`LC_ALL`, `LC_MESSAGES`, `LANG`). */
export function chooseLanguage(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const known = languages.find((language) => language === asked)
  if (known !== undefined) return known
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return /^zh/i.test(locale) ? 'zh-Hans' : 'en'
}
