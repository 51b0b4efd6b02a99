// What an entry says of a sealed file, counted up as its bytes go by: digest, root of the pieces, length. It holds a hash for
// each piece of 1 MiB and nothing of the file.

import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { pieceBytes, pieceRoot } from '@parley/record'
import type { Crypto } from '@parley/record'

export interface SealedFacts {
  /** SHA-256 of the sealed file, hexadecimal. */
  readonly ciphertext: string
  /** Root of its pieces, hexadecimal. */
  readonly pieces: string
  readonly bytes: number
  /** The hashes of the pieces, 32 bytes each, in order. */
  readonly hashes: readonly Uint8Array[]
}

export interface SealedTally {
  /** Bytes so far. */
  readonly bytes: number
  add(sealed: Uint8Array): void
  /** Ends the count; nothing is added after that. */
  end(): SealedFacts
}

export function createSealedTally(crypto: Crypto): SealedTally {
  const ciphertext = createHash('sha256')
  const hashes: Uint8Array[] = []
  let piece = createLeaf()
  let pieceLength = 0
  let bytes = 0

  function endPiece(): void {
    hashes.push(new Uint8Array(piece.digest()))
    piece = createLeaf()
    pieceLength = 0
  }

  return {
    get bytes() {
      return bytes
    },
    add(sealed) {
      ciphertext.update(sealed)
      bytes += sealed.length
      for (let at = 0; at < sealed.length;) {
        const part = sealed.subarray(at, at + pieceBytes - pieceLength)
        piece.update(part)
        pieceLength += part.length
        at += part.length
        if (pieceLength === pieceBytes) endPiece()
      }
    },
    end() {
      if (pieceLength > 0) endPiece()
      return { ciphertext: ciphertext.digest('hex'), pieces: pieceRoot(crypto, hashes).toHex(), bytes, hashes }
    },
  }
}

/** The hash of a leaf (RFC 6962 section 2.1) that is fed piece by piece. */
function createLeaf(): Hash {
  return createHash('sha256').update(Uint8Array.of(0))
}
