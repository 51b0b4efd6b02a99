// Reads logs, our own and replicas alike, as far as they are durable: what the exchange with peers needs. What is read is
// held against the root of the log before anybody relies on it.

import { deliveryEntriesMax, equalBytes, hashBytes, leafHash, tileWidthMax } from '@parley/record'
import type { Crypto, TreeReader } from '@parley/record'
import type { LogReader } from '@parley/record/exchange'
import { readBodies } from '../db/bodies.ts'
import { entriesPerReadMax, readEntryBytes } from '../db/entries.ts'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { openTree } from '../db/tiles.ts'
import { ServerError } from '../error.ts'
import { createVerifiedTree } from './verified-tree.ts'
import type { TreeClaim } from './verified-tree.ts'

/** What a log's reader must know of it. */
export interface ReadableLog {
  /** The number by which the database knows it. */
  readonly id: number
  /** How much of it is durable, and the root that this has. */
  readonly claim: TreeClaim
  /** Whether the core has taken it up. */
  readonly isHeld: boolean
}

/** `logOf` gives what is known of a log now, or undefined for one that is not kept here. */
export function createLogReader(
  crypto: Crypto,
  reader: Reader,
  logOf: (origin: string) => ReadableLog | undefined,
): LogReader {
  const trees = new Map<string, TreeReader>()

  function known(origin: string): ReadableLog {
    const log = logOf(origin)
    if (log === undefined) throw new Error(`the log ${origin} is not kept here`)
    return log
  }

  const damaged = (origin: string, what: string): ServerError =>
    new ServerError('log.damaged', `what is stored of ${origin} is not what was written: ${what}`, { detail: origin })

  function treeOf(origin: string): TreeReader {
    let tree = trees.get(origin)
    if (tree === undefined) {
      const stored = openTree(reader, known(origin).id)
      tree = createVerifiedTree(
        crypto,
        stored,
        () => known(origin).claim,
        (what) => damaged(origin, what),
      )
      trees.set(origin, tree)
    }
    return tree
  }

  async function verifyEntries(origin: string, start: number, entries: readonly Uint8Array[]): Promise<void> {
    // What is ahead of the claim was written a moment ago; whoever relies on it asks again.
    const end = Math.min(start + entries.length, known(origin).claim.size)
    for (let from = start; from < end;) {
      const tile = Math.floor(from / tileWidthMax)
      const next = Math.min(end, (tile + 1) * tileWidthMax)
      const hashes = await treeOf(origin).readTile(0, tile, next - tile * tileWidthMax)
      for (let at = from; at < next; at++) {
        const place = (at % tileWidthMax) * hashBytes
        if (!equalBytes(leafHash(crypto, entries[at - start]!), hashes.subarray(place, place + hashBytes))) {
          throw damaged(origin, `entry ${at}`)
        }
      }
      from = next
    }
  }

  return {
    readSize(origin) {
      const log = logOf(origin)
      return Promise.resolve(log?.isHeld === true ? log.claim.size : undefined)
    },
    async readEntries(origin, start, end) {
      const entries: Uint8Array[] = []
      const last = Math.min(end, start + deliveryEntriesMax)
      const { claim, id } = known(origin)
      for (let from = start; from < last; from += entriesPerReadMax) {
        const range = { log: id, start: from, end: Math.min(last, from + entriesPerReadMax) }
        entries.push(...(await readEntryBytes(reader, range)))
      }
      if (start + entries.length < Math.min(last, claim.size)) throw damaged(origin, `entry ${start + entries.length}`)
      await verifyEntries(origin, start, entries)
      return entries
    },
    treeOf,
    async readBodies(digests) {
      const bodies = new Map<string, Uint8Array>()
      for (let from = 0; from < digests.length; from += pageRowsMax) {
        const some = digests.slice(from, from + pageRowsMax).map((digest) => Uint8Array.fromHex(digest))
        for (const { digest, bytes } of await readBodies(reader, some)) {
          if (bytes !== null) bodies.set(digest.toHex(), bytes)
        }
      }
      return bodies
    },
  }
}
