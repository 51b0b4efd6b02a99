// Words that come with the part that says them, so that the first load does not carry them.

import { useMemo } from 'react'
import { createTranslator } from 'use-intl/core'
import { formatLocales } from './locale.ts'
import type { Locale } from './locale.ts'
import type { Translation } from './messages.ts'
import { useLanguage } from './provider.tsx'

/** The words of a part in both languages; English rules the keys and the arguments. */
export type LateWords<Words> = { readonly en: Words } & { readonly [L in Exclude<Locale, 'en'>]: Translation<Words> }

/** Says the words in the language of the page. The tables must be the same value at every call. */
export function useLateWords<const Words extends Readonly<Record<string, string>>>(tables: LateWords<Words>) {
  const { locale } = useLanguage()
  return useMemo(
    () => createTranslator({ locale: formatLocales[locale], messages: tables[locale] as Words }),
    [locale, tables],
  )
}
