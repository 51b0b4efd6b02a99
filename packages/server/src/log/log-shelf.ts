// The logs as they lie in the database: their numbers, the right edges of their trees, and how a batch of the core
// becomes rows. It knows bytes and hashes, and not what an entry means.

import { concatBytes, emptyTileEdge, formatFrontier, Frontier, growTiles, readTileEdge } from '@parley/record'
import type { Crypto, Seen, TileEdge } from '@parley/record'
import type { Batch, Extension } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import { holdBodies, missBodies } from '../db/bodies.ts'
import type { Reader, Statement } from '../db/statement.ts'
import { addLog, growLog, listLogs, putHead } from '../db/logs.ts'
import type { Log } from '../db/logs.ts'
import { rememberHeads } from '../db/heads.ts'
import { putSetting } from '../db/settings.ts'
import { putTiles } from '../db/tiles.ts'
import { createLogReader } from './log-reader.ts'
import type { KnownLog } from './registry.ts'
import type { TreeClaim } from './verified-tree.ts'

/** The name of the setting that holds the latest time of any cosignature of ours (Unix seconds). */
export const cosignedUntilSetting = 'cosigned-until'

/**
 * The name of the setting that says what the entries of a frozen log have seen, once more of them were read: the row of a
 * frozen log is never written again.
 */
export function frozenSeenSetting(log: number): string {
  return `frozen-seen/${log}`
}

export interface LogShelf {
  readonly reader: LogReader
  /** The number by which the database knows a log. */
  numberOf(origin: string): number
  /** Adds a log that is not there yet: the statements that make it, and its stored form. */
  add(log: KnownLog): { readonly statements: readonly Statement[]; readonly stored: Log }
  /** The logs as they were taken up; of what has changed since, only that one is frozen. */
  stored(): readonly Log[]
  noteFrozen(origin: string, proof: Uint8Array): void
  /** The size of the newest head that was stored when the log was taken up; 0 when there was none. */
  headSize(origin: string): number
  /** States anew what a log's entries have seen, without growing it. */
  restate(origin: string, frontier: Frontier, root: Uint8Array, seen: readonly Seen[]): readonly Statement[]
  /** The rows of a batch; `settle` once they are durable. */
  composeBatch(batch: Batch, seenAfter: (origin: string) => readonly Seen[], found: number): Promise<ShelvedBatch>
}

export interface ShelvedBatch {
  readonly statements: readonly Statement[]
  settle(): void
}

/** `headOf` gives how much of a log is durable, as the core has it; undefined while it has not taken it up. */
export async function openLogShelf(
  crypto: Crypto,
  reader: Reader,
  headOf: (origin: string) => TreeClaim | undefined,
): Promise<LogShelf> {
  const logs = new Map((await listLogs(reader)).map((log) => [log.origin, log]))
  const edges = new Map<string, TileEdge>()
  /** What the setting of that name holds, once it has been put. */
  let putCosignedUntil: number | undefined
  const logOf = (origin: string): Log => {
    const log = logs.get(origin)
    if (log === undefined) throw new Error(`the log ${origin} is not in the database`)
    return log
  }
  const numberOf = (origin: string): number => logOf(origin).id
  const logReader = createLogReader(crypto, reader, (origin) => {
    const log = logs.get(origin)
    if (log === undefined) return undefined
    const held = headOf(origin)
    return { id: log.id, claim: held ?? { size: log.size, root: log.root }, isHeld: held !== undefined }
  })

  async function edgeOf(origin: string, size: number): Promise<TileEdge> {
    const held = edges.get(origin)
    if (held?.size === size) return held
    return size === 0 ? emptyTileEdge : readTileEdge(logReader.treeOf(origin), size)
  }

  async function shelve(
    { origin, first, leafHashes, frontier, root, head }: Extension,
    seen: readonly Seen[],
    found: number,
  ): Promise<{ statements: Statement[]; edge: TileEdge }> {
    const log = numberOf(origin)
    const { edge, tiles } = growTiles(crypto, await edgeOf(origin, first), concatBytes(...leafHashes))
    const statements = [
      growLog({
        id: log,
        from: first,
        size: frontier.size,
        root,
        frontier: formatFrontier(frontier),
        effectiveSeen: JSON.stringify(seen),
      }),
      ...putTiles(tiles.map(({ index, ...tile }) => ({ log, position: index, ...tile }))),
    ]
    if (head !== undefined) statements.push(...rememberHeads([{ log, ...head, found }]), putHead(log, head))
    return { statements, edge }
  }

  return {
    reader: logReader,
    numberOf,
    stored: () => [...logs.values()],
    noteFrozen: (origin, proof) => void logs.set(origin, { ...logOf(origin), frozen: proof }),
    headSize: (origin) => logOf(origin).head?.size ?? 0,
    restate(origin, frontier, root, seen) {
      const { frozen, id } = logOf(origin)
      const effectiveSeen = JSON.stringify(seen)
      if (frozen !== undefined) return [putSetting(frozenSeenSetting(id), effectiveSeen)]
      const { size } = frontier
      return [growLog({ id, from: size, size, root, frontier: formatFrontier(frontier), effectiveSeen })]
    },
    add({ origin, party, channel, own }) {
      const empty = Frontier.empty(crypto)
      const id = Math.max(0, ...[...logs.values()].map((log) => log.id)) + 1
      const row = { id, origin, party, channel, own, root: empty.root(), frontier: formatFrontier(empty) }
      const stored = { ...row, size: 0, head: undefined, frozen: undefined, effectiveSeen: '[]' }
      logs.set(origin, stored)
      return { statements: addLog(row), stored }
    },
    async composeBatch(batch, seenAfter, found) {
      const statements: Statement[] = []
      const grown: [string, TileEdge][] = []
      for (const extension of batch.extensions) {
        const shelved = await shelve(extension, seenAfter(extension.origin), found)
        statements.push(...shelved.statements)
        grown.push([extension.origin, shelved.edge])
      }
      statements.push(...composeBodies(batch, numberOf))
      const { cosignedUntil } = batch
      if (cosignedUntil !== putCosignedUntil) statements.push(putSetting(cosignedUntilSetting, String(cosignedUntil)))
      return {
        statements,
        settle() {
          putCosignedUntil = cosignedUntil
          for (const [origin, edge] of grown) edges.set(origin, edge)
        },
      }
    },
  }
}

function composeBodies(batch: Batch, numberOf: (origin: string) => number): Statement[] {
  const held = batch.bodies.map(({ digest, bytes, origin, position }) => ({
    digest: Uint8Array.fromHex(digest),
    bytes,
    log: numberOf(origin),
    position,
  }))
  const missing = batch.missing.map(({ digest, origin, position }) => ({
    digest: Uint8Array.fromHex(digest),
    log: numberOf(origin),
    position,
  }))
  return [...holdBodies(held), ...missBodies(missing)]
}
