// Entry bundles of c2sp.org/tlog-tiles: up to 256 entries, each behind its length as two bytes, the most significant first.
// What an entry says is not looked at.

import { RecordError } from './error.ts'
import { tileWidthMax } from './tree-ranges.ts'

/** The longest entry that a bundle can carry. */
export const bundledEntryBytesMax = 65_535

/** @throws RecordError `tile.malformed` unless there are 1 to 256 entries of at most 65,535 bytes. */
export function formatEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  checkCount(entries.length)
  let length = 0
  for (const entry of entries) {
    if (entry.length > bundledEntryBytesMax) {
      throw new RecordError('tile.malformed', `an entry is at most ${bundledEntryBytesMax} bytes`)
    }
    length += 2 + entry.length
  }
  const bundle = new Uint8Array(length)
  let at = 0
  for (const entry of entries) {
    bundle[at] = entry.length >> 8
    bundle[at + 1] = entry.length & 255
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}

/**
 * The entries of a bundle of which `count` are expected. They are views of the bundle and not copies.
 *
 * @throws RecordError `tile.malformed` unless the bundle holds exactly so many and nothing after them.
 */
export function parseEntryBundle(bundle: Uint8Array, count: number): Uint8Array[] {
  checkCount(count)
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bundle.length) {
    const start = at + 2
    const end = start + ((bundle[at]! << 8) | (bundle[at + 1] ?? 0))
    if (start > bundle.length || end > bundle.length) throw new RecordError('tile.malformed', 'the bundle is cut off')
    if (entries.length === count) throw new RecordError('tile.malformed', `the bundle has more than ${count} entries`)
    entries.push(bundle.subarray(start, end))
    at = end
  }
  if (entries.length < count) throw new RecordError('tile.malformed', `the bundle has fewer than ${count} entries`)
  return entries
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 1 || count > tileWidthMax) {
    throw new RecordError('tile.malformed', `a bundle has 1 to ${tileWidthMax} entries`)
  }
}
