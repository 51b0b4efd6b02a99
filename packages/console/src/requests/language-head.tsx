// The head of a text: its language by its own name, and whether it is the original.

import { useTranslations } from 'use-intl'
import { Untrusted } from '../ui/untrusted.tsx'

/** A language's own name, or its tag where the browser knows none. */
export function nameLanguage(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language', languageDisplay: 'standard' }).of(language) ?? language
  } catch {
    return language
  }
}

export function LanguageHead(props: {
  readonly language: string
  readonly role: 'original' | 'translation' | undefined
  readonly by?: string | undefined
}) {
  const t = useTranslations('body')
  return (
    <>
      <span lang={props.language}>{nameLanguage(props.language)}</span>
      {props.role === undefined ? null : <> · {t(props.role)}</>}
      {props.by === undefined ? null : (
        <>
          {' '}
          · <Untrusted>{props.by}</Untrusted>
        </>
      )}
    </>
  )
}
