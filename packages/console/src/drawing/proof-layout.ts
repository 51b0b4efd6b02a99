// The path from a leaf to the root of a Merkle tree (RFC 9162 section 2.1.3) as ranges of leaves and sides, for drawing
// and for reading out. It hashes nothing: whether the hashes fit is the record's to say.

/** Leaves from `start` up to, and without, `end`. */
export interface LeafRange {
  readonly start: number
  readonly end: number
}

/** One step up the tree: the neighbour that the proof brings, and the node both make. */
export interface PathStep {
  readonly side: 'left' | 'right'
  readonly neighbour: LeafRange
  readonly parent: LeafRange
}

/** The largest power of two below `count`, which is at least 2. Sizes go beyond 32 bits, so no shifts. */
function split(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/**
 * The steps from leaf `index` to the root of a tree of `size` leaves, the leaf's neighbour first: as many as the proof
 * has hashes.
 */
export function layoutPath(index: number, size: number): PathStep[] {
  const down: PathStep[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const parent = { start, end }
    const middle = start + split(end - start)
    if (index < middle) {
      down.push({ side: 'right', neighbour: { start: middle, end }, parent })
      end = middle
    } else {
      down.push({ side: 'left', neighbour: { start, end: middle }, parent })
      start = middle
    }
  }
  return down.reverse()
}
