// Proves that what is stored is in its log, under the newest signed head, before it is shown to anybody as such.

import { leafHash, proveInclusion, verifyInclusion } from '@parley/record'
import type { StoredEntry } from '../db/entries.ts'
import { ServerError } from '../error.ts'
import { cosignedNote, heldHead } from '../log/head-notes.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'

/**
 * The proof that the stored bytes are in the log, under its newest head; undefined while no head covers them.
 *
 * @throws ServerError `log.damaged` when they are not: then nothing about them can be said.
 */
export async function proveStored(
  { crypto, database, logReader, shelf, state }: ParleyNode,
  { origin }: KnownLog,
  { bytes, position }: StoredEntry,
): Promise<{ size: number; hashes: readonly Uint8Array[]; note: Uint8Array } | undefined> {
  const head = heldHead(state, origin)
  if (head === undefined || head.size <= position) return undefined
  const { root, size } = head
  const hashes = await proveInclusion(crypto, logReader.treeOf(origin), position, size)
  try {
    verifyInclusion(crypto, { index: position, size, leafHash: leafHash(crypto, bytes), root }, hashes)
  } catch (cause) {
    throw new ServerError('log.damaged', `entry ${position} of ${origin} is not what was written`, {
      cause,
      detail: origin,
    })
  }
  return { size, hashes, note: await cosignedNote(database.reader, shelf.numberOf(origin), head) }
}
