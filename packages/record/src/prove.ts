// Makes proofs and roots of a Merkle tree from its tiles, reading as many tiles as the tree is high. What it is handed it
// takes on trust: whoever reads tiles from elsewhere compares the root with a signed one.

import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { foldRoots, Frontier } from './frontier.ts'
import { checkSize, hashBytes, perfectRoot } from './merkle.ts'
import { checkSubtree } from './proof.ts'
import { coverRange, type PerfectSubtree, placeSubtree, proofRanges, type Range, tileWidth } from './tree-ranges.ts'

/** Where the hashes of a tree are read from. */
export interface TreeReader {
  /**
   * The first `width` hashes, 32 bytes each, of a tile of c2sp.org/tlog-tiles. They may be cut from a fuller tile, because
   * a hash in a tile never changes.
   */
  readTile(level: number, index: number, width: number): Promise<Uint8Array>
}

/**
 * The inclusion proof of the leaf at `index` in the tree of `size` entries, the leaf's sibling first.
 *
 * @throws RecordError `tree.size` when the index is not below the size.
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export function proveInclusion(crypto: Crypto, reader: TreeReader, index: number, size: number): Promise<Uint8Array[]> {
  checkSize(index)
  checkSize(size)
  if (index >= size) throw new RecordError('tree.size', 'the index is not below the size')
  return readRoots(crypto, reader, proofRanges({ start: index, end: index + 1 }, size), size)
}

/**
 * The proof that the tree of `oldSize` entries is the beginning of the one of `size`; empty between equal sizes.
 *
 * @throws RecordError `tree.size` unless 0 < oldSize ≤ size: from the empty tree there is nothing to prove.
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export function proveConsistency(
  crypto: Crypto,
  reader: TreeReader,
  oldSize: number,
  size: number,
): Promise<Uint8Array[]> {
  checkSize(oldSize)
  checkSize(size)
  if (oldSize === 0 || oldSize > size) throw new RecordError('tree.size', 'the old size is not from 1 to the size')
  return readRoots(crypto, reader, proofRanges({ start: 0, end: oldSize }, size), size)
}

/**
 * The proof that the subtree from `start` to before `end` stands in the tree of `size` entries; empty for an empty subtree.
 *
 * @throws RecordError `proof.subtree` when start and end span no subtree.
 * @throws RecordError `tree.size` when the subtree ends after the tree.
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export function proveSubtree(crypto: Crypto, reader: TreeReader, subtree: Range, size: number): Promise<Uint8Array[]> {
  checkSubtree(subtree.start, subtree.end)
  checkSize(size)
  if (subtree.end > size) throw new RecordError('tree.size', 'the subtree ends after the tree')
  if (subtree.start === subtree.end) return Promise.resolve([])
  return readRoots(crypto, reader, proofRanges(subtree, size), size)
}

/**
 * The root over the leaves from `start` to before `end`, which span a subtree, in a tree of at least `end` entries.
 *
 * @throws RecordError `proof.subtree` when start and end span no subtree.
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export async function subtreeRootAt(crypto: Crypto, reader: TreeReader, subtree: Range): Promise<Uint8Array> {
  checkSubtree(subtree.start, subtree.end)
  const [root] = await readRoots(crypto, reader, [subtree], subtree.end)
  return root!
}

/**
 * The root of the tree at an earlier or the present size.
 *
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export async function rootAt(crypto: Crypto, reader: TreeReader, size: number): Promise<Uint8Array> {
  return (await frontierAt(crypto, reader, size)).root()
}

/**
 * The frontier of the tree at an earlier or the present size, to append to.
 *
 * @throws RecordError `tile.malformed` when the reader hands back too few hashes.
 */
export async function frontierAt(crypto: Crypto, reader: TreeReader, size: number): Promise<Frontier> {
  checkSize(size)
  const cover = coverRange({ start: 0, end: size })
  const tiles = await readTiles(reader, cover, size)
  const roots = cover.map((subtree) => subtreeRoot(crypto, tiles, subtree))
  return Frontier.of(crypto, size, roots)
}

async function readRoots(
  crypto: Crypto,
  reader: TreeReader,
  ranges: readonly Range[],
  size: number,
): Promise<Uint8Array[]> {
  const covers = ranges.map(coverRange)
  const tiles = await readTiles(reader, covers.flat(), size)
  return covers.map((cover) =>
    foldRoots(
      crypto,
      cover.map((subtree) => subtreeRoot(crypto, tiles, subtree)),
    ),
  )
}

type Tiles = ReadonlyMap<string, Uint8Array>

/** Reads every tile that the subtrees lie in, each once. */
async function readTiles(reader: TreeReader, subtrees: readonly PerfectSubtree[], size: number): Promise<Tiles> {
  const places = new Map<string, { level: number; tile: number }>()
  for (const subtree of subtrees) {
    const { level, tile } = placeSubtree(subtree)
    places.set(`${level}/${tile}`, { level, tile })
  }
  const read = [...places].map(async ([name, { level, tile }]): Promise<[string, Uint8Array]> => {
    const width = tileWidth(size, level, tile)
    const hashes = await reader.readTile(level, tile, width)
    if (hashes.length < width * hashBytes) {
      throw new RecordError('tile.malformed', `tile ${name} has fewer than ${width} hashes`)
    }
    return [name, hashes]
  })
  return new Map(await Promise.all(read))
}

function subtreeRoot(crypto: Crypto, tiles: Tiles, subtree: PerfectSubtree): Uint8Array {
  const { level, tile, from, count } = placeSubtree(subtree)
  return perfectRoot(crypto, tiles.get(`${level}/${tile}`)!, from, count)
}
