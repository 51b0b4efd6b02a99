// Logs as files, as c2sp.org/tlog-tiles names them: the checkpoint, the tiles of hashes and the bundles of entries, so
// that other people's tools can read our logs. It does not know who asks.

import { formatEntryBundle, formatUtf8, parseTilePath, RecordError, tileWidth, tileWidthMax } from '@parley/record'
import type { CoreState } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import type { Reader } from '../db/statement.ts'
import { cosignedNote, heldHead } from './head-notes.ts'
import type { KnownLog } from './registry.ts'

/** A file, or why there is none. Immutable ones may be cached for ever. */
export interface TlogFile {
  readonly status: 200 | 404
  readonly type: string
  readonly body: Uint8Array
  readonly immutable: boolean
}

export interface TlogFiles {
  /** The file at `path`, which begins behind the log's own prefix and has no leading slash. */
  read(log: KnownLog, path: string): Promise<TlogFile>
}

const text = 'text/plain; charset=utf-8'
const bytes = 'application/octet-stream'
export const noTlogFile: TlogFile = { status: 404, type: text, body: formatUtf8('not found\n'), immutable: false }

export function createTlogFiles(parts: {
  readonly reader: Reader
  readonly logReader: LogReader
  readonly state: CoreState
  readonly numberOf: (origin: string) => number
}): TlogFiles {
  const { logReader, state } = parts

  async function readTile({ origin }: KnownLog, path: string): Promise<TlogFile> {
    const { level, index, width } = parseTilePath(path)
    // Whatever is durable may be served, whether a head covers it yet or not; a tile says nothing without one.
    const size = (state.own.get(origin) ?? state.replicas.get(origin))?.frontier.size ?? 0
    if (tileWidth(size, level === 'entries' ? 0 : level, index) < width) return noTlogFile
    const body =
      level === 'entries'
        ? formatEntryBundle(await logReader.readEntries(origin, index * tileWidthMax, index * tileWidthMax + width))
        : await logReader.treeOf(origin).readTile(level, index, width)
    return { status: 200, type: bytes, body, immutable: true }
  }

  return {
    async read(log, path) {
      if (path === 'checkpoint') {
        const head = heldHead(state, log.origin)
        if (head === undefined) return noTlogFile
        const body = await cosignedNote(parts.reader, parts.numberOf(log.origin), head)
        return { status: 200, type: text, body, immutable: false }
      }
      try {
        return await readTile(log, path)
      } catch (error) {
        if (error instanceof RecordError && error.code === 'tile.path') return noTlogFile
        throw error
      }
    },
  }
}
