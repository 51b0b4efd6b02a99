// The store on SQLite, in this process: one worker thread writes, a few read, all through `node:sqlite`. What is
// particular to SQLite stands here and in `sqlite-worker.ts`.

import { open, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DatabaseError } from '../error.ts'
import { holdFileLock } from '../file-lock.ts'
import type { Value } from '../value.ts'
import type { ColumnTypes, Engine, EngineOptions, ReadSession, Row } from './engine.ts'
import { sqliteTextIndex } from './sqlite-text-index.ts'
import { packValues, unpackValues } from './sqlite-message.ts'
import type { PackedValues, WorkerAnswer, WorkerRequest, WorkerSettings } from './sqlite-message.ts'

export const sqliteTypes: ColumnTypes = {
  integer: 'integer',
  bytes: 'blob',
  text: 'text',
  tableEnd: ' strict',
  textIndex: sqliteTextIndex,
}

/** How long a read waits for a connection. */
const waitMillisecondsMax = 30_000

/** The error that SQLite's extended result code stands for; the low byte is the class. */
function errorOf(answer: WorkerAnswer & { kind: 'refused' }): DatabaseError {
  const { errcode, message, unmet } = answer
  if (unmet) return new DatabaseError('db.conflict', message)
  if (errcode === undefined) return new DatabaseError('db.query', message)
  switch (errcode & 0xff) {
    case 5: // busy
    case 6: // locked
      return new DatabaseError('db.busy', message)
    case 8: // read-only
    case 10: // I/O error, a failed fsync among them
    case 11: // corrupt
    case 14: // cannot open
    case 26: // not a database
      return new DatabaseError('db.failed', message)
    case 13:
      return new DatabaseError('db.full', message)
    case 19: {
      const taken = errcode === 1555 || errcode === 2067 || errcode === 2579
      return new DatabaseError(taken ? 'db.conflict' : 'db.constraint', message)
    }
    default:
      return new DatabaseError('db.query', message)
  }
}

/** A worker thread with one connection. Requests are answered in the order in which they were made. */
class Connection {
  /** Resolves when the thread has ended without being asked to. */
  readonly ended: Promise<DatabaseError>
  readonly #worker: Worker
  readonly #waiting: { resolve: (answer: WorkerAnswer) => void; reject: (error: DatabaseError) => void }[] = []
  #over: DatabaseError | undefined
  #closing: Promise<void> | undefined

  private constructor(settings: WorkerSettings) {
    this.#worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: settings })
    this.#worker.on('message', (answer: WorkerAnswer) => this.#waiting.shift()?.resolve(answer))
    this.ended = new Promise((resolve) => {
      const end = (cause: unknown): void => {
        if (this.#over !== undefined) return
        this.#over = new DatabaseError('db.failed', 'the SQLite thread ended', { cause })
        for (const { reject } of this.#waiting.splice(0)) reject(this.#over)
        resolve(this.#over)
      }
      this.#worker.on('error', end)
      this.#worker.on('exit', end)
    })
  }

  /** @throws DatabaseError `db.durability`, `db.failed` or `db.busy` */
  static async open(settings: WorkerSettings): Promise<Connection> {
    const connection = new Connection(settings)
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => connection.#waiting.push({ resolve, reject }))
    if (answer.kind === 'opened') return connection
    await connection.abandon()
    if (answer.kind === 'undurable') throw new DatabaseError('db.durability', answer.message)
    throw errorOf(answer as WorkerAnswer & { kind: 'refused' })
  }

  /** @throws DatabaseError */
  async ask(request: WorkerRequest, transfer: ArrayBuffer[] = []): Promise<WorkerAnswer> {
    if (this.#over !== undefined) throw this.#over
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(request, transfer)
    })
    if (answer.kind === 'refused') throw errorOf(answer)
    return answer
  }

  /** Waits for what was asked; closing again changes nothing. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    if (this.#over === undefined) await this.ask({ kind: 'close' })
    await this.abandon()
  }

  /** Ends the thread as it is. */
  async abandon(): Promise<void> {
    this.#over ??= new DatabaseError('db.closed', 'the database is closed')
    await this.#worker.terminate()
  }
}

function rowsOf(columns: readonly string[], values: PackedValues): Row[] {
  return unpackValues(values, true).map((list) => {
    const row: Row = {}
    for (const [i, column] of columns.entries()) row[column] = list[i] as Value
    return row
  })
}

interface WaitingReader {
  resolve(this: void, connection: Connection): void
  reject(this: void, error: DatabaseError): void
}

/** Hands out the readers to whoever asks first. */
class ReaderPool {
  readonly #connections: readonly Connection[]
  readonly #idle: Connection[]
  readonly #waiting: WaitingReader[] = []
  #closed = false

  constructor(connections: readonly Connection[]) {
    this.#connections = connections
    this.#idle = [...connections]
  }

  async acquire(): Promise<ReadSession> {
    if (this.#closed) throw new DatabaseError('db.closed', 'the database is closed')
    const connection = this.#idle.pop() ?? (await this.#wait())
    return {
      read: async (text, parameters) => {
        const values = packValues([parameters])
        const answer = await connection.ask({ kind: 'read', text, values }, [values.bytes])
        if (answer.kind !== 'rows') throw new DatabaseError('db.query', `a read was answered by ${answer.kind}`)
        return rowsOf(answer.columns, answer.values)
      },
      release: () => {
        const next = this.#waiting.shift()
        if (next === undefined) this.#idle.push(connection)
        else next.resolve(connection)
      },
    }
  }

  #wait(): Promise<Connection> {
    const { promise, resolve, reject } = Promise.withResolvers<Connection>()
    const waiting: WaitingReader = { resolve, reject }
    const timer = setTimeout(() => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      reject(new DatabaseError('db.busy', 'every reader has been in use for too long'))
    }, waitMillisecondsMax)
    this.#waiting.push(waiting)
    return promise.finally(() => clearTimeout(timer))
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { reject } of this.#waiting.splice(0)) reject(new DatabaseError('db.closed', 'the database is closed'))
    await Promise.all(this.#connections.map((connection) => connection.close()))
  }
}

/** A new file survives a power cut only once its folder has been synchronised too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** The one spelling of the path, so that two names of one file have one lock. */
async function resolvePath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return join(await realpath(dirname(path)), basename(path))
  }
}

