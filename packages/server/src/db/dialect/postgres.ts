// The store on PostgreSQL 15 or later. One session writes and holds the advisory lock, so whoever has lost the lock has
// lost the session it would write through; a pool reads. What is particular to PostgreSQL stands here.

import { Client, Pool, types as pgTypes } from 'pg'
import type { ClientConfig, PoolClient, QueryResult } from 'pg'
import { DatabaseError } from '../error.ts'
import type { CompiledStatement } from '../statement.ts'
import type { Value } from '../value.ts'
import type { ColumnTypes, Engine, EngineOptions, ReadSession, Row } from './engine.ts'
import { postgresTextIndex } from './postgres-text-index.ts'

export const postgresTypes: ColumnTypes = {
  integer: 'bigint',
  bytes: 'bytea',
  text: 'text collate "C"',
  tableEnd: '',
  textIndex: postgresTextIndex,
}

const versionMin = 150_000
const connectMillisecondsMax = 10_000
const readMillisecondsMax = 30_000
const writeMillisecondsMax = 60_000
const lockPollMilliseconds = 100
const listenRetryMilliseconds = 1_000
const preparedMax = 256
const announcements = 'parley'
/** The first key of the advisory lock: "parl" in ASCII. The second is made from the name of the schema. */
const lockClass = 0x7061726c

/** A client that vanished without a word is noticed by the server within half a minute, and its lock is free again. */
const keepAlive = { tcp_keepalives_idle: 10, tcp_keepalives_interval: 5, tcp_keepalives_count: 3 }

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new DatabaseError('db.value', `${text} is not a safe integer`)
  return value
}

const getTypeParser: typeof pgTypes.getTypeParser = (oid, format) => {
  if (oid === pgTypes.builtins.INT8) return parseInt8
  if (oid === pgTypes.builtins.BYTEA) return (text: string) => Uint8Array.fromHex(text.slice(2))
  return pgTypes.getTypeParser(oid, format)
}

/** Settings of a session go into the address behind those that are there, because an address overrides everything else. */
function configure(url: string, settings: Record<string, string | number>): ClientConfig {
  let address: URL
  try {
    address = new URL(url)
  } catch (cause) {
    throw new DatabaseError('db.url', 'the address of the database cannot be read', { cause })
  }
  const given = address.searchParams.get('options') ?? ''
  const ours = Object.entries({ ...keepAlive, ...settings }).map(([name, value]) => `-c ${name}=${value}`)
  address.searchParams.set('options', [given, ...ours].join(' ').trim())
  return {
    connectionString: address.href,
    application_name: 'parley',
    connectionTimeoutMillis: connectMillisecondsMax,
    keepAlive: true,
    types: { getTypeParser },
  }
}

/** The error that an SQLSTATE stands for; an error without one comes from the connection. */
function errorOf(cause: unknown): DatabaseError {
  if (cause instanceof DatabaseError) return cause
  const { code, message } = cause as { code?: string; message: string }
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) return new DatabaseError('db.failed', message, { cause })
  if (code === '23505') return new DatabaseError('db.conflict', message, { cause })
  if (code.startsWith('23')) return new DatabaseError('db.constraint', message, { cause })
  if (code === '53100') return new DatabaseError('db.full', message, { cause })
  if (code === '57014' || code.startsWith('55') || code.startsWith('40')) {
    return new DatabaseError('db.busy', message, { cause })
  }
  // The server is stopping, the connection is broken, or the data is damaged.
  if (code !== '08P01' && /^(08|57|58|F0|XX)/.test(code)) return new DatabaseError('db.failed', message, { cause })
  return new DatabaseError('db.query', message, { cause })
}

/** @throws DatabaseError `db.unreachable` */
async function connect(config: ClientConfig): Promise<Client> {
  const client = new Client(config)
  // Without a listener a lost connection would end the process; the queries that it took with it tell.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    throw new DatabaseError('db.unreachable', (cause as Error).message, { cause })
  }
  return client
}

