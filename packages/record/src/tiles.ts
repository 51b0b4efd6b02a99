// The tiles of hashes that c2sp.org/tlog-tiles serves for a tree: which there are, which change when it grows, and their
// bytes. Only full tiles are hashed upwards, so a hash in a tile never changes.

import type { Crypto } from './crypto.ts'
import { concatBytes } from './bytes.ts'
import { RecordError } from './error.ts'
import { checkSize, hashBytes, perfectRoot } from './merkle.ts'
import type { TreeReader } from './prove.ts'
import type { TileAddress } from './tile-path.ts'
import { levelWidth, tileWidth, tileWidthMax } from './tree-ranges.ts'

/** How many bytes a full tile has. */
export const tileBytesMax = tileWidthMax * hashBytes

/** The address of a tile of hashes. */
export interface HashTileAddress extends TileAddress {
  readonly level: number
}

/** A tile of hashes with what it holds: `width` hashes of 32 bytes. */
export interface HashTile extends HashTileAddress {
  readonly hashes: Uint8Array
}

/** The right edge of the tiles of a tree: of each level the hashes that are not yet in a full tile. */
export interface TileEdge {
  readonly size: number
  readonly levels: readonly Uint8Array[]
}

/** The edge of the tree without entries. */
export const emptyTileEdge: TileEdge = { size: 0, levels: [] }

/** The tiles of a tree of `size` entries, the lowest level first, each level from the left. No tile is empty. */
export function listTiles(size: number): Generator<HashTileAddress> {
  return listChangedTiles(0, size)
}

/**
 * The tiles that a tree of `size` entries has and the same tree at `oldSize` had not, or had with fewer hashes.
 *
 * @throws RecordError `tree.size` unless 0 ≤ oldSize ≤ size.
 */
export function* listChangedTiles(oldSize: number, size: number): Generator<HashTileAddress> {
  checkSize(oldSize)
  checkSize(size)
  if (oldSize > size) throw new RecordError('tree.size', 'a tree does not shrink')
  for (let level = 0; levelWidth(size, level) > levelWidth(oldSize, level); level++) {
    const width = levelWidth(size, level)
    for (let index = Math.floor(levelWidth(oldSize, level) / tileWidthMax); index * tileWidthMax < width; index++) {
      yield { level, index, width: tileWidth(size, level, index) }
    }
  }
}

/**
 * Appends leaf hashes (32 bytes each, one after the other) to the tree with this edge, and gives the tiles that came to be
 * or changed, in the order of {@link listChangedTiles}, and the new edge.
 *
 * @throws RecordError `tile.malformed` when the edge does not fit its size, or the leaf hashes are not whole.
 */
export function growTiles(
  crypto: Crypto,
  edge: TileEdge,
  leafHashes: Uint8Array,
): { edge: TileEdge; tiles: HashTile[] } {
  checkEdge(edge)
  if (leafHashes.length % hashBytes !== 0) throw new RecordError('tile.malformed', 'the leaf hashes are not whole')
  const size = edge.size + leafHashes.length / hashBytes
  checkSize(size)
  const tiles: HashTile[] = []
  const levels: Uint8Array[] = []
  let added = leafHashes
  for (let level = 0; level < edge.levels.length || added.length > 0; level++) {
    const before = edge.levels[level] ?? new Uint8Array(0)
    if (added.length === 0) {
      levels.push(before)
      continue
    }
    const hashes = concatBytes(before, added)
    const fullCount = Math.floor(hashes.length / tileBytesMax)
    const first = Math.floor(levelWidth(edge.size, level) / tileWidthMax)
    const upward = new Uint8Array(fullCount * hashBytes)
    for (let i = 0; i < fullCount; i++) {
      const full = hashes.slice(i * tileBytesMax, (i + 1) * tileBytesMax)
      tiles.push({ level, index: first + i, width: tileWidthMax, hashes: full })
      upward.set(perfectRoot(crypto, full, 0, tileWidthMax), i * hashBytes)
    }
    const rest = hashes.slice(fullCount * tileBytesMax)
    if (rest.length > 0) {
      tiles.push({ level, index: first + fullCount, width: rest.length / hashBytes, hashes: rest })
    }
    levels.push(rest)
    added = upward
  }
  return { edge: { size, levels }, tiles }
}

/**
 * Reads the edge of a tree of `size` entries, to grow it from there.
 *
 * @throws RecordError `tree.size` when the size is none.
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export async function readTileEdge(reader: TreeReader, size: number): Promise<TileEdge> {
  checkSize(size)
  const reads: Promise<Uint8Array>[] = []
  for (let level = 0; levelWidth(size, level) > 0; level++) {
    const width = levelWidth(size, level) % tileWidthMax
    const index = Math.floor(levelWidth(size, level) / tileWidthMax)
    reads.push(width === 0 ? Promise.resolve(new Uint8Array(0)) : reader.readTile(level, index, width))
  }
  const edge: TileEdge = { size, levels: (await Promise.all(reads)).map((hashes, i) => cutEdge(hashes, size, i)) }
  checkEdge(edge)
  return edge
}

function cutEdge(hashes: Uint8Array, size: number, level: number): Uint8Array {
  return hashes.slice(0, (levelWidth(size, level) % tileWidthMax) * hashBytes)
}

function checkEdge({ size, levels }: TileEdge): void {
  checkSize(size)
  let levelCount = 0
  while (levelWidth(size, levelCount) > 0) levelCount++
  const fits = (hashes: Uint8Array, level: number) =>
    hashes.length === (levelWidth(size, level) % tileWidthMax) * hashBytes
  if (levels.length !== levelCount || !levels.every(fits)) {
    throw new RecordError('tile.malformed', 'the edge does not fit the size of its tree')
  }
}
