// What a SQLite connection must be set to before anything is acknowledged. Each setting is read back, because SQLite takes
// an unknown or impossible one without a word.

import type { DatabaseSync } from 'node:sqlite'
import { DatabaseError } from '../error.ts'

const demanded: Readonly<Record<string, readonly [set: string, found: number | string]>> = {
  synchronous: ['full', 2],
  // Where a disk may reorder writes behind an ordinary fsync (macOS), these ask for the real one.
  fullfsync: ['on', 1],
  checkpoint_fullfsync: ['on', 1],
  foreign_keys: ['on', 1],
}

const demandedOf: Readonly<Record<'writer' | 'reader', typeof demanded>> = {
  // Erased bodies must be gone from the file, not only from its index.
  writer: { journal_mode: ['wal', 'wal'], secure_delete: ['on', 1], ...demanded },
  reader: { query_only: ['on', 1], ...demanded },
}

/**
 * Sets what durability needs and reads it back.
 * @throws DatabaseError `db.durability` when a setting did not take
 */
export function demandDurability(db: DatabaseSync, role: 'writer' | 'reader'): void {
  for (const [name, [set, wanted]] of Object.entries(demandedOf[role])) {
    db.exec(`pragma ${name} = ${set}`)
    const found = Object.values(db.prepare(`pragma ${name}`).get() ?? {})[0]
    if (found !== wanted) throw new DatabaseError('db.durability', `${name} is ${String(found)}, must be ${wanted}`)
  }
}