/** @throws DatabaseError `db.unsupported` or `db.durability` */
async function checkServer(client: Client): Promise<void> {
  const names = [
    'server_version_num',
    'server_encoding',
    'fsync',
    'full_page_writes',
    'synchronous_commit',
    'data_sync_retry',
  ]
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [names],
  )
  const found = new Map(rows.map(({ name, setting }) => [name, setting]))
  if (Number(found.get('server_version_num')) < versionMin) {
    throw new DatabaseError(
      'db.unsupported',
      `PostgreSQL 15 or later is needed, this is ${found.get('server_version_num')}`,
    )
  }
  if (found.get('server_encoding') !== 'UTF8') {
    throw new DatabaseError(
      'db.unsupported',
      `the database must be encoded in UTF8, not ${found.get('server_encoding')}`,
    )
  }
  const demanded: Record<string, readonly string[]> = {
    fsync: ['on'],
    full_page_writes: ['on'],
    // Each of these waits at least for this server's own disk.
    synchronous_commit: ['on', 'local', 'remote_write', 'remote_apply'],
    // After a failed fsync a second one says nothing about what the first one lost.
    data_sync_retry: ['off'],
  }
  for (const [name, allowed] of Object.entries(demanded)) {
    if (!allowed.includes(found.get(name) ?? '')) {
      throw new DatabaseError('db.durability', `${name} is ${found.get(name)}, must be ${allowed.join(' or ')}`)
    }
  }
}

/**
 * Becomes the one process that writes to this schema. Waits a little, because the server may take a moment to notice
 * that the last holder has died.
 * @throws DatabaseError `db.locked`
 */
async function holdAdvisoryLock(client: Client, waitMilliseconds: number): Promise<void> {
  for (let waited = 0; ; waited += lockPollMilliseconds) {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock($1, hashtext(current_schema())) as held',
      [lockClass],
    )
    if (rows[0]?.held === true) return
    if (waited >= waitMilliseconds) throw new DatabaseError('db.locked', 'another process writes to this database')
    await new Promise((resolve) => setTimeout(resolve, lockPollMilliseconds))
  }
}

/** The writing session: every statement text is prepared once, up to a number. */
class WriterSession {
  readonly client: Client
  readonly #names = new Map<string, string>()

  constructor(client: Client) {
    this.client = client
  }

  #send(sql: string, parameters: readonly Value[]): Promise<QueryResult> {
    let name = this.#names.get(sql)
    if (name === undefined && this.#names.size < preparedMax) {
      name = `p${this.#names.size}`
      this.#names.set(sql, name)
    }
    return this.client.query({ text: sql, values: [...parameters], ...(name === undefined ? {} : { name }) })
  }

  /** Begin, statements and, when nothing has to be checked in between, commit go out in one flight. */
  async transact(statements: readonly CompiledStatement[]): Promise<number[]> {
    const checked = statements.some(({ changes }) => changes !== undefined)
    const flight = [this.client.query('begin')]
    for (const { sql, parameters } of statements) flight.push(this.#send(sql, parameters))
    let commit: Promise<QueryResult> | undefined
    if (!checked) {
      commit = this.client.query('commit')
      flight.push(commit)
    }
    const outcomes = await Promise.allSettled(flight)
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')
    if (refused !== undefined) {
      if (checked) await this.client.query('rollback')
      throw errorOf(refused.reason)
    }
    const results = outcomes.slice(1).map((outcome) => (outcome as PromiseFulfilledResult<QueryResult>).value)
    const changes = statements.map((_, i) => results[i]!.rowCount ?? 0)
    for (const [i, statement] of statements.entries()) {
      if (statement.changes === undefined || statement.changes === changes[i]) continue
      await this.client.query('rollback')
      throw new DatabaseError('db.conflict', `changed ${changes[i]} rows, not ${statement.changes}: ${statement.sql}`)
    }
    commit ??= this.client.query('commit')
    // A transaction that an error has doomed answers commit with a rollback, and without an error.
    if ((await commit).command !== 'COMMIT') throw new DatabaseError('db.query', 'the transaction was rolled back')
    return changes
  }
}

