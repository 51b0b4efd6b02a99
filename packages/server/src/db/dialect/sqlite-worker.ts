// The thread that holds one SQLite connection: the writer, or one of the readers. It does one thing at a time in the
// order it was asked. It does not know what the statements mean.

import { DatabaseSync } from 'node:sqlite'
import type { StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { DatabaseError } from '../error.ts'
import { demandDurability } from './sqlite-durability.ts'
import { packValues, unpackValues } from './sqlite-message.ts'
import type { WorkerAnswer, WorkerRequest, WorkerSettings } from './sqlite-message.ts'
import type { Value } from '../value.ts'

const busyMilliseconds = 5_000
const preparedMax = 256
const cacheKib = { writer: 32_768, reader: 8_192 }
/** Pages in the write-ahead log before they are moved into the database, 4 KiB each. */
const checkpointPages = 4_000
const journalBytesMax = 67_108_864

const settings = workerData as WorkerSettings
const port = parentPort!

function openConnection(): DatabaseSync {
  const db = new DatabaseSync(settings.path, { readOnly: settings.role === 'reader', timeout: busyMilliseconds })
  try {
    db.exec(`pragma cache_size = ${-cacheKib[settings.role]}`)
    // A mapped file counts as this process's memory, and an I/O error on it ends the process without a word.
    db.exec('pragma mmap_size = 0')
    // What undoes one statement of many rows would otherwise be a file, made and removed with every batch.
    db.exec('pragma temp_store = memory')
    if (settings.role === 'writer') {
      db.exec(`pragma wal_autocheckpoint = ${checkpointPages}`)
      db.exec(`pragma journal_size_limit = ${journalBytesMax}`)
    }
    demandDurability(db, settings.role)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const prepared = new Map<string, StatementSync>()

/** The least recently used statement makes room: lists with filters have many texts. */
function prepare(db: DatabaseSync, text: string): StatementSync {
  let statement = prepared.get(text)
  if (statement === undefined) {
    statement = db.prepare(text, { returnArrays: true })
    if (prepared.size >= preparedMax) prepared.delete(prepared.keys().next().value!)
  } else {
    prepared.delete(text)
  }
  prepared.set(text, statement)
  return statement
}

/**
 * A statement of which the number of changed rows is wanted. Each one also tells the last row that anything on this connection
 * inserted, `begin` and `commit` too, and the index of words numbers rows of its own beyond what a number of JavaScript holds:
 * asked for as such, that alone would refuse what was written.
 */
function prepareWrite(db: DatabaseSync, text: string): StatementSync {
  const statement = prepare(db, text)
  statement.setReadBigInts(true)
  return statement
}

function run(db: DatabaseSync, request: WorkerRequest & { kind: 'run' }): WorkerAnswer {
  const lists = unpackValues(request.values, false)
  const changes: number[] = []
  prepareWrite(db, 'begin immediate').run()
  try {
    for (const [i, text] of request.texts.entries()) {
      const changed = Number(prepareWrite(db, text).run(...lists[i]!).changes)
      const wanted = request.changes[i]
      if (wanted !== undefined && wanted !== changed) {
        prepareWrite(db, 'rollback').run()
        return {
          kind: 'refused',
          message: `changed ${changed} rows, not ${wanted}: ${text}`,
          errcode: undefined,
          unmet: true,
        }
      }
      changes.push(changed)
    }
    prepareWrite(db, 'commit').run()
    return { kind: 'changed', changes }
  } catch (error) {
    // SQLite rolls back by itself on some errors.
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

function read(db: DatabaseSync, request: WorkerRequest & { kind: 'read' }): WorkerAnswer {
  const statement = prepare(db, request.text)
  statement.setReadBigInts(false)
  const parameters = unpackValues(request.values, false)[0]!
  const rows = statement.all(...parameters) as unknown as Value[][]
  const columns = statement.columns().map(({ name }) => name)
  return { kind: 'rows', columns, values: packValues(rows) }
}

function answer(db: DatabaseSync, request: WorkerRequest): WorkerAnswer {
  switch (request.kind) {
    case 'run':
      return run(db, request)
    case 'read':
      return read(db, request)
    case 'purge':
      // What was taken out of the index of words is only marked so until its parts are merged.
      db.exec("insert into search_text (search_text) values ('optimize')")
      db.exec('pragma wal_checkpoint(truncate)')
      return { kind: 'done' }
    case 'close':
      prepared.clear()
      if (settings.role === 'writer') db.exec('pragma optimize')
      db.close()
      return { kind: 'done' }
  }
}

function refusal(error: unknown): WorkerAnswer {
  const { message, errcode } = error as { message: string; errcode?: number }
  return { kind: 'refused', message, errcode, unmet: false }
}

function send(message: WorkerAnswer): void {
  port.postMessage(message, message.kind === 'rows' ? [message.values.bytes] : [])
}

try {
  const db = openConnection()
  port.on('message', (request: WorkerRequest) => {
    try {
      send(answer(db, request))
    } catch (error) {
      send(refusal(error))
    }
  })
  send({ kind: 'opened' })
} catch (error) {
  send(error instanceof DatabaseError ? { kind: 'undurable', message: error.message } : refusal(error))
}
