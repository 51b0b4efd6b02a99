// What the exchange needs to read of the logs that are held here. The server reads a database, the simulation its disk;
// nothing here writes.

import type { TreeReader } from '../prove.ts'

/** Reads logs, our own and replicas alike, as far as they are durable. */
export interface LogReader {
  /** How many entries of the log are held here; undefined for a log that is not kept here at all. */
  readSize(origin: string): Promise<number | undefined>
  /** The entries from `start` to before `end`, which the caller knows to be held. */
  readEntries(origin: string, start: number, end: number): Promise<Uint8Array[]>
  /** The hash tiles of the log's tree, for roots and proofs at any size that is held. */
  treeOf(origin: string): TreeReader
  /** Those of the sealed bodies that are held, by digest (hex SHA-256). The others are simply not in the map. */
  readBodies(digests: readonly string[]): Promise<Map<string, Uint8Array>>
}