function createSession(client: PoolClient): ReadSession {
  let broken: Error | undefined
  return {
    async read(text, parameters) {
      try {
        const { rows } = await client.query<Row>(text, [...parameters])
        return rows
      } catch (cause) {
        const error = errorOf(cause)
        if (error.code !== 'db.failed') throw error
        broken = error
        // The next read gets another connection; only the writer's loss is final.
        throw new DatabaseError('db.unreachable', error.message, { cause })
      }
    },
    release: () => client.release(broken),
  }
}

/** Hears announcements on a connection of its own, which is made anew whenever it is lost. */
class Listening {
  readonly #config: ClientConfig
  readonly #listeners: ((topic: string | undefined) => void)[] = []
  #client: Client | undefined
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(config: ClientConfig) {
    this.#config = config
  }

  add(listener: (topic: string | undefined) => void): void {
    this.#listeners.push(listener)
    if (this.#listeners.length === 1) void this.#connect()
  }

  async #connect(): Promise<void> {
    const client = new Client(this.#config)
    this.#client = client
    client.on('error', () => {})
    client.on('end', () => {
      if (this.#closed) return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#connect(), listenRetryMilliseconds)
    })
    client.on('notification', ({ payload }) => this.#tell(payload))
    try {
      await client.connect()
      await client.query(`listen ${announcements}`)
      // Whatever was announced while nobody listened is made up for by looking at everything once.
      this.#tell(undefined)
    } catch {
      await client.end().catch(() => {})
    }
  }

  #tell(topic: string | undefined): void {
    for (const listener of this.#listeners) listener(topic)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#client?.end().catch(() => {})
  }
}

/**
 * Connects, checks that the server keeps what it acknowledges, and for writing becomes the only writer.
 * @throws DatabaseError `db.unreachable`, `db.unsupported`, `db.durability` or `db.locked`
 */
export async function openPostgres(url: string, options: EngineOptions): Promise<Engine> {
  const { promise: failed, resolve: fail } = Promise.withResolvers<DatabaseError>()
  let closed = false
  let writer: WriterSession | undefined
  const check = await connect(configure(url, { statement_timeout: writeMillisecondsMax }))
  try {
    await checkServer(check)
  } finally {
    await check.end()
  }
  if (options.access === 'write') {
    const config = configure(url, { statement_timeout: writeMillisecondsMax, idle_session_timeout: 0 })
    const client = await connect({ ...config, pipeline: true })
    client.on('end', () => {
      if (!closed) fail(new DatabaseError('db.failed', 'the writing session was lost'))
    })
    try {
      await holdAdvisoryLock(client, options.lockWaitMilliseconds)
    } catch (error) {
      closed = true
      await client.end()
      throw error
    }
    writer = new WriterSession(client)
  }
  const readConfig = configure(url, { statement_timeout: readMillisecondsMax, default_transaction_read_only: 'on' })
  const pool = new Pool({ ...readConfig, max: options.readers })
  pool.on('error', () => {})
  const listening = new Listening(configure(url, {}))

  async function acquire(): Promise<ReadSession> {
    if (closed) throw new DatabaseError('db.closed', 'the database is closed')
    try {
      return createSession(await pool.connect())
    } catch (cause) {
      throw new DatabaseError('db.unreachable', (cause as Error).message, { cause })
    }
  }

  return {
    dialect: 'postgres',
    types: postgresTypes,
    failed,
    acquire,
    async transact(statements) {
      if (writer === undefined || closed) throw new DatabaseError('db.closed', 'the database is not open for writing')
      try {
        return await writer.transact(statements)
      } catch (cause) {
        const error = errorOf(cause)
        if (error.code === 'db.failed') fail(error)
        throw error
      }
    },
    async hasTable(name) {
      const session = await acquire()
      try {
        const text = 'select 1 from information_schema.tables where table_schema = current_schema() and table_name = $1'
        return (await session.read(text, [name])).length > 0
      } finally {
        session.release()
      }
    },
    announce: (topic) => ({
      sql: 'select pg_notify($1, $2)',
      parameters: [announcements, topic],
      changes: undefined,
    }),
    hear: (listener) => listening.add(listener),
    async purge() {
      await writer?.client.query('vacuum bodies, texts, search_text')
    },
    async close() {
      closed = true
      await Promise.all([listening.close(), pool.end(), writer?.client.end()])
    },
  }
}
