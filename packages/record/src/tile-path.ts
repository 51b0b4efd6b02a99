// The paths under which c2sp.org/tlog-tiles serves tiles and entry bundles. One tile has one path and one path one tile.

import { RecordError } from './error.ts'
import { tileWidthMax } from './tree-ranges.ts'

/** A tile of hashes at a level, or the bundle of the entries themselves. */
export interface TileAddress {
  readonly level: number | 'entries'
  readonly index: number
  /** How many hashes or entries: 256 when full, less when partial. */
  readonly width: number
}

/** The highest level that a path can name; trees of less than 2^53 entries end at level 6. */
export const tileLevelMax = 63

const form = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** @throws RecordError `tile.path` when there is no such tile. */
export function formatTilePath({ level, index, width }: TileAddress): string {
  const levelOk = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= tileLevelMax)
  const indexOk = Number.isSafeInteger(index) && index >= 0
  if (!levelOk || !indexOk || !Number.isInteger(width) || width < 1 || width > tileWidthMax) {
    throw new RecordError('tile.path', 'no tile has that level, index and width')
  }
  const digits = String(index)
  const groups = digits.padStart(3 * Math.ceil(digits.length / 3), '0').match(/.{3}/g)!
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${name}${width === tileWidthMax ? '' : `.p/${width}`}`
}

/**
 * Reads a path without a leading slash.
 *
 * @throws RecordError `tile.path` unless it is the one path of some tile whose index is below 2^53.
 */
export function parseTilePath(path: string): TileAddress {
  const [, level, name, width] = form.exec(path) ?? []
  if (level === undefined || name === undefined) throw new RecordError('tile.path', 'not the path of a tile')
  const address: TileAddress = {
    level: level === 'entries' ? level : Number(level),
    index: Number(name.replaceAll(/[x/]/g, '')),
    width: width === undefined ? tileWidthMax : Number(width),
  }
  if (width === String(tileWidthMax) || formatTilePath(address) !== path) {
    throw new RecordError('tile.path', 'not the one path of a tile')
  }
  return address
}
