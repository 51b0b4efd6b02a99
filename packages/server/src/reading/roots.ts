// The roots that logs had at the sizes that entries name. A root at a size never changes, so those that were computed or
// passed through are remembered.

import { frontierAt, hashBytes, tileWidthMax } from '@parley/record'
import type { Crypto } from '@parley/record'
import type { CoreState, Extension } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import { damagedLog } from '../log/verified-tree.ts'

/** Of one log. */
const rootsRememberedMax = 4096

/** A log at a size. */
export interface LogSize {
  readonly origin: string
  readonly size: number
}

/** Roots by origin and size. */
type KnownRoots = ReadonlyMap<string, ReadonlyMap<number, Uint8Array>>

export interface Roots {
  /** Computes the roots at those of the places that are durable or passed through by an extension; the others are not there. */
  load(places: Iterable<LogSize>, extensions: readonly Extension[]): Promise<KnownRoots>
  /** Remembers a root that has become durable. */
  remember(place: LogSize, root: Uint8Array): void
}

export function createRoots(parts: {
  readonly crypto: Crypto
  readonly logReader: LogReader
  readonly state: CoreState
  /** Tiles of the log are not what was written. */
  readonly damaged: (origin: string) => void
}): Roots {
  const { crypto, logReader, state } = parts
  const remembered = new Map<string, Map<number, Uint8Array>>()

  function remember({ origin, size }: LogSize, root: Uint8Array): void {
    const of = remembered.get(origin) ?? new Map<number, Uint8Array>()
    remembered.set(origin, of)
    if (of.size >= rootsRememberedMax) of.delete(of.keys().next().value!)
    of.set(size, root)
  }

  /** The roots at sizes that are durable, which rise. Those that share a tile of leaves are passed through one by one. */
  async function readRoots(origin: string, sizes: readonly number[]): Promise<[number, Uint8Array][]> {
    const tree = logReader.treeOf(origin)
    const groups = [...Map.groupBy(sizes, (size) => Math.floor((size - 1) / tileWidthMax))]
    const read = groups.map(async ([tile, group]): Promise<[number, Uint8Array][]> => {
      const start = tile * tileWidthMax
      const [frontier, leaves] = await Promise.all([
        frontierAt(crypto, tree, group[0]!),
        tree.readTile(0, tile, group.at(-1)! - start),
      ])
      return group.map((size) => {
        for (let at = frontier.size - start; at < size - start; at++) {
          frontier.append(leaves.slice(at * hashBytes, (at + 1) * hashBytes))
        }
        return [size, frontier.root()]
      })
    })
    return (await Promise.all(read)).flat()
  }

  /** A root that cannot be read is not known yet: entries that name it wait, and nobody is accused of anything. */
  function passDamage(error: unknown): [number, Uint8Array][] {
    const origin = damagedLog(error)
    if (origin === undefined) throw error
    parts.damaged(origin)
    return []
  }

  async function loadLog(
    origin: string,
    sizes: Iterable<number>,
    extension: Extension | undefined,
  ): Promise<Map<number, Uint8Array>> {
    const found = new Map<number, Uint8Array>()
    const log = state.own.get(origin) ?? state.replicas.get(origin)
    if (log === undefined) return found
    const unknown: number[] = []
    for (const size of sizes) {
      const root = remembered.get(origin)?.get(size) ?? (size === log.frontier.size ? log.root : undefined)
      if (root === undefined) unknown.push(size)
      else found.set(size, root)
    }
    const rising = unknown.sort((a, b) => a - b)
    const durable = rising.filter((size) => size < log.frontier.size)
    const read = durable.length === 0 ? [] : await readRoots(origin, durable).catch(passDamage)
    for (const [size, root] of read) {
      remember({ origin, size }, root)
      found.set(size, root)
    }
    if (extension === undefined) return found
    const ahead = rising.filter((size) => size > log.frontier.size)
    // Not remembered: nothing of it is durable yet.
    for (const [size, root] of passThrough(log.frontier.copy(), extension, ahead)) found.set(size, root)
    return found
  }

  return {
    remember,
    async load(places, extensions) {
      const sizes = new Map<string, Set<number>>()
      for (const { origin, size } of places) {
        const known = sizes.get(origin)
        if (known === undefined) sizes.set(origin, new Set([size]))
        else known.add(size)
      }
      const loading = [...sizes].map(async ([origin, of]) => {
        const extension = extensions.find((candidate) => candidate.origin === origin)
        return [origin, await loadLog(origin, of, extension)] as const
      })
      return new Map(await Promise.all(loading))
    },
  }
}

/** The roots at rising sizes that the extension of a batch passes through. */
function passThrough(
  frontier: { readonly size: number; append(leaf: Uint8Array): void; root(): Uint8Array },
  { first, leafHashes }: Extension,
  sizes: readonly number[],
): [number, Uint8Array][] {
  return sizes
    .filter((size) => size <= first + leafHashes.length)
    .map((size) => {
      for (const leaf of leafHashes.slice(frontier.size - first, size - first)) frontier.append(leaf)
      return [size, frontier.root()]
    })
}
