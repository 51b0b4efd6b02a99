// A Kysely driver that only reads, over the sessions of a dialect. Transactions are there for one consistent view over
// several queries.

import { CompiledQuery, Kysely } from 'kysely'
import type { DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import type { Schema } from '../schema.ts'
import { checkValues } from '../value.ts'
import type { ReadSession } from './engine.ts'

class ReaderConnection implements DatabaseConnection {
  readonly session: ReadSession

  constructor(session: ReadSession) {
    this.session = session
  }

  async executeQuery<Result>(query: CompiledQuery): Promise<QueryResult<Result>> {
    const rows = await this.session.read(query.sql, checkValues(query.parameters))
    return { rows: rows as Result[] }
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<Result>(): AsyncIterableIterator<QueryResult<Result>> {
    throw new Error('reads are paged, not streamed')
  }
}

class ReaderDriver implements Driver {
  readonly #acquire: () => Promise<ReadSession>
  readonly #begin: string

  constructor(acquire: () => Promise<ReadSession>, begin: string) {
    this.#acquire = acquire
    this.#begin = begin
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new ReaderConnection(await this.#acquire())
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    ;(connection as ReaderConnection).session.release()
  }

  async destroy(): Promise<void> {}
}

/** A Kysely over `acquire` with the query compiler and adapter of `dialect`; `begin` starts a transaction with one view. */
export function createReader(
  dialect: Pick<Dialect, 'createAdapter' | 'createQueryCompiler' | 'createIntrospector'>,
  acquire: () => Promise<ReadSession>,
  begin: string,
): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: { ...dialect, createDriver: () => new ReaderDriver(acquire, begin) } })
}
