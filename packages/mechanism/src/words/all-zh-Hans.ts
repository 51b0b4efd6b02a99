// Every Chinese word but those for why a pack is refused, for a reader who needs no other language.

import type { PackReasonKey, WordKey } from './keys.ts'
import { zhHans } from './zh-Hans.ts'
import { zhHansCodes } from './zh-Hans-codes.ts'
import { zhHansReasons } from './zh-Hans-reasons.ts'

export const words: Readonly<Record<Exclude<WordKey, PackReasonKey>, string>> = {
  ...zhHans,
  ...zhHansCodes,
  ...zhHansReasons,
}
