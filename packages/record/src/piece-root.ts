// The root of the RFC 6962 tree over a long file in pieces of 1 MiB, computed as the file goes by: whoever has the hashes of
// the leaves knows of each piece when it comes whether it is the right one. It holds one hash for each level, not the file.

import type { Crypto } from './crypto.ts'
import { emptyRoot, leafHash, nodeHash } from './merkle.ts'

/** Bytes of every piece but the last. */
export const pieceBytes = 1024 * 1024

/** The leaf of one piece. */
export function pieceHash(crypto: Crypto, piece: Uint8Array): Uint8Array {
  return leafHash(crypto, piece)
}

/** The root over the hashes of all pieces, in order; 32 bytes each. */
export function pieceRoot(crypto: Crypto, hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes
  if (first === undefined) return emptyRoot(crypto)
  if (hashes.length === 1) return first
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(crypto, pieceRoot(crypto, hashes.slice(0, split)), pieceRoot(crypto, hashes.slice(split)))
}
