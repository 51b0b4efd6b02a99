// Reads logs, our own and replicas alike, as far as they are durable: what the exchange with peers needs.

import { deliveryEntriesMax } from '@parley/record'
import type { LogReader } from '@parley/record/exchange'
import { readBodies } from '../db/bodies.ts'
import { entriesPerReadMax, readEntryBytes } from '../db/entries.ts'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { openTree } from '../db/tiles.ts'

/** `numberOf` gives the database's number of a log, or undefined for one that is not kept here. */
export function createLogReader(
  reader: Reader,
  numberOf: (origin: string) => number | undefined,
  sizeOf: (origin: string) => number | undefined,
): LogReader {
  const numbered = (origin: string): number => {
    const number = numberOf(origin)
    if (number === undefined) throw new Error(`the log ${origin} is not kept here`)
    return number
  }
  return {
    readSize: (origin) => Promise.resolve(sizeOf(origin)),
    async readEntries(origin, start, end) {
      const entries: Uint8Array[] = []
      const last = Math.min(end, start + deliveryEntriesMax)
      for (let from = start; from < last; from += entriesPerReadMax) {
        const range = { log: numbered(origin), start: from, end: Math.min(last, from + entriesPerReadMax) }
        entries.push(...(await readEntryBytes(reader, range)))
      }
      return entries
    },
    treeOf: (origin) => openTree(reader, numbered(origin)),
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
