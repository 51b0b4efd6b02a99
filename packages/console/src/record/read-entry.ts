// The entry that some bytes are. Pages show what they read here, from the bytes that are checked beside it, and not what a
// node says of them.

import { parseBase64, parseEntry, RecordError } from '@parley/record'
import type { Entry } from '@parley/record'

/** Undefined where the bytes are no entry. */
export function readEntry(base64: string): Entry | undefined {
  try {
    return parseEntry(parseBase64(base64))
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}
