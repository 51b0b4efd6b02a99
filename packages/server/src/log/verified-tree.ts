// Reads the hash tiles of a log and believes none of them: each is held against the tile above it, and the right edge against
// the root that is known for certain, before a proof or a root is made of it (SECURITY-RULES T-29). A disk may have turned
// a bit since they were written; a proof that then fails would accuse somebody.

import {
  equalBytes,
  Frontier,
  frontierAt,
  hashBytes,
  levelWidth,
  readTileEdge,
  tileWidth,
  tileWidthMax,
} from '@parley/record'
import type { Crypto, TileEdge, TreeReader } from '@parley/record'
import { ServerError } from '../error.ts'

/** Full tiles that are remembered once they have proven right: 4 MiB. */
const tilesRememberedMax = 512

/** The size and root of the log that the tiles must give: as far as it is durable. */
export interface TreeClaim {
  readonly size: number
  readonly root: Uint8Array
}

/** The origin of the log of which an error says that it is not as it was written, or undefined for any other error. */
export function damagedLog(error: unknown): string | undefined {
  return error instanceof ServerError && error.code === 'log.damaged' ? error.detail : undefined
}

/**
 * A reader of tiles that are right. `claim` is asked at each reading; the tiles may be ahead of it.
 *
 * Its `readTile` throws ServerError `log.damaged` when what is stored does not lead to the root.
 */
export function createVerifiedTree(
  crypto: Crypto,
  stored: TreeReader,
  claim: () => TreeClaim,
  damaged: (what: string) => ServerError,
): TreeReader {
  const full = new Map<string, Uint8Array>()
  let edge: Promise<TileEdge> | undefined
  let edgeSize = -1

  function edgeOf({ root, size }: TreeClaim): Promise<TileEdge> {
    if (edge === undefined || edgeSize !== size) {
      edgeSize = size
      edge = readEdge(size, root)
      // What failed once is looked at again: it may have been mended.
      edge.catch(() => {
        edgeSize = -1
      })
    }
    return edge
  }

  async function readEdge(size: number, root: Uint8Array): Promise<TileEdge> {
    const found = await readTileEdge(stored, size).catch((cause: unknown) => {
      throw damaged(`the right edge at ${size} (${String(cause)})`)
    })
    const alone: TreeReader = { readTile: (level) => Promise.resolve(found.levels[level] ?? new Uint8Array()) }
    const made = (await frontierAt(crypto, alone, size)).root()
    if (!equalBytes(made, root)) throw damaged(`the right edge at ${size}`)
    return found
  }

  async function readFull(level: number, index: number, now: TreeClaim): Promise<Uint8Array> {
    const name = `${level}/${index}`
    const known = full.get(name)
    if (known !== undefined) return known
    const hashes = await stored.readTile(level, index, tileWidthMax)
    const place = index % tileWidthMax
    const above = await read(level + 1, Math.floor(index / tileWidthMax), place + 1, now)
    const named = above.subarray(place * hashBytes, (place + 1) * hashBytes)
    if (hashes.length !== tileWidthMax * hashBytes || !equalBytes(rootOf(crypto, hashes), named)) {
      throw damaged(`tile ${name}`)
    }
    if (full.size >= tilesRememberedMax) full.delete(full.keys().next().value!)
    full.set(name, hashes)
    return hashes
  }

  async function read(level: number, index: number, width: number, now: TreeClaim): Promise<Uint8Array> {
    // More than the log has is nothing that could be right; whoever asks finds too few hashes.
    if (index * tileWidthMax + width > levelWidth(now.size, level)) return new Uint8Array()
    const isFull = tileWidth(now.size, level, index) === tileWidthMax
    const hashes = isFull ? await readFull(level, index, now) : (await edgeOf(now)).levels[level]!
    return hashes.slice(0, width * hashBytes)
  }

  return { readTile: (level, index, width) => read(level, index, width, claim()) }
}

function rootOf(crypto: Crypto, hashes: Uint8Array): Uint8Array {
  const frontier = Frontier.empty(crypto)
  for (let at = 0; at < hashes.length; at += hashBytes) frontier.append(hashes.slice(at, at + hashBytes))
  return frontier.root()
}
