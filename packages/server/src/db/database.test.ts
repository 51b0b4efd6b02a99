import { readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import * as fc from 'fast-check'
import type { Kysely } from 'kysely'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { findPostgres, startPostgres } from '../../test-support/postgres.ts'
import { addSampleLogs, refusalOf, sampleEntry } from '../../test-support/stored-rows.ts'
import { openDatabase, openDatabaseForReading } from './database.ts'
import { demandDurability } from './dialect/sqlite-durability.ts'
import { insertEntries, readEntries } from './entries.ts'
import { growLog, listLogs } from './logs.ts'
import type { Schema } from './schema.ts'
import { putSetting, readSetting } from './settings.ts'
import { write } from './statement.ts'

const installation = await findPostgres()

onEachDialect((dialect) => {
  describe('opening', () => {
    it('makes a database that is there the next time', async () => {
      const url = await dialect.createUrl()
      const first = await dialect.open(url)
      await first.writer.commit([putSetting('name', 'value')])
      await first.close()
      const second = await dialect.open(url)
      expect(await readSetting(second.reader, 'name')).toBe('value')
      expect(await readSetting(second.reader, 'other')).toBeUndefined()
    })

    it('refuses a second writer until the first has closed', async () => {
      const url = await dialect.createUrl()
      const first = await dialect.open(url)
      expect(await refusalOf(() => dialect.open(url, { lockWaitMilliseconds: 0 }))).toBe('db.locked')
      await first.close()
      expect(await refusalOf(() => dialect.open(url))).toBe('accepted')
    })

    it('lets others read beside the writer', async () => {
      const url = await dialect.createUrl()
      expect(await refusalOf(() => openDatabaseForReading(url))).not.toBe('accepted')
      const writing = await dialect.open(url)
      const reading = await openDatabaseForReading(url)
      await writing.writer.commit([putSetting('name', 'value')])
      expect(await readSetting(reading.reader, 'name')).toBe('value')
      await reading.close()
      expect(await refusalOf(() => readSetting(reading.reader, 'name'))).toBe('db.closed')
    })

    it('refuses a database of a later program, for writing and for reading', async () => {
      const url = await dialect.createUrl()
      const database = await dialect.open(url)
      await database.writer.commit([putSetting('schema-version', '999')])
      await database.close()
      expect(await refusalOf(() => dialect.open(url))).toBe('db.newer')
      expect(await refusalOf(() => openDatabaseForReading(url))).toBe('db.newer')
    })

    it('refuses a database that does not say which schema it has', async () => {
      const url = await dialect.createUrl()
      const database = await dialect.open(url)
      await database.writer.commit([putSetting('schema-version', 'two')])
      await database.close()
      expect(await refusalOf(() => dialect.open(url))).toBe('db.schema')
    })
  })

  describe('committing', () => {
    it('stores all of a batch or nothing', async () => {
      const database = await dialect.open()
      await addSampleLogs(database, 1)
      await database.writer.commit(insertEntries([sampleEntry(1, 0)]))
      const again = [putSetting('name', 'value'), ...insertEntries([sampleEntry(1, 1), sampleEntry(1, 0)])]
      expect(await refusalOf(() => database.writer.commit(again))).toBe('db.conflict')
      expect(await readSetting(database.reader, 'name')).toBeUndefined()
      expect(await readEntries(database.reader, { log: 1, start: 0, end: 10 })).toHaveLength(1)
    })

    it('says how many rows each statement changed', async () => {
      const database = await dialect.open()
      await addSampleLogs(database, 2)
      const none = write((db) => db.updateTable('logs').set({ party: 'x' }).where('id', '=', 7))
      const both = write((db) => db.updateTable('logs').set({ party: 'x' }))
      expect(await database.writer.commit([none, both], ['topic'])).toEqual([0, 2])
      expect(await database.writer.commit([])).toEqual([])
    })

    it.each([
      ['a row that is there already', 'db.conflict', () => insertEntries([sampleEntry(1, 0), sampleEntry(1, 0)])],
      ['a row of a log that is not there', 'db.constraint', () => insertEntries([sampleEntry(9, 0)])],
      [
        'a verdict that there is not',
        'db.constraint',
        () => insertEntries([sampleEntry(1, 0, { verdict: 'x' as never })]),
      ],
      [
        'a digest of another length',
        'db.constraint',
        () => insertEntries([sampleEntry(1, 0, { digest: new Uint8Array(31) })]),
      ],
      [
        'null where something must be',
        'db.constraint',
        () => insertEntries([sampleEntry(1, 0, { bytes: null as never })]),
      ],
      [
        'a number of rows that did not change',
        'db.conflict',
        () => [write((db) => db.deleteFrom('logs').where('id', '=', 9), 1)],
      ],
      ['a fraction', 'db.value', () => insertEntries([sampleEntry(1, 0, { at: 0.5 })])],
      ['a number beyond 2^53', 'db.value', () => insertEntries([sampleEntry(1, 0, { at: 2 ** 53 })])],
      ['NUL in text', 'db.value', () => [putSetting('name', 'a\0b')]],
      ['a lone surrogate', 'db.value', () => [putSetting('name', '\ud800')]],
      ['undefined', 'db.value', () => insertEntries([sampleEntry(1, 0, { code: undefined as never })])],
      ['a big integer', 'db.value', () => insertEntries([sampleEntry(1, 0, { at: 1n as never })])],
    ])('refuses %s with %s', async (_, code, statements) => {
      const database = await dialect.openShared()
      if ((await listLogs(database.reader)).length === 0) await addSampleLogs(database, 1)
      expect(await refusalOf(() => database.writer.commit([putSetting('name', 'value'), ...statements()]))).toBe(code)
      expect(await readSetting(database.reader, 'name')).toBeUndefined()
      expect(await refusalOf(() => database.writer.commit([putSetting('other', 'value')]))).toBe('accepted')
    })

    it('commits many batches at once in their order, and a refused one stops none behind it', async () => {
      const database = await dialect.open()
      await addSampleLogs(database, 1)
      const outcomes = await Promise.all(
        Array.from({ length: 300 }, (_, i) =>
          refusalOf(() =>
            // Every tenth wants a position that is taken.
            database.writer.commit([
              ...insertEntries([sampleEntry(1, i % 10 === 9 ? i - 1 : i)]),
              putSetting('last', `${i}`),
            ]),
          ),
        ),
      )
      const expected = Array.from({ length: 300 }, (_, i) => (i % 10 === 9 ? 'db.conflict' : 'accepted'))
      expect(outcomes).toEqual(expected)
      expect(await readSetting(database.reader, 'last')).toBe('298')
      expect(await readEntries(database.reader, { log: 1, start: 0, end: 300 })).toHaveLength(270)
    })

    it('refuses what comes after closing, and keeps what came before', async () => {
      const url = await dialect.createUrl()
      const database = await dialect.open(url)
      const before = database.writer.commit([putSetting('name', 'value')])
      const closed = database.close()
      expect(await refusalOf(() => database.writer.commit([putSetting('name', 'late')]))).toBe('db.closed')
      await before
      await closed
      expect(await readSetting((await dialect.open(url)).reader, 'name')).toBe('value')
    })

    it('keeps text, integers and bytes exactly', async () => {
      const database = await dialect.open()
      await addSampleLogs(database, 1)
      let position = 0
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
          fc.maxSafeInteger(),
          fc.uint8Array({ maxLength: 300 }),
          async (type, at, bytes) => {
            // A view into something larger, as entries of a delivery are.
            const whole = new Uint8Array(bytes.length + 20).fill(7)
            whole.set(bytes, 10)
            const view = whole.subarray(10, 10 + bytes.length)
            const entry = sampleEntry(1, position, { type, at, bytes: view })
            await database.writer.commit(insertEntries([entry]))
            const [found] = await readEntries(database.reader, { log: 1, start: position, end: ++position })
            expect(found).toEqual({ ...entry, bytes })
            expect(found!.bytes.constructor).toBe(Uint8Array)
          },
        ),
        { numRuns: 100 },
      )
    })
  })

  describe('reading', () => {
    it('cannot write, whatever the type is made to say', async () => {
      const database = await dialect.open()
      const writing = database.reader as never as Kysely<Schema>
      const attempt = writing.insertInto('node_settings').values({ name: 'name', value: 'value' })
      expect(await refusalOf(() => attempt.execute())).not.toBe('accepted')
      expect(await readSetting(database.reader, 'name')).toBeUndefined()
    })

    it('shows one moment throughout a snapshot, and what was committed after it', async () => {
      const database = await dialect.open(undefined, { readers: 2 })
      await database.writer.commit([putSetting('name', 'before')])
      const seen = await database.snapshot(async (reader) => {
        const first = await readSetting(reader, 'name')
        await database.writer.commit([putSetting('name', 'after')])
        return [first, await readSetting(reader, 'name'), await readSetting(database.reader, 'name')]
      })
      expect(seen).toEqual(['before', 'before', 'after'])
      expect(await readSetting(database.reader, 'name')).toBe('after')
    })

    it('gives the connection back when a view fails', async () => {
      const database = await dialect.open()
      for (let i = 0; i < 3; i++) {
        await expect(database.snapshot(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
      }
      expect(await readSetting(database.reader, 'name')).toBeUndefined()
    })

    it('never sees half a batch while the writer works', async () => {
      const database = await dialect.open(undefined, { readers: 2 })
      await addSampleLogs(database, 1)
      const writing = new AbortController()
      let reads = 0
      async function watch(): Promise<void> {
        let last = 0
        while (!writing.signal.aborted) {
          const { size, count } = await database.snapshot(async (reader) => {
            const [log] = await listLogs(reader)
            return { size: log!.size, count: (await readEntries(reader, { log: 1, start: 0, end: 1000 })).length }
          })
          expect(count).toBe(size)
          expect(size).toBeGreaterThanOrEqual(last)
          last = size
          reads++
        }
      }
      const watching = Promise.all([watch(), watch(), watch()])
      for (let size = 0; size < 700; size += 7) {
        const growth = { id: 1, from: size, size: size + 7, root: new Uint8Array(32), frontier: new Uint8Array() }
        await database.writer.commit([
          ...insertEntries(Array.from({ length: 7 }, (_, i) => sampleEntry(1, size + i))),
          growLog({ ...growth, effectiveSeen: '[]' }),
        ])
      }
      writing.abort()
      await watching
      expect(reads).toBeGreaterThan(3)
    })
  })

  it('tells listeners the topics of what was committed and of nothing else', async () => {
    const database = await dialect.open()
    const heard: (string | undefined)[] = []
    const { promise: ready, resolve } = Promise.withResolvers<void>()
    const stop = database.listen((topic) => {
      if (topic === undefined) resolve()
      else heard.push(topic)
    })
    // On PostgreSQL the listening connection comes up by itself and says so.
    if (dialect.name === 'postgres') await ready
    await database.writer.commit([putSetting('name', 'value')], ['one'])
    await refusalOf(() => database.writer.commit(insertEntries([sampleEntry(9, 0)]), ['refused']))
    await database.writer.commit([putSetting('name', 'value')], ['two', 'three'])
    await expect.poll(() => heard).toEqual(['one', 'two', 'three'])
    stop()
    await database.writer.commit([putSetting('name', 'value')], ['four'])
    expect(await refusalOf(() => database.writer.commit([], ['x'.repeat(201)]))).toBe('db.limit')
    expect(heard).not.toContain('four')
  })

  if (dialect.name === 'postgres') {
    it('stops for good when the writing session is lost, and the next one may open', async () => {
      const url = await dialect.cluster().createDatabase()
      const database = await dialect.open(url)
      const other = new Client(url)
      await other.connect()
      const find = `select pid from pg_locks l join pg_database d on d.oid = l.database
        where l.locktype = 'advisory' and d.datname = current_database()`
      const { rows } = await other.query<{ pid: number }>(find)
      await other.query('select pg_terminate_backend($1)', [rows[0]!.pid])
      expect((await database.failed).code).toBe('db.failed')
      expect(await refusalOf(() => database.writer.commit([putSetting('name', 'value')]))).toBe('db.failed')
      expect(await refusalOf(() => dialect.open(url))).toBe('accepted')
      await other.end()
    })

    it('keeps settings that the address brings along', async () => {
      const url = await dialect.cluster().createDatabase()
      const client = new Client(url)
      await client.connect()
      await client.query('create schema apart')
      await client.end()
      const database = await dialect.open(`${url}?options=-c%20search_path%3Dapart`)
      // Another schema is another database to us, with a writer of its own.
      expect(await refusalOf(() => dialect.open(url))).toBe('accepted')
      await database.writer.commit([putSetting('name', 'value')])
      expect(await readSetting(database.reader, 'name')).toBe('value')
    })

    it('refuses a server that acknowledges before the disk has it', async () => {
      const url = await dialect.cluster().createDatabase()
      const client = new Client(url)
      await client.connect()
      await client.query(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`)
      await client.end()
      expect(await refusalOf(() => dialect.open(url))).toBe('db.durability')
      const local = `${url}?options=-c%20synchronous_commit%3Dlocal`
      expect(await refusalOf(() => dialect.open(local))).toBe('accepted')
    })

    it.each(['fsync', 'full_page_writes'])('refuses a server with %s off', async (name) => {
      if (installation.kind === 'missing') return
      const cluster = await startPostgres(installation.folder, { [name]: 'off' })
      try {
        expect(await refusalOf(async () => openDatabase(await cluster.createDatabase()))).toBe('db.durability')
      } finally {
        await cluster.stop()
      }
    })

    it('says that nobody answers', async () => {
      expect(await refusalOf(() => openDatabase('postgres://127.0.0.1:1/nothing'))).toBe('db.unreachable')
    })
  } else {
    it('has one lock for all names of one file', async () => {
      const url = await dialect.createUrl()
      const path = url.slice('sqlite:'.length)
      await dialect.open(url)
      await symlink(path, `${path}.link`)
      expect(await refusalOf(() => dialect.open(`${url}.link`))).toBe('db.locked')
    })

    it('refuses what is not a database and leaves it alone', async () => {
      const url = await dialect.createUrl()
      const path = url.slice('sqlite:'.length)
      await writeFile(path, 'these are somebody’s notes, and by no means a database of any kind')
      expect(await refusalOf(() => dialect.open(url))).toBe('db.failed')
      await rm(path)
      expect(await refusalOf(() => dialect.open(url))).toBe('accepted')
    })

    it('says that the folder is not there', async () => {
      expect(await refusalOf(() => openDatabase('sqlite:/nowhere/at/all.sqlite'))).toBe('db.unreachable')
    })

    it('refuses a connection whose settings do not take', async () => {
      // A database in memory cannot have a write-ahead log.
      using memory = new DatabaseSync(':memory:')
      expect(await refusalOf(() => demandDurability(memory, 'writer'))).toBe('db.durability')
    })

    it('leaves the database and its lock behind, and nothing else', async () => {
      const url = await dialect.createUrl()
      const path = url.slice('sqlite:'.length)
      await (await dialect.open(url)).close()
      const name = path.slice(path.lastIndexOf('/') + 1)
      const files = (await readdir(path.slice(0, -name.length))).filter((file) => file.startsWith(name))
      expect(files.sort()).toEqual([name, `${name}.lock`])
    })
  }
})

it.each(['', 'sqlite:', 'file.sqlite', 'mysql://localhost/x', 'postgres:'])('refuses the address %j', async (url) => {
  expect(await refusalOf(() => openDatabase(url))).toBe('db.url')
})
