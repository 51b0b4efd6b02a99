// Checks one stored log by its entries alone: their order, what their rows say of them, the tree and its tiles.

import {
  emptyTileEdge,
  entryDigest,
  formatFrontier,
  Frontier,
  growTiles,
  leafHash,
  listTiles,
  MemoryTree,
  parseEntry,
  RecordError,
  tileWidthMax,
} from '@parley/record'
import type { Crypto } from '@parley/record'
import { subjectOf } from '@parley/mechanism'
import { entriesPerReadMax, findFirstWaiting, readEntries, readEntryBytes } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import type { Log } from '../db/logs.ts'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { countTiles, readTiles } from '../db/tiles.ts'
import type { Tile } from '../db/tiles.ts'
import type { DifferenceList } from './fsck-report.ts'
import type { ReplayedLog } from './replay-logs.ts'

const hashBytes = 32

/** A stored log that has been looked through, ready to be replayed. */
export interface CheckedLog extends ReplayedLog {
  readonly row: Log
  /** The tree that heads and cosignatures are held against. */
  readonly tree: MemoryTree
  /** The verdict that each entry is stored with, and its code. */
  readonly verdicts: readonly string[]
  readonly entryCount: number
  readonly tileCount: number
}

/** A body by the first entry that commits to it. */
export type CommittedBodies = Map<string, { readonly log: number; readonly position: number }>

export const spellVerdict = (verdict: string, code: string | null): string =>
  code === null ? verdict : `${verdict} ${code}`

/** Looks through a log. `bodies` collects what its entries commit to. */
export async function checkLog(
  crypto: Crypto,
  reader: Reader,
  row: Log,
  differences: DifferenceList,
  bodies: CommittedBodies,
): Promise<CheckedLog> {
  const { id, origin, party, channel } = row
  const derived = new MemoryTree(crypto)
  const frontier = Frontier.empty(crypto)
  const verdicts: string[] = []
  for (let start = 0; start < row.size; start += entriesPerReadMax) {
    const end = Math.min(row.size, start + entriesPerReadMax)
    for (const entry of await readEntries(reader, { log: id, start, end })) {
      if (entry.position !== derived.size) break
      checkEntryRow(crypto, origin, entry, differences)
      if (entry.bodyCiphertext !== null) noteBody(bodies, entry)
      verdicts.push(spellVerdict(entry.verdict, entry.code))
      const leaf = leafHash(crypto, entry.bytes)
      derived.append(leaf)
      frontier.append(leaf)
    }
  }
  differences.compare('log', { origin, field: 'size' }, derived.size, row.size)
  const [beyond] = await readEntryBytes(reader, { log: id, start: row.size, end: row.size + 1 })
  if (beyond !== undefined) differences.add('entry', { origin, position: row.size }, undefined, beyond)

  const stored = await readStoredLeaves(crypto, reader, id, derived.size)
  const isEntryAtFault =
    !sameRoot(derived.root(), row.root) && stored !== undefined && sameRoot(stored.root(), row.root)
  const tree = isEntryAtFault ? stored : derived
  if (isEntryAtFault) nameChangedEntries(origin, derived, stored, differences)
  else differences.compare('log', { origin, field: 'root' }, derived.root(), row.root)
  if (!isEntryAtFault) differences.compare('log', { origin, field: 'frontier' }, formatFrontier(frontier), row.frontier)
  const tileCount = await checkTiles(crypto, reader, row, tree, differences)
  const waiting = (await findFirstWaiting(reader, id)) ?? derived.size
  return {
    row,
    origin,
    party,
    channel,
    tree,
    end: Math.min(waiting, derived.size),
    readEntries: (start, end) => readEntryBytes(reader, { log: id, start, end }),
    verdicts,
    entryCount: derived.size,
    tileCount,
  }
}

const sameRoot = (one: Uint8Array, other: Uint8Array): boolean => one.toHex() === other.toHex()

function noteBody(bodies: CommittedBodies, { bodyCiphertext, log, position }: StoredEntry): void {
  const digest = bodyCiphertext!.toHex()
  if (!bodies.has(digest)) bodies.set(digest, { log, position })
}

/** The columns beside the bytes say what is in them. */
function checkEntryRow(crypto: Crypto, origin: string, entry: StoredEntry, differences: DifferenceList): void {
  const expected = describeBytes(crypto, entry.bytes)
  for (const field of ['digest', 'type', 'subject', 'at', 'bodyCiphertext'] as const) {
    differences.compare('entry', { origin, position: entry.position, field }, expected[field], entry[field])
  }
}

