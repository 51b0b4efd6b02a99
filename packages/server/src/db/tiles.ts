// Hash tiles of the logs (c2sp.org/tlog-tiles). A tile on the right edge grows and is overwritten by its longer self; a
// full one never changes.

import type { TreeReader } from '@parley/record'
import { checkLimit } from './page.ts'
import { insertRows } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Tile {
  readonly log: number
  readonly level: number
  readonly position: number
  /** How many hashes, 1 to 256. */
  readonly width: number
  /** 32 bytes for each. */
  readonly hashes: Uint8Array
}

const columns = ['log', 'level', 'position', 'width', 'hashes'] as const

/** Puts tiles, none of them twice. A narrower one never replaces a wider one. */
export const putTiles: (tiles: readonly Tile[]) => Statement[] = insertRows('tiles', columns, (insert) =>
  insert.onConflict((conflict) =>
    conflict
      .columns(['log', 'level', 'position'])
      .doUpdateSet({ width: (row) => row.ref('excluded.width'), hashes: (row) => row.ref('excluded.hashes') })
      .where((where) => where('excluded.width', '>', where.ref('tiles.width'))),
  ),
)

/** The widest version of the tile. Its first hashes are those of every narrower one. */
export function readTile(reader: Reader, place: Pick<Tile, 'log' | 'level' | 'position'>): Promise<Tile | undefined> {
  return reader
    .selectFrom('tiles')
    .select(columns)
    .where('log', '=', place.log)
    .where('level', '=', place.level)
    .where('position', '=', place.position)
    .executeTakeFirst()
}

/** Several tiles of one log, those that are there, in no order. @throws DatabaseError `db.limit` */
export async function readTiles(
  reader: Reader,
  log: number,
  places: readonly Pick<Tile, 'level' | 'position'>[],
): Promise<Tile[]> {
  if (places.length === 0) return []
  checkLimit(places.length)
  return reader
    .selectFrom('tiles')
    .select(columns)
    .where('log', '=', log)
    .where((where) =>
      where.or(
        places.map(({ level, position }) => where.and([where('level', '=', level), where('position', '=', position)])),
      ),
    )
    .execute()
}

/** How many tiles of a log are kept. */
export async function countTiles(reader: Reader, log: number): Promise<number> {
  const row = await reader
    .selectFrom('tiles')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('log', '=', log)
    .executeTakeFirst()
  return row?.count ?? 0
}

const hashBytes = 32

/**
 * Reads the tree of one log for whoever makes proofs. Tiles that are asked for in the same turn of the event loop come
 * from the database together, in one query. A tile that is not there has no hashes, and the prover refuses it.
 */
export function openTree(reader: Reader, log: number): TreeReader {
  type Wanted = Pick<Tile, 'level' | 'position'>
  let wanted: Wanted[] = []
  let together: Promise<ReadonlyMap<string, Uint8Array>> | undefined

  async function readWanted(): Promise<ReadonlyMap<string, Uint8Array>> {
    await Promise.resolve()
    const places = wanted
    wanted = []
    together = undefined
    const tiles = await readTiles(reader, log, places)
    return new Map(tiles.map(({ level, position, hashes }) => [`${level}/${position}`, hashes]))
  }

  return {
    async readTile(level, index, width) {
      wanted.push({ level, position: index })
      together ??= readWanted()
      const hashes = (await together).get(`${level}/${index}`) ?? new Uint8Array()
      return hashes.subarray(0, width * hashBytes)
    },
  }
}