/**
 * Opens the file, which is made when it is not there and `access` is `write`.
 * @throws DatabaseError `db.locked`, `db.durability`, `db.failed` when it is not a database, `db.unreachable` when its
 *   folder is not there
 */
export async function openSqlite(given: string, options: EngineOptions): Promise<Engine> {
  const path = await resolvePath(given).catch((cause: unknown) => {
    throw new DatabaseError('db.unreachable', `no folder for ${given}`, { cause })
  })
  const writes = options.access === 'write'
  const lock = writes ? holdFileLock(`${path}.lock`, 'db.locked') : undefined
  const opened: Connection[] = []
  try {
    const writer = writes ? await Connection.open({ path, role: 'writer' }) : undefined
    if (writer !== undefined) {
      opened.push(writer)
      await syncFolder(path)
    }
    const readers = await Promise.all(
      Array.from({ length: options.readers }, () => Connection.open({ path, role: 'reader' })),
    )
    opened.push(...readers)
    return createEngine(writer, readers, () => lock?.release())
  } catch (error) {
    await Promise.all(opened.map((connection) => connection.close()))
    lock?.release()
    throw error
  }
}

function createEngine(writer: Connection | undefined, readers: readonly Connection[], release: () => void): Engine {
  const pool = new ReaderPool(readers)
  const { promise: failed, resolve: fail } = Promise.withResolvers<DatabaseError>()
  let failure: DatabaseError | undefined
  function failWith(error: DatabaseError): void {
    failure ??= error
    fail(failure)
  }
  for (const connection of [...readers, ...(writer === undefined ? [] : [writer])]) void connection.ended.then(failWith)

  async function askWriter(request: WorkerRequest, transfer: ArrayBuffer[] = []): Promise<WorkerAnswer> {
    if (writer === undefined) throw new DatabaseError('db.closed', 'the database was opened for reading')
    try {
      return await writer.ask(request, transfer)
    } catch (error) {
      if (error instanceof DatabaseError && error.code === 'db.failed') failWith(error)
      throw error
    }
  }

  return {
    dialect: 'sqlite',
    types: sqliteTypes,
    failed,
    acquire: () => pool.acquire(),
    async transact(statements) {
      const values = packValues(statements.map(({ parameters }) => parameters))
      const texts = statements.map(({ sql }) => sql)
      const changes = statements.map((statement) => statement.changes)
      const answer = await askWriter({ kind: 'run', texts, changes, values }, [values.bytes])
      return answer.kind === 'changed' ? [...answer.changes] : []
    },
    async hasTable(name) {
      const session = await pool.acquire()
      try {
        const rows = await session.read("select 1 from sqlite_master where type = 'table' and name = ?", [name])
        return rows.length > 0
      } finally {
        session.release()
      }
    },
    // Only this process writes the file, so there is nobody else to tell.
    announce: () => undefined,
    hear: () => {},
    async purge() {
      await askWriter({ kind: 'purge' })
    },
    async close() {
      // The last connection to close moves the write-ahead log into the database. After a failure nothing more may be
      // written, so then the last one is a reader, which cannot.
      if (failure !== undefined) await writer?.abandon()
      await pool.close()
      await writer?.close()
      release()
    },
  }
}
