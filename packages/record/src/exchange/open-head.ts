// Opens a head that somebody showed: its author's signature, and the root of our own copy at the same size beside it, so
// that the core can compare the two.

import { openCheckpoint, parseCheckpointText } from '../checkpoint.ts'
import type { SignedHead } from '../core/state.ts'
import type { Crypto } from '../crypto.ts'
import { parseNote } from '../note.ts'
import { rootAt } from '../prove.ts'
import type { VerifierKeysOf } from './key-lookup.ts'
import type { LogReader } from './log-reader.ts'

/**
 * Opens the note of a head of the log. `along` are the entries that came with it, if any. The note is copied.
 *
 * @throws RecordError `note.*`, `checkpoint.malformed`, `checkpoint.origin`, and what the lookup throws.
 */
export async function openHead(
  crypto: Crypto,
  verifierKeysOf: VerifierKeysOf,
  origin: string,
  note: Uint8Array,
  along: { readonly start: number; readonly entries: readonly Uint8Array[] } = { start: 0, entries: [] },
): Promise<SignedHead> {
  const claimed = parseCheckpointText(parseNote(note).text)
  const keys = await verifierKeysOf({ origin, size: claimed.size, start: along.start, entries: along.entries })
  const checkpoint = await openCheckpoint(crypto, note, { origin, keys })
  return { size: checkpoint.size, root: checkpoint.root, note: checkpoint.note }
}

/** The root of our own copy of the log at that size, or undefined while the copy is not that large. */
export async function readOurs(
  crypto: Crypto,
  reader: LogReader,
  origin: string,
  size: number,
): Promise<Uint8Array | undefined> {
  const held = await reader.readSize(origin)
  return held === undefined || held < size ? undefined : rootAt(crypto, reader.treeOf(origin), size)
}
