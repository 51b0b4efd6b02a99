// The store of this room: whatever is written goes together with the events that tell of it, one batch after another.

import type { Database } from '../db/database.ts'
import type { Reader, Statement } from '../db/statement.ts'
import { createTurns } from '../turns.ts'
import { appendSecurityEvents } from './security-log.ts'
import type { SecurityEvent } from './security-log.ts'

export interface IdentityStore {
  readonly reader: Reader
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Commits durably. @throws DatabaseError `db.conflict` when something moved meanwhile; then nothing is written. */
  commit(statements: readonly Statement[], events: readonly SecurityEvent[]): Promise<void>
}

export function createIdentityStore(database: Pick<Database, 'reader' | 'writer'>, clock: () => number): IdentityStore {
  const { reader, writer } = database
  const turns = createTurns()
  return {
    reader,
    clock,
    commit: (statements, events) =>
      turns.take(async () => {
        await writer.commit([...statements, ...(await appendSecurityEvents(reader, clock(), events))])
      }),
  }
}
