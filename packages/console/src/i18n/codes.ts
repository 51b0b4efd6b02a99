// The words for coded values: the mechanism's own in the language of the page, and the console's for problems, clocks and
// what can be done. A code without a word is spelled out, because a newer node may know more codes than this page.

import type { ApiProblemCode } from '@parley/api/client'
import { useMemo } from 'react'
import { useMessages } from 'use-intl'
import { problemAdvice } from './problem-advice.ts'
import type { Locale } from './locale.ts'
import { formatShown } from '../ui/untrusted-text.ts'
import { useLanguage } from './provider.tsx'

/** Message keys cannot hold a full stop: there it means nesting. */
export type KeyOf<Code extends string> = Code extends `${infer Head}.${infer Rest}` ? `${Head}_${KeyOf<Rest>}` : Code

export interface ProblemWords {
  readonly happened: string
  readonly safe: string
  readonly next: string
}

export interface Codes {
  /** A code of one of the mechanism's lists, as a label. */
  readonly word: (list: string, code: string) => string
  /** Several codes of one list, in the order given. */
  readonly words: (list: string, codes: readonly string[]) => string
  /** As `words`, for use inside a sentence. */
  readonly inline: (list: string, codes: readonly string[]) => string
  /** A type of entry, as what was done. */
  readonly act: (type: string) => string
  /** A type of entry, as what somebody can do. */
  readonly deed: (type: string) => string
  /** What an act does, for somebody about to do it; undefined where its name says it. */
  readonly explanation: (type: string) => string | undefined
  /** The name of a field of an entry's data. */
  readonly field: (name: string) => string
  /** What to put into a field, where that is not plain. */
  readonly hint: (name: string) => string | undefined
  /** What a clock counts to. */
  readonly clock: (what: string) => string
  readonly problem: (code: ApiProblemCode | 'console.failed') => ProblemWords
  /** Why a rule or the record refused something, or why a link failed. */
  readonly reason: (code: string) => string
}

function keyOf(code: string): string {
  return code.replaceAll('.', '_')
}

/** `nothing-found` as it would be read aloud. */
function spell(code: string): string {
  return formatShown(code.replaceAll(/[.-]/g, ' '))
}

/** A word at the head of a label: languages with capitals begin it with one. */
export function capitalise(text: string, locale: Locale): string {
  const [first = ''] = text
  return first.toLocaleUpperCase(locale) + text.slice(first.length)
}

export function useCodes(): Codes {
  const messages = useMessages()
  const { locale, words } = useLanguage()
  return useMemo(() => {
    const deeds: Readonly<Record<string, string>> = messages.deeds
    const explanations: Readonly<Record<string, string>> = messages.explanations
    const hints: Readonly<Record<string, string>> = messages.hints
    const reasons: Readonly<Record<string, string>> = messages.reasons
    const word = (key: string, code: string) => (Object.hasOwn(words, key) ? words[key]! : spell(code))
    const join = (list: string, codes: readonly string[]) =>
      codes.map((code) => word(`${list}.${code}`, code)).join(messages.ui.comma)
    const label = (key: string, code: string) => capitalise(word(key, code), locale)
    return {
      word: (list, code) => label(`${list}.${code}`, code),
      words: (list, codes) => capitalise(join(list, codes), locale),
      inline: join,
      act: (type) => label(`type.${type}`, type),
      deed: (type) => deeds[keyOf(type)] ?? label(`type.${type}`, type),
      explanation: (type) => explanations[keyOf(type)],
      field: (name) => label(`field.${name}`, name),
      hint: (name) => hints[name],
      clock: (what) => label(`clock.${what}`, what),
      problem: (code) => {
        const advice = problemAdvice[code] ?? problemAdvice['console.failed']
        const { happened, safe, next } = messages.problems
        const said: Readonly<Record<string, string>> = happened
        return {
          happened: said[keyOf(code)] ?? happened.console_failed,
          safe: safe[advice.safe],
          next: next[advice.next],
        }
      },
      reason: (code) => reasons[keyOf(code)] ?? label(code, code),
    }
  }, [messages, locale, words])
}
