// Where a command speaks: lines on standard output and on standard error, in the person's language. Everything is made
// plain here, so that no command has to think of it.

import { plainJson, plainText } from './plain.ts'
import type { Language } from './words/words.ts'
import { sayIn } from './words/words.ts'
import type { Say } from './words/words.ts'

export interface Terminal {
  readonly language: Language
  readonly say: Say
  /** Prints on standard output. */
  print(text: string): void
  /** Prints on standard error. */
  warn(text: string): void
  /** Prints the value as one line of JSON when that is asked for, else the lines. */
  answer(isJson: boolean, value: unknown, lines: () => readonly string[]): void
}

export function openTerminal(language: Language): Terminal {
  const print = (text: string): void => void process.stdout.write(`${plainText(text)}\n`)
  return {
    language,
    say: sayIn(language),
    print,
    warn: (text) => void process.stderr.write(`${plainText(text)}\n`),
    answer(isJson, value, lines) {
      if (isJson) process.stdout.write(`${plainJson(value)}\n`)
      else for (const line of lines()) print(line)
    },
  }
}
