// Words that only some pages need: they come with those pages and not with the first load, in the language of the moment.

import { Suspense, use, useMemo } from 'react'
import type { ReactNode } from 'react'
import { IntlProvider, useMessages } from 'use-intl'
import { PendingPage } from '../app/pending-page.tsx'
import { formatLocales } from './locale.ts'
import type { Locale } from './locale.ts'
import type { LaterMessages, Messages, Translation } from './messages.ts'
import { useLanguage } from './provider.tsx'

type Later = Partial<Translation<LaterMessages>>
type Loaders = Readonly<Record<Locale, () => Promise<Later>>>

/** Makes a frame inside which the words are known. The loaders import the message files, one a language. */
export function createPageWords(load: Loaders): (props: { readonly children: ReactNode }) => ReactNode {
  const loaded = new Map<Locale, Promise<Later>>()

  function wordsOf(locale: Locale): Promise<Later> {
    const known = loaded.get(locale) ?? load[locale]()
    loaded.set(locale, known)
    // A link that failed is tried again the next time.
    known.catch(() => loaded.delete(locale))
    return known
  }

  function Words({ children }: { readonly children: ReactNode }) {
    const { locale } = useLanguage()
    const messages = useMessages()
    const later = use(wordsOf(locale))
    const all = useMemo(() => ({ ...messages, ...later }) as Messages & LaterMessages, [messages, later])
    return (
      <IntlProvider locale={formatLocales[locale]} messages={all}>
        {children}
      </IntlProvider>
    )
  }

  return function PageWords({ children }) {
    return (
      <Suspense fallback={<PendingPage />}>
        <Words>{children}</Words>
      </Suspense>
    )
  }
}
