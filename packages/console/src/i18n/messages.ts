// The two message files as types: English rules the keys and the arguments, and `Translation` makes a missing or a
// superfluous key in the other language a compile error.

import type en from './en/index.ts'
import type { formatLocales, Locale } from './locale.ts'

export type Messages = typeof en

/** The same tree of keys, any text. */
export type Translation<Tree> = {
  readonly [Key in keyof Tree]: Tree[Key] extends string ? string : Translation<Tree[Key]>
}

declare module 'use-intl' {
  interface AppConfig {
    Locale: (typeof formatLocales)[Locale]
    Messages: Messages
  }
}

/** Loads one language's messages; each is a file of its own in the build. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  switch (locale) {
    case 'en':
      return (await import('./en/index.ts')).default
    case 'zh-Hans':
      return (await import('./zh-hans/index.ts')).default as Messages
  }
}
