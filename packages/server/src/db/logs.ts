// The logs that are kept here: our own and the replicas, how far each has got, and its newest head. Growing a log names
// the size it grows from, so that two writers, or one that is behind, cannot both succeed.

import { insertRows, write, writeOften } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Log {
  /** Small, given out by whoever adds the log, never used again. */
  readonly id: number
  readonly origin: string
  /** Who writes it. */
  readonly party: string
  readonly channel: string
  readonly own: boolean
  readonly size: number
  readonly root: Uint8Array
  readonly frontier: Uint8Array
  /** The newest signed checkpoint that was verified or, for our own log, signed. */
  readonly head: { readonly size: number; readonly root: Uint8Array; readonly note: Uint8Array } | undefined
  /** The proof of the fork that froze it. */
  readonly frozen: Uint8Array | undefined
  /** What its entries have seen so far, element by element, as JSON. */
  readonly effectiveSeen: string
}

/** Every log, by id. There are as many as parties and channels make, so this is one page. */
export async function listLogs(reader: Reader): Promise<Log[]> {
  const rows = await reader.selectFrom('logs').selectAll().orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    origin: row.origin,
    party: row.party,
    channel: row.channel,
    own: row.own === 1,
    size: row.size,
    root: row.root,
    frontier: row.frontier,
    head:
      row.head_note === null || row.head_root === null
        ? undefined
        : { size: row.head_size, root: row.head_root, note: row.head_note },
    frozen: row.frozen ?? undefined,
    effectiveSeen: row.effective_seen,
  }))
}

const insertLog = insertRows('logs', [
  'id',
  'origin',
  'party',
  'channel',
  'own',
  'size',
  'root',
  'frontier',
  'head_note',
  'head_size',
  'head_root',
  'frozen',
  'effective_seen',
])

/** Adds a log that nothing is known of yet: `size` 0 with the empty tree's root and frontier. */
export function addLog(
  log: Pick<Log, 'id' | 'origin' | 'party' | 'channel' | 'own' | 'root' | 'frontier'>,
): Statement[] {
  return insertLog([
    {
      ...log,
      own: log.own ? 1 : 0,
      size: 0,
      head_note: null,
      head_size: 0,
      head_root: null,
      frozen: null,
      effective_seen: '[]',
    },
  ])
}

const updateSize = writeOften(
  (db, id: number, from: number, size: number, root: Uint8Array, frontier: Uint8Array, seen: string) =>
    db
      .updateTable('logs')
      .set({ size, root, frontier, effective_seen: seen })
      .where('id', '=', id)
      .where('size', '=', from)
      .where('frozen', 'is', null),
  1,
)

/** Grows the log from `from` to `size`; its new entries and tiles belong in the same batch. Refused (`db.conflict`) when it is not at `from` or is frozen. */
export function growLog(
  growth: Pick<Log, 'id' | 'size' | 'root' | 'frontier' | 'effectiveSeen'> & { readonly from: number },
): Statement {
  const { id, from, size, root, frontier, effectiveSeen } = growth
  return updateSize(id, from, size, root, frontier, effectiveSeen)
}

const updateHead = writeOften(
  (db, id: number, size: number, root: Uint8Array, note: Uint8Array) =>
    db
      .updateTable('logs')
      .set({ head_note: note, head_size: size, head_root: root })
      .where('id', '=', id)
      .where('head_size', '<=', size),
  1,
)

/** Makes this the log's newest head. Refused (`db.conflict`) when a larger one is known. */
export function putHead(id: number, { note, root, size }: NonNullable<Log['head']>): Statement {
  return updateHead(id, size, root, note)
}

/** Freezes the log for good; the first proof stays. */
export function freezeLog(id: number, proof: Uint8Array): Statement {
  return write((db) => db.updateTable('logs').set({ frozen: proof }).where('id', '=', id).where('frozen', 'is', null))
}
