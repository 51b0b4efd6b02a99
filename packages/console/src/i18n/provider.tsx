// The language of the page: messages, React Aria's own strings, `lang` on the document, and the switch.

import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { IntlProvider } from 'use-intl'
import { ariaLocales, formatLocales, keepLocale } from './locale.ts'
import type { Locale } from './locale.ts'
import { loadWording } from './messages.ts'
import type { Wording } from './messages.ts'

interface Language {
  readonly locale: Locale
  readonly choose: (locale: Locale) => void
  /** The mechanism's words by their keys. */
  readonly words: Wording['words']
}

const LanguageContext = createContext<Language | undefined>(undefined)

/** The language of the page and how to change it. */
export function useLanguage(): Language {
  const language = useContext(LanguageContext)
  if (language === undefined) throw new Error('useLanguage stands outside LanguageProvider')
  return language
}

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Gives the tree a language; the caller has loaded the wording of the first one. */
export function LanguageProvider(props: { locale: Locale; wording: Wording; children: ReactNode }) {
  const [shown, setShown] = useState({ locale: props.locale, ...props.wording })

  const choose = useCallback((locale: Locale) => {
    keepLocale(locale)
    void loadWording(locale).then((wording) => setShown({ locale, ...wording }))
  }, [])

  useEffect(() => {
    document.documentElement.lang = shown.locale
  }, [shown.locale])

  const language = useMemo(
    () => ({ locale: shown.locale, words: shown.words, choose }),
    [shown.locale, shown.words, choose],
  )

  return (
    <LanguageContext value={language}>
      <IntlProvider locale={formatLocales[shown.locale]} messages={shown.messages} timeZone={timeZone}>
        <I18nProvider locale={ariaLocales[shown.locale]}>{props.children}</I18nProvider>
      </IntlProvider>
    </LanguageContext>
  )
}
