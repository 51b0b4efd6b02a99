// What a dialect gives the store: sessions that read, one durable transaction at a time, and news of what others wrote.
// `sqlite.ts` and `postgres.ts` are the two; nothing else in the store knows which one it stands on.

import type { DatabaseError } from '../error.ts'
import type { CompiledStatement, DialectName } from '../statement.ts'
import type { Value } from '../value.ts'

export type Row = Record<string, Value>

/** One connection that reads, in the hands of one user until it is released. */
export interface ReadSession {
  /** @throws DatabaseError `db.query`, `db.busy`, `db.unreachable`, `db.failed` or `db.closed` */
  read(sql: string, parameters: readonly Value[]): Promise<Row[]>
  release(): void
}

/** The names of column types for migrations. */
export interface ColumnTypes {
  readonly integer: string
  readonly bytes: string
  /** Compared byte by byte, whatever the locale of the database. */
  readonly text: string
  /** What follows the closing bracket of a table. */
  readonly tableEnd: string
  /** What makes the table `search_text` and its index: lists of words by document. */
  readonly textIndex: readonly string[]
}

export interface Engine {
  readonly dialect: DialectName
  readonly types: ColumnTypes
  /** Waits until a connection is free. */
  acquire(): Promise<ReadSession>
  /**
   * All statements in one transaction, durable when the promise resolves, in one message to the writer. Resolves to the
   * number of rows that each changed. Only one call at a time.
   * @throws DatabaseError; except for `db.failed`, nothing was stored.
   */
  transact(statements: readonly CompiledStatement[]): Promise<number[]>
  hasTable(name: string): Promise<boolean>
  /** A statement that, once committed, tells every process of this database about `topic`. Undefined where there is only this one. */
  announce(topic: string): CompiledStatement | undefined
  /** Hears the announcements of other processes, and undefined when some may have been missed. */
  hear(listener: (topic: string | undefined) => void): void
  /** Removes what was deleted from the files as well. */
  purge(): Promise<void>
  /** Resolves when the writer can no longer write. */
  readonly failed: Promise<DatabaseError>
  close(): Promise<void>
}

/** What is settled before the first query: whether to write at all, how many readers, how long to wait for the lock. */
export interface EngineOptions {
  readonly access: 'write' | 'read'
  readonly readers: number
  readonly lockWaitMilliseconds: number
}
