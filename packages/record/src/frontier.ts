// The frontier of a growing tree: the roots of its perfect subtrees from left to right, which is all that appending and
// reading the root take. One hash for each bit that is set in the size.

import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { checkHashes, checkSize, emptyRoot, hashBytes, nodeHash } from './merkle.ts'

const sizeBytes = 8

/** A frontier changes when it is appended to; whoever wants to keep the old one takes a {@link Frontier.copy} before. */
export class Frontier {
  readonly #crypto: Crypto
  readonly #roots: Uint8Array[]
  #size: number

  private constructor(crypto: Crypto, size: number, roots: Uint8Array[]) {
    this.#crypto = crypto
    this.#size = size
    this.#roots = roots
  }

  /** The frontier of the tree without entries. */
  static empty(crypto: Crypto): Frontier {
    return new Frontier(crypto, 0, [])
  }

  /**
   * The frontier of `size` entries from the roots of its perfect subtrees, largest first.
   *
   * @throws RecordError `tree.size` when the size is none, or the number of roots is not that of its bits.
   * @throws RecordError `tree.hash` when a root is not 32 bytes.
   */
  static of(crypto: Crypto, size: number, roots: readonly Uint8Array[]): Frontier {
    checkSize(size)
    checkHashes(...roots)
    if (roots.length !== countBits(size)) {
      throw new RecordError('tree.size', 'a frontier has one root for each bit that is set in its size')
    }
    return new Frontier(
      crypto,
      size,
      roots.map((root) => root.slice()),
    )
  }

  /** How many entries the tree has. */
  get size(): number {
    return this.#size
  }

  /** The roots of the perfect subtrees, largest first. The hashes are not copies. */
  get roots(): readonly Uint8Array[] {
    return this.#roots
  }

  copy(): Frontier {
    return new Frontier(this.#crypto, this.#size, [...this.#roots])
  }

  /**
   * Appends one leaf hash, which the frontier keeps without copying it.
   *
   * @throws RecordError `tree.hash` when it is not 32 bytes.
   */
  append(leaf: Uint8Array): void {
    if (leaf.length !== hashBytes) checkHashes(leaf)
    let root = leaf
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      root = nodeHash(this.#crypto, this.#roots.pop()!, root)
    }
    this.#roots.push(root)
    this.#size += 1
  }

  /** The root of the whole tree. */
  root(): Uint8Array {
    return foldRoots(this.#crypto, this.#roots)
  }
}

/** The root over neighbouring perfect subtrees, given largest first; of none it is that of the empty tree. */
export function foldRoots(crypto: Crypto, roots: readonly Uint8Array[]): Uint8Array {
  let folded = roots.at(-1)
  if (folded === undefined) return emptyRoot(crypto)
  for (let i = roots.length - 2; i >= 0; i--) folded = nodeHash(crypto, roots[i]!, folded)
  return folded
}

/** The frontier as bytes: the size as eight bytes, the most significant first, then the roots, largest first. */
export function formatFrontier(frontier: Frontier): Uint8Array {
  const bytes = new Uint8Array(sizeBytes + frontier.roots.length * hashBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(frontier.size))
  frontier.roots.forEach((root, i) => bytes.set(root, sizeBytes + i * hashBytes))
  return bytes
}

/** @throws RecordError `tree.size` when the size is too large or does not fit the number of hashes. */
export function parseFrontier(crypto: Crypto, bytes: Uint8Array): Frontier {
  if (bytes.length < sizeBytes || (bytes.length - sizeBytes) % hashBytes !== 0) {
    throw new RecordError('tree.size', 'a frontier is eight bytes of size and whole hashes')
  }
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
  const roots: Uint8Array[] = []
  for (let at = sizeBytes; at < bytes.length; at += hashBytes) roots.push(bytes.subarray(at, at + hashBytes))
  return Frontier.of(crypto, size, roots)
}

function countBits(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
