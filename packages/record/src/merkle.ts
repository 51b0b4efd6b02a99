// The hashes of a Merkle tree by RFC 6962 section 2.1 (the same as RFC 9162 section 2.1.1), over SHA-256. It knows nothing
// of what an entry is, nor where hashes are kept.

import type { Crypto } from './crypto.ts'
import { concatBytes } from './bytes.ts'
import { RecordError } from './error.ts'

/** How long every hash of a tree is. */
export const hashBytes = 32

/** No size here exceeds 2^53 − 1, so no proof has more hashes than this (the limit of c2sp.org/tlog-witness). */
export const proofHashesMax = 63

// The hash function is handed views of these two, which change with the next call: it must keep no reference to its input.
const nodeScratch = new Uint8Array(1 + 2 * hashBytes)
nodeScratch[0] = 1
const leafScratch = new Uint8Array(1 + 65_535)

/** The root of the tree without entries: the SHA-256 of nothing. */
export function emptyRoot(crypto: Crypto): Uint8Array {
  return crypto.sha256(new Uint8Array(0))
}

/** The hash of one entry as a leaf: SHA-256(0x00 ‖ entry). */
export function leafHash(crypto: Crypto, entry: Uint8Array): Uint8Array {
  if (entry.length >= leafScratch.length) return crypto.sha256(concatBytes(Uint8Array.of(0), entry))
  leafScratch.set(entry, 1)
  return crypto.sha256(leafScratch.subarray(0, 1 + entry.length))
}

/** The hash over two hashes of 32 bytes, which the caller has checked: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(crypto: Crypto, left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeScratch.set(left, 1)
  nodeScratch.set(right, 1 + hashBytes)
  return crypto.sha256(nodeScratch)
}

/**
 * The root over a power of two of neighbouring hashes that lie in one byte string, `count` of them from the hash at
 * position `from`.
 */
export function perfectRoot(crypto: Crypto, hashes: Uint8Array, from: number, count: number): Uint8Array {
  if (count === 1) return hashes.slice(from * hashBytes, (from + 1) * hashBytes)
  const row = new Uint8Array((count / 2) * hashBytes)
  let source = hashes.subarray(from * hashBytes, (from + count) * hashBytes)
  for (let width = count / 2; width >= 1; width /= 2) {
    for (let i = 0; i < width; i++) {
      nodeScratch.set(source.subarray(2 * i * hashBytes, 2 * (i + 1) * hashBytes), 1)
      row.set(crypto.sha256(nodeScratch), i * hashBytes)
    }
    source = row
  }
  return row.slice(0, hashBytes)
}

/** @throws RecordError `tree.size` unless the number is a whole one from 0 to 2^53 − 1. */
export function checkSize(size: number): void {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new RecordError('tree.size', 'a size or index of a tree is a whole number from 0 to 2^53 − 1')
  }
}

/** @throws RecordError `tree.hash` unless each is 32 bytes. */
export function checkHashes(...hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== hashBytes)) {
    throw new RecordError('tree.hash', `a hash of a tree is ${hashBytes} bytes`)
  }
}