function describeBytes(
  crypto: Crypto,
  bytes: Uint8Array,
): Pick<StoredEntry, 'digest' | 'type' | 'subject' | 'at' | 'bodyCiphertext'> {
  try {
    const entry = parseEntry(bytes)
    const digest = entryDigest(crypto, entry)
    const found = subjectOf(entry, digest)
    return {
      digest: Uint8Array.fromHex(digest),
      type: entry.type,
      subject: found.kind === 'subject' ? found.subject : null,
      at: entry.at,
      bodyCiphertext: entry.body === undefined ? null : Uint8Array.fromHex(entry.body.ciphertext),
    }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { digest: null, type: null, subject: null, at: null, bodyCiphertext: null }
  }
}

/** The tree of the leaf hashes as the tiles of the lowest level hold them; undefined when some are missing. */
async function readStoredLeaves(
  crypto: Crypto,
  reader: Reader,
  log: number,
  size: number,
): Promise<MemoryTree | undefined> {
  const tree = new MemoryTree(crypto)
  while (tree.size < size) {
    const first = Math.floor(tree.size / tileWidthMax)
    const count = Math.min(pageRowsMax, Math.ceil(size / tileWidthMax) - first)
    const places = Array.from({ length: count }, (_, i) => ({ level: 0, position: first + i }))
    const tiles = await readTiles(reader, log, places)
    for (const { position, hashes } of tiles.toSorted((a, b) => a.position - b.position)) {
      if (position !== Math.floor(tree.size / tileWidthMax)) return undefined
      const width = Math.min(tileWidthMax, size - tree.size)
      if (hashes.length < width * hashBytes) return undefined
      for (let i = 0; i < width; i++) tree.append(hashes.subarray(i * hashBytes, (i + 1) * hashBytes))
    }
    if (tiles.length < count && tree.size < size) return undefined
  }
  return tree
}

/** The tree is the one that was signed, so it is the entry that was changed afterwards. */
function nameChangedEntries(
  origin: string,
  derived: MemoryTree,
  stored: MemoryTree,
  differences: DifferenceList,
): void {
  for (let position = 0; position < derived.size; position++) {
    const where = { origin, position, field: 'bytes' }
    differences.compare('entry', where, stored.leaf(position), derived.leaf(position))
  }
}

async function checkTiles(
  crypto: Crypto,
  reader: Reader,
  { id, origin }: Log,
  tree: MemoryTree,
  differences: DifferenceList,
): Promise<number> {
  const expected = listExpectedTiles(crypto, tree)
  for (let start = 0; start < expected.length; start += pageRowsMax) {
    const some = expected.slice(start, start + pageRowsMax)
    const tiles = await readTiles(reader, id, some)
    const stored = new Map(tiles.map((tile) => [`${tile.level}/${tile.position}`, tile]))
    for (const tile of some) checkTile(origin, tile, stored.get(`${tile.level}/${tile.position}`), differences)
  }
  const count = await countTiles(reader, id)
  differences.compare('tile', { origin, field: 'count' }, expected.length, Math.max(count, expected.length))
  return expected.length
}

function checkTile(
  origin: string,
  expected: Omit<Tile, 'log'>,
  found: Tile | undefined,
  differences: DifferenceList,
): void {
  const { hashes, level, position } = expected
  if (found === undefined) return differences.add('tile', { origin, level, position }, hashes, undefined)
  differences.compare('tile', { origin, level, position, field: 'width' }, expected.width, found.width)
  for (let at = 0; at < hashes.length; at += hashBytes) {
    const [ours, theirs] = [hashes.subarray(at, at + hashBytes), found.hashes.subarray(at, at + hashBytes)]
    if (ours.toHex() === theirs.toHex()) continue
    return differences.add('tile', { origin, level, position, field: `hash ${at / hashBytes}` }, ours, theirs)
  }
}

/** Every tile of the tree with its hashes, the upper levels made from the lowest. */
function listExpectedTiles(crypto: Crypto, tree: MemoryTree): Omit<Tile, 'log'>[] {
  const leaves = new Uint8Array(tree.size * hashBytes)
  for (let i = 0; i < tree.size; i++) leaves.set(tree.leaf(i), i * hashBytes)
  const { tiles } = growTiles(crypto, emptyTileEdge, leaves)
  const made = new Map(tiles.map((tile) => [`${tile.level}/${tile.index}`, tile]))
  return [...listTiles(tree.size)].map(({ index, level, width }) => {
    return { level, position: index, width, hashes: made.get(`${level}/${index}`)!.hashes }
  })
}
