// The two message files as types: English rules the keys and the arguments, and `Translation` makes a missing or a
// superfluous key in the other language a compile error.

import type { caseWords } from './en/case.ts'
import type { evidence } from './en/evidence.ts'
import type en from './en/index.ts'
import type { people } from './en/people.ts'
import type { formatLocales, Locale } from './locale.ts'

export type Messages = typeof en

/** What comes with the pages that need it: inside `createPageWords` only. */
export type LaterMessages = typeof evidence & typeof caseWords & typeof people

/** The same tree of keys, any text. */
export type Translation<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Translation<Tree[Key]>
}

declare module 'use-intl' {
  interface AppConfig {
    Locale: (typeof formatLocales)[Locale]
    Messages: Messages & LaterMessages
  }
}

/** All that is said in one language: the console's messages, and the mechanism's words by their keys. */
export interface Wording {
  readonly messages: Messages
  readonly words: Readonly<Record<string, string>>
}

/** Loads one language; each is in files of its own in the build. */
export async function loadWording(locale: Locale): Promise<Wording> {
  switch (locale) {
    case 'en': {
      const [messages, { words }] = await Promise.all([import('./en/index.ts'), import('@parley/mechanism/words/en')])
      return { messages: messages.default, words }
    }
    case 'zh-Hans': {
      const [messages, { words }] = await Promise.all([
        import('./zh-hans/index.ts'),
        import('@parley/mechanism/words/zh-Hans'),
      ])
      return { messages: messages.default as Messages, words }
    }
  }
}
