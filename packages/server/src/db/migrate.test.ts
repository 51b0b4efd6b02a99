import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import type { TestDialect } from '../../test-support/dialects.ts'
import { refusalOf } from '../../test-support/stored-rows.ts'
import { openDatabaseForReading } from './database.ts'
import type { ColumnTypes, Engine } from './dialect/engine.ts'
import { openPostgres, postgresTypes } from './dialect/postgres.ts'
import { openSqlite, sqliteTypes } from './dialect/sqlite.ts'
import { listEntriesOfBody, listWaitingEntries, readEntries } from './entries.ts'
import { listLogs } from './logs.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { initialSchema } from './migrations/0001-initial.ts'
import { fixtureRows } from './migrations/0001-initial.fixture.ts'
import { subjectSummaries } from './migrations/0002-subject-summaries.ts'
import { packs } from './migrations/0003-packs.ts'
import { evidence } from './migrations/0006-evidence.ts'
import { drafts } from './migrations/0004-drafts.ts'
import { identity } from './migrations/0005-identity.ts'
import { inbox } from './migrations/0007-inbox.ts'
import { inboxIndex } from './migrations/0008-inbox-index.ts'
import { requestTies } from './migrations/0009-request-ties.ts'
import { readSetting } from './settings.ts'
import { listRequestRows } from './request-rows.ts'
import { neverDue, listStaleSubjects, listSubjects, putSubjects, readNewestChange, readSubjects } from './subjects.ts'

function openEngine(dialect: TestDialect, url: string): Promise<Engine> {
  const options = { access: 'write', readers: 1, lockWaitMilliseconds: 1000 } as const
  return dialect.name === 'sqlite' ? openSqlite(url.slice('sqlite:'.length), options) : openPostgres(url, options)
}

/** A database as the program of schema 1 leaves it, with something in every table. */
async function createSchema1(dialect: TestDialect): Promise<string> {
  const url = await dialect.createUrl()
  const engine = await openEngine(dialect, url)
  await migrate(engine, 1)
  const statements = Object.entries(fixtureRows).flatMap(([table, rows]) =>
    rows.map((row) => {
      const marks = Object.keys(row).map((_, i) => (dialect.name === 'sqlite' ? '?' : `$${i + 1}`))
      const sql = `insert into ${table} (${Object.keys(row).join(', ')}) values (${marks.join(', ')})`
      return { sql, parameters: Object.values(row), changes: 1 }
    }),
  )
  await engine.transact(statements)
  await engine.close()
  return url
}

