// Entries as the simulation reads them out of leaves, each once: the core asks often which body an entry commits to.

import { parseEntry, RecordError, type Entry } from '@parley/record'
import type { CoreTools } from '@parley/record/core'
import { stubCrypto } from './stub-crypto.ts'

const cache = new WeakMap<Uint8Array, Entry | null>()

/** The entry in a leaf's bytes, or null when they are none. */
export function readEntry(bytes: Uint8Array): Entry | null {
  let entry = cache.get(bytes)
  if (entry === undefined) {
    try {
      entry = parseEntry(bytes)
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      entry = null
    }
    cache.set(bytes, entry)
  }
  return entry
}

/** What the core is given in every simulated node. */
export const coreTools: CoreTools = {
  crypto: stubCrypto,
  bodyOf: (bytes) => readEntry(bytes)?.body?.ciphertext,
}
