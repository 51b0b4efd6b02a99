// Every English word but those for why a pack is refused, for a reader who needs no other language.

import { en } from './en.ts'
import { enCodes } from './en-codes.ts'
import { enReasons } from './en-reasons.ts'
import type { PackReasonKey, WordKey } from './keys.ts'

export const words: Readonly<Record<Exclude<WordKey, PackReasonKey>, string>> = { ...en, ...enCodes, ...enReasons }
