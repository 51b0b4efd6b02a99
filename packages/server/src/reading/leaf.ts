// One leaf of a log, parsed once and each of its signatures verified once: an entry with its digest, or bytes that are none.

import { approvalCountMax, leafEntryDigest, parseEntry, rememberVerifications, RecordError } from '@parley/record'
import type { Crypto, Entry } from '@parley/record'
import { subjectOf } from '@parley/mechanism'

/** An entry carries at most one receipt, which has one signature. */
const receiptsCarriedMax = 1

export interface Leaf {
  readonly bytes: Uint8Array
  /** Remembers what was verified of this leaf. */
  readonly crypto: Crypto
  /** Absent when the bytes are no entry. The digest is in hexadecimal. */
  readonly parsed?: { readonly entry: Entry; readonly digest: string }
  /** The subject that the entry names or founds, as far as its type is known. */
  readonly subject?: string
}

/** Reads the bytes of a leaf. What is no entry is still a leaf: it stays in the tree and means nothing. */
export type OpenLeaf = (bytes: Uint8Array) => Leaf

/**
 * Makes an `OpenLeaf` that reads the same bytes once, however often it is asked, for as long as somebody holds them. Bytes
 * that it was given must not be changed any more.
 */
export function createLeafOpener(crypto: Crypto): OpenLeaf {
  const opened = new WeakMap<Uint8Array, Leaf>()
  return (bytes) => {
    let leaf = opened.get(bytes)
    if (leaf === undefined) {
      leaf = openLeaf(crypto, bytes)
      opened.set(bytes, leaf)
    }
    return leaf
  }
}

function openLeaf(crypto: Crypto, bytes: Uint8Array): Leaf {
  const leaf = { bytes, crypto: rememberVerifications(crypto, approvalCountMax + receiptsCarriedMax) }
  try {
    const entry = parseEntry(bytes)
    const digest = leafEntryDigest(crypto, bytes, entry)
    const found = subjectOf(entry, digest)
    return { ...leaf, parsed: { entry, digest }, ...(found.kind === 'subject' ? { subject: found.subject } : {}) }
  } catch (error) {
    if (error instanceof RecordError) return leaf
    throw error
  }
}
