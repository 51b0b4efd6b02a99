// Every Chinese word, for a reader who needs no other language.

import type { WordKey } from './keys.ts'
import { zhHans } from './zh-Hans.ts'
import { zhHansCodes } from './zh-Hans-codes.ts'
import { zhHansReasons } from './zh-Hans-reasons.ts'

export const words: Readonly<Record<WordKey, string>> = { ...zhHans, ...zhHansCodes, ...zhHansReasons }
