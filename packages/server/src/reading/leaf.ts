// One leaf of a log, parsed once: an entry with its digest, or bytes that are none.

import { entryDigest, parseEntry, RecordError } from '@parley/record'
import type { Crypto, Entry } from '@parley/record'
import { subjectOf } from '@parley/mechanism'

export interface Leaf {
  readonly bytes: Uint8Array
  /** Absent when the bytes are no entry; so is the digest (hexadecimal). */
  readonly entry?: Entry
  readonly digest?: string
  /** The subject that the entry names or founds, as far as its type is known. */
  readonly subject?: string
}

/** Reads the bytes of a leaf. What is no entry is still a leaf: it stays in the tree and means nothing. */
export function openLeaf(crypto: Crypto, bytes: Uint8Array): Leaf {
  try {
    const entry = parseEntry(bytes)
    const digest = entryDigest(crypto, entry)
    const found = subjectOf(entry, digest)
    return { bytes, entry, digest, ...(found.kind === 'subject' ? { subject: found.subject } : {}) }
  } catch (error) {
    if (error instanceof RecordError) return { bytes }
    throw error
  }
}