onEachDialect((dialect) => {
  it('opens a database of schema 1 and keeps everything in it', async () => {
    const url = await createSchema1(dialect)
    const database = await dialect.open(url)
    expect(await readSetting(database.reader, 'schema-version')).toBe(`${schemaVersion}`)
    for (const [table, rows] of Object.entries(fixtureRows)) {
      const found = await database.reader
        .selectFrom(table as 'logs')
        .selectAll()
        .execute()
      const wanted = table === 'node_settings' ? [...rows, { name: 'schema-version', value: `${schemaVersion}` }] : rows
      expect(found, table).toHaveLength(wanted.length)
      expect(found, table).toEqual(expect.arrayContaining(wanted.map((row) => expect.objectContaining(row))))
    }
    const [log] = await listLogs(database.reader)
    expect(log).toMatchObject({ id: 1, own: true, size: 3, frozen: undefined })
    expect(await readEntries(database.reader, { log: 1, start: 0, end: 3 })).toHaveLength(3)

    // What schema 2 finds by index is found in the old rows too.
    expect(await listWaitingEntries(database.reader, { limit: 10 })).toMatchObject([{ log: 1, position: 2 }])
    const body = fixtureRows.bodies[0]!.digest
    expect(await listEntriesOfBody(database.reader, body)).toEqual([{ log: 1, position: 1 }])

    // Old subjects are there, without summaries, and marked to be computed again.
    const channel = fixtureRows.subjects[0]!.channel
    const [subject] = await readSubjects(database.reader, channel, [fixtureRows.subjects[0]!.id])
    expect(subject).toMatchObject({ status: 'open', kind: null, openedAt: null, projection: 0, changed: 5 })
    expect(await listStaleSubjects(database.reader, { projection: 1, limit: 10 })).toHaveLength(1)
    await database.writer.commit(putSubjects([{ ...subject!, kind: 'malware', projection: 1, changed: 6 }]))
    expect(await listStaleSubjects(database.reader, { projection: 1, limit: 10 })).toHaveLength(0)
    expect(await listSubjects(database.reader, { channels: [channel], kind: 'malware', limit: 10 })).toHaveLength(1)
    expect(await readNewestChange(database.reader)).toBe(6)

    // Nothing is due of an old subject, and it is found behind whatever something is due of.
    expect(subject).toMatchObject({ dueAt: neverDue, due: null, steps: null })
    const wanted = { account: 'duty', channels: [channel] }
    expect(await listRequestRows(database, wanted, { limit: 10 })).toMatchObject([{ assigned: null, title: null }])
  })

  it('does not read an older schema that it may not change', async () => {
    const url = await createSchema1(dialect)
    expect(await refusalOf(() => openDatabaseForReading(url))).toBe('db.older')
  })

  it('takes a step whole or not at all', async () => {
    const url = await createSchema1(dialect)
    const engine = await openEngine(dialect, url)
    // The last statement of step 2 makes an index of this name.
    await engine.transact([{ sql: 'create index entries_body on entries (at)', parameters: [], changes: undefined }])
    await engine.close()
    expect(await refusalOf(() => dialect.open(url))).toBe('db.query')

    const again = await openEngine(dialect, url)
    const session = await again.acquire()
    expect(await session.read("select value from node_settings where name = 'schema-version'", [])).toEqual([
      { value: '1' },
    ])
    expect(await refusalOf(() => session.read('select kind from subjects', []))).toBe('db.query')
    session.release()
    await again.transact([{ sql: 'drop index entries_body', parameters: [], changes: undefined }])
    await again.close()
    expect(await refusalOf(() => dialect.open(url))).toBe('accepted')
  })

  it('changes nothing in a database that has the newest schema', async () => {
    const url = await dialect.createUrl()
    await (await dialect.open(url)).close()
    const engine = await openEngine(dialect, url)
    await migrate(engine)
    await migrate(engine)
    await engine.close()
  })
})

// What has run on somebody's database cannot be changed there by changing it here: the next step mends it.
it.each([
  ['initial', initialSchema, 'c8ab5a0d24271dd0', 'e18690ce84edd763'],
  ['subject-summaries', subjectSummaries, '9292a99189f03281', 'a9e0fad8cd2e0f9e'],
  ['packs', packs, '48515a0a243ceb26', 'd8a2addae83ea1a3'],
  ['drafts', drafts, '902b8e91a4ea8408', 'a301d9b86eddda24'],
  ['identity', identity, 'e09307e6ceb99c42', '558916781c7bbccc'],
  ['evidence', evidence, '095bf7a0c0af0acc', '93ef0090293ec80b'],
  ['inbox', inbox, 'f7f051325a3e07cc', '8c27cd1bf8bace0d'],
  ['inbox-index', inboxIndex, 'e005839f50817848', '5f856d0adf18f362'],
  ['request-ties', requestTies, '88f296d4e1d35ac0', 'ef63611bc548b8e6'],
] as const)('step %s is what was released', (name, migration, sqlite, postgres) => {
  const digestFor = (types: ColumnTypes): string => {
    const statements = migration.statements(types).map((sql) => sql.replaceAll(/\s+/g, ' '))
    return createHash('sha256').update(JSON.stringify(statements)).digest('hex').slice(0, 16)
  }
  expect(migration.name).toBe(name)
  expect([digestFor(sqliteTypes), digestFor(postgresTypes)]).toEqual([sqlite, postgres])
})
