// A whole Merkle tree in memory, kept as the levels of its tiles, for bundles, tests and the simulation. It grows only,
// and it remembers every size it ever had.

import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { foldRoots } from './frontier.ts'
import { checkHashes, checkSize, hashBytes, perfectRoot } from './merkle.ts'
import type { TreeReader } from './prove.ts'
import { coverRange, placeSubtree, tileWidthMax } from './tree-ranges.ts'

/** One level of tiles as one growing byte string. */
interface Level {
  hashes: Uint8Array
  count: number
}

export class MemoryTree implements TreeReader {
  readonly #crypto: Crypto
  readonly #levels: Level[] = []

  constructor(crypto: Crypto) {
    this.#crypto = crypto
  }

  /** How many entries the tree has. */
  get size(): number {
    return this.#levels[0]?.count ?? 0
  }

  /**
   * Appends one leaf hash, which is copied.
   *
   * @throws RecordError `tree.hash` when it is not 32 bytes.
   */
  append(leaf: Uint8Array): void {
    checkHashes(leaf)
    let hash = leaf
    for (let level = 0; ; level++) {
      const row = this.#push(level, hash)
      if (row.count % tileWidthMax !== 0) return
      hash = perfectRoot(this.#crypto, row.hashes, row.count - tileWidthMax, tileWidthMax)
    }
  }

  #push(level: number, hash: Uint8Array): Level {
    const row = (this.#levels[level] ??= { hashes: new Uint8Array(tileWidthMax * hashBytes), count: 0 })
    if (row.hashes.length === row.count * hashBytes) {
      const larger = new Uint8Array(2 * row.hashes.length)
      larger.set(row.hashes)
      row.hashes = larger
    }
    row.hashes.set(hash, row.count * hashBytes)
    row.count += 1
    return row
  }

  /**
   * The root at an earlier size, or the present one.
   *
   * @throws RecordError `tree.size` when the tree never had that size.
   */
  root(size: number = this.size): Uint8Array {
    checkSize(size)
    if (size > this.size) throw new RecordError('tree.size', 'the tree never had that size')
    const roots = coverRange({ start: 0, end: size }).map((subtree) => {
      const { level, tile, from, count } = placeSubtree(subtree)
      return perfectRoot(this.#crypto, this.#levels[level]!.hashes, tile * tileWidthMax + from, count)
    })
    return foldRoots(this.#crypto, roots)
  }

  /**
   * The hash of one leaf.
   *
   * @throws RecordError `tree.size` when there is none at that index.
   */
  leaf(index: number): Uint8Array {
    checkSize(index)
    if (index >= this.size) throw new RecordError('tree.size', 'the index is not below the size')
    return this.#levels[0]!.hashes.slice(index * hashBytes, (index + 1) * hashBytes)
  }

  /** @throws RecordError `tree.size` when the tile never had that many hashes. */
  async readTile(level: number, index: number, width: number): Promise<Uint8Array> {
    const row = this.#levels[level]
    const start = index * tileWidthMax
    if (row === undefined || width > tileWidthMax || start + width > row.count) {
      throw new RecordError('tree.size', `tile ${level}/${index} never had ${width} hashes`)
    }
    return row.hashes.slice(start * hashBytes, (start + width) * hashBytes)
  }
}
