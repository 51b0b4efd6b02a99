// Opening the store: SQLite in this process or PostgreSQL by address, the same behind both. What is opened has been
// checked to keep what it acknowledges, is held by this process alone, and has the newest schema.

import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Dialect } from 'kysely'
import type { Engine, EngineOptions } from './dialect/engine.ts'
import { openPostgres } from './dialect/postgres.ts'
import { createReader } from './dialect/reader.ts'
import { openSqlite } from './dialect/sqlite.ts'
import { DatabaseError } from './error.ts'
import { checkSchema, migrate } from './migrate.ts'
import type { DialectName, Reader } from './statement.ts'
import { createWriter } from './writer.ts'
import type { Writer } from './writer.ts'

const readersDefault = 2
const lockWaitMillisecondsDefault = 5_000

export interface ReadableDatabase {
  readonly dialect: DialectName
  readonly reader: Reader
  /** Several queries over one unchanging view of the data. `view` reads only through the reader that it is handed. */
  snapshot<Result>(view: (reader: Reader) => Promise<Result>): Promise<Result>
  /** Waits for what was begun; closing again changes nothing. */
  close(): Promise<void>
}

export interface Database extends ReadableDatabase {
  readonly writer: Writer
  /** Hears the topics of commits, of other processes too; undefined when some may have been missed. Returns how to stop. */
  listen(listener: (topic: string | undefined) => void): () => void
  /** Removes erased bodies from the files too; to be called after the erasures have been committed. */
  purge(): Promise<void>
  /** Resolves when the store can no longer be used, whatever the reason. The process must end or open the database again. */
  readonly failed: Promise<DatabaseError>
}

export interface OpenOptions {
  /** Connections for reading. */
  readonly readers?: number
  /** How long to wait for another process to let go of the database (PostgreSQL only). */
  readonly lockWaitMilliseconds?: number
}

const sqliteFront: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'> = {
  createAdapter: () => new ParallelSqliteAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
}

const postgresFront: typeof sqliteFront = {
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}

/** There are several reading connections, so Kysely need not make them wait for one another. */
class ParallelSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

async function openEngine(url: string, options: EngineOptions): Promise<Engine> {
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length)
    return openSqlite(url.slice('sqlite:'.length), options)
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres(url, options)
  throw new DatabaseError('db.url', 'the database is sqlite:/path/to/file or postgres://…')
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined
  return () => (closing ??= close())
}

function readable(engine: Engine): Omit<ReadableDatabase, 'close'> {
  const isolation = 'begin isolation level repeatable read read only'
  const kysely =
    engine.dialect === 'sqlite'
      ? createReader(sqliteFront, () => engine.acquire(), 'begin')
      : createReader(postgresFront, () => engine.acquire(), isolation)
  // The read-only type has fewer methods than the value, and an incompatible `transaction`.
  const reader = kysely as never as Reader
  return {
    dialect: engine.dialect,
    reader,
    snapshot: (view) => kysely.transaction().execute((transaction) => view(transaction as never as Reader)),
  }
}

/**
 * Opens the store for writing: checks durability, takes the lock and brings the schema up to date.
 * @throws DatabaseError `db.url`, `db.unreachable`, `db.unsupported`, `db.durability`, `db.locked`, `db.newer`, `db.schema`
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const engine = await openEngine(url, {
    access: 'write',
    readers: options.readers ?? readersDefault,
    lockWaitMilliseconds: options.lockWaitMilliseconds ?? lockWaitMillisecondsDefault,
  })
  try {
    await migrate(engine)
  } catch (error) {
    await engine.close()
    throw error
  }

  const listeners = new Set<(topic: string | undefined) => void>()
  function tell(topic: string | undefined): void {
    for (const listener of listeners) listener(topic)
  }
  let hearing = false
  // Where the database itself carries announcements, our own come back that way too.
  const carried = engine.announce('') !== undefined
  const writer = createWriter(engine, (topic) => {
    if (!carried) tell(topic)
  })
  return {
    ...readable(engine),
    writer,
    failed: engine.failed,
    purge: () => engine.purge(),
    listen(listener) {
      listeners.add(listener)
      if (!hearing) engine.hear(tell)
      hearing = true
      return () => listeners.delete(listener)
    },
    close: once(async () => {
      await writer.end()
      await engine.close()
    }),
  }
}

/**
 * Opens the store for reading only, beside the process that writes it, if there is one. Changes nothing.
 * @throws DatabaseError as {@link openDatabase}, and `db.older` when the schema must be brought up to date first
 */
export async function openDatabaseForReading(url: string, options: OpenOptions = {}): Promise<ReadableDatabase> {
  const readers = options.readers ?? readersDefault
  const engine = await openEngine(url, { access: 'read', readers, lockWaitMilliseconds: 0 })
  try {
    await checkSchema(engine)
  } catch (error) {
    await engine.close()
    throw error
  }
  return { ...readable(engine), close: once(() => engine.close()) }
}
