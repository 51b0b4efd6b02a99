// The words for every code in each language. A code is what is recorded; a word is only how it is shown.

import { MechanismError } from '../error.ts'
import { words as en } from './all-en.ts'
import { words as zhHans } from './all-zh-Hans.ts'
import { enPackReasons } from './en-pack-reasons.ts'
import type { WordKey } from './keys.ts'
import { zhHansPackReasons } from './zh-Hans-pack-reasons.ts'

/** The languages that there are words in. */
export const wordLanguages = ['en', 'zh-Hans'] as const
export type WordLanguage = (typeof wordLanguages)[number]

const words: Readonly<Record<WordLanguage, Readonly<Record<WordKey, string>>>> = {
  en: { ...en, ...enPackReasons },
  'zh-Hans': { ...zhHans, ...zhHansPackReasons },
}

/** Every key there is a word for, sorted. */
export const wordKeys: readonly WordKey[] = (Object.keys(words.en) as WordKey[]).sort()

/**
 * The word for a code: `refusalGround.sovereignty`, `type.request.opened`, or the code of a reason. The key may come from
 * outside, so it is any string.
 *
 * @throws MechanismError `word.unknown`
 */
export function wordOf(language: WordLanguage, key: WordKey | (string & {})): string {
  if (!Object.hasOwn(words[language], key)) throw new MechanismError('word.unknown', `there is no word for ${key}`)
  return words[language][key as WordKey]
}
