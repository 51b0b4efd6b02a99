// Where the hashes of a proof lie: which runs of leaves a proof needs the root of, which perfect subtrees make up a run,
// and where in the tiles of c2sp.org/tlog-tiles such a subtree is. Arithmetic only; nothing here reads or hashes.

/** How many hashes a full tile holds. */
export const tileWidthMax = 256
const tileHeight = 8

/** The leaves from `start` to before `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The perfect subtree over the 2^height leaves from index · 2^height. */
export interface PerfectSubtree {
  readonly height: number
  readonly index: number
}

/** Where the leaves of a perfect subtree lie as `count` neighbouring hashes of one tile, from its hash `from`. */
export interface TilePlace {
  readonly level: number
  readonly tile: number
  readonly from: number
  readonly count: number
}

/**
 * The runs of leaves whose roots prove, lowest first, that the subtree over `subtree` stands in the tree of `size` leaves.
 * The caller has checked that it is one and lies inside. One leaf gives an inclusion proof (RFC 9162 section 2.1.3.1), a
 * start of 0 a consistency proof (2.1.4.1).
 */
export function proofRanges(subtree: Range, size: number): Range[] {
  const ranges: Range[] = []
  let { start } = subtree
  const { end } = subtree
  let low = 0
  let high = size
  let known = true
  while (start !== low || end !== high) {
    const middle = low + splitWidth(high - low)
    if (end <= middle) {
      ranges.push({ start: middle, end: high })
      high = middle
    } else {
      ranges.push({ start: low, end: middle })
      if (start < middle) {
        // The subtree reaches over the middle, so the rest of it has a root that the verifier does not know yet.
        start = middle
        known = false
      }
      low = middle
    }
  }
  if (!known) ranges.push({ start: low, end: high })
  return ranges.reverse()
}

/** The perfect subtrees that make up a run of leaves, from left to right. */
export function coverRange({ start, end }: Range): PerfectSubtree[] {
  const cover: PerfectSubtree[] = []
  for (let at = start; at < end;) {
    let width = 1
    let height = 0
    while (at % (2 * width) === 0 && at + 2 * width <= end) {
      width *= 2
      height += 1
    }
    cover.push({ height, index: at / width })
    at += width
  }
  return cover
}

/** Where a perfect subtree lies in the tiles. It never spans two of them. */
export function placeSubtree({ height, index }: PerfectSubtree): TilePlace {
  const level = Math.floor(height / tileHeight)
  const count = 2 ** (height % tileHeight)
  const first = index * count
  return { level, tile: Math.floor(first / tileWidthMax), from: first % tileWidthMax, count }
}

/** How many hashes a level of the tiles has in a tree of `size` leaves: one for each full tile of the level below. */
export function levelWidth(size: number, level: number): number {
  return Math.floor(size / tileWidthMax ** level)
}

/** How many hashes the tile has in a tree of `size` leaves, from 0 to 256. */
export function tileWidth(size: number, level: number, tile: number): number {
  return Math.min(tileWidthMax, Math.max(0, levelWidth(size, level) - tile * tileWidthMax))
}

/** The largest power of two below a number that is at least 2. */
function splitWidth(count: number): number {
  let width = 1
  while (2 * width < count) width *= 2
  return width
}
