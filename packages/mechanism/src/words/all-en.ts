// Every English word, for a reader who needs no other language.

import { en } from './en.ts'
import { enCodes } from './en-codes.ts'
import { enReasons } from './en-reasons.ts'
import type { WordKey } from './keys.ts'

export const words: Readonly<Record<WordKey, string>> = { ...en, ...enCodes, ...enReasons }
