import { cp, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeCrypto } from '@parley/record/node'
import { bodyOf, openRequest } from '../../test-support/acts.ts'
import { onEachStore } from '../../test-support/node-stores.ts'
import { foundNodes } from '../../test-support/two-nodes.ts'
import { homePaths, openHome } from '../home.ts'
import { recordAct } from './act.ts'
import { checkStages, checkStore } from './fsck.ts'
import type { CheckStage, StoreCheck } from './fsck.ts'

let folder: string
let home: string
let channel: string
const requests = 258

/** A store with a full tile, a replica that has bodies, receipts both ways, and an answered request. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-fsck-'))
  const nodes = await foundNodes()
  channel = nodes.channel
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  await Promise.all(Array.from({ length: requests }, () => openRequest(us, channel, 'cn')))
  const { digest } = await openRequest(us, channel, 'cn')
  await nodes.settled()
  await recordAct(cn.node, channel, { type: 'request.acknowledged', subject: digest, data: {} })
  const data = { outcome: 'full', handling: 'amber', use: 'evidential' }
  await recordAct(cn.node, channel, { type: 'request.answered', subject: digest, data, body: bodyOf('Done.') })
  await nodes.settled()
  await Promise.all(nodes.all.map((one) => one.stop()))
  home = join(folder, 'us')
  await cp(us.home.folder, home, { recursive: true })
  await nodes.close()
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

/** Checks a copy of the store after `spoil` has been at it. */
async function checkSpoilt(spoil: (database: DatabaseSync, copy: string) => void | Promise<void>): Promise<StoreCheck> {
  const copy = await mkdtemp(join(folder, 'copy-'))
  await cp(home, copy, { recursive: true })
  const database = new DatabaseSync(homePaths.database(copy))
  await spoil(database, copy)
  database.close()
  try {
    return await checkStore(await openHome(copy), { crypto: nodeCrypto })
  } finally {
    await rm(copy, { recursive: true })
  }
}

const origins = { own: 'us.parley.example/c/', other: 'cn.parley.example/c/' } as const
/** The number of a log in the database. */
function logOf(database: DatabaseSync, whose: keyof typeof origins): number {
  const row = database.prepare('select id from logs where origin = ?').get(`${origins[whose]}${channel}`)
  return Number(row?.['id'])
}

function changeByte(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[at]! ^= 1
  return changed
}

/** Changes one byte of a value in the row that the query finds. */
function spoilBytes(database: DatabaseSync, table: string, column: string, where: string, ...values: SQLInputValue[]) {
  const row = database
    .prepare(`select rowid as place, ${column} as value from ${table} where ${where} limit 1`)
    .get(...values)
  if (row === undefined) throw new Error('there is no such row')
  const value = row['value'] as Uint8Array
  const update = database.prepare(`update ${table} set ${column} = ? where rowid = ?`)
  const { changes } = update.run(changeByte(value, 40 % value.length), Number(row['place']))
  expect(changes).toBe(1)
}

const named = ({ differences }: StoreCheck): string[] => [...new Set(differences.map(({ what }) => what))].sort()

test('a sound store has no difference, and says what was looked through', async () => {
  const stages = new Set<CheckStage>()
  const check = await checkStore(await openHome(home), {
    crypto: nodeCrypto,
    progress: (stage, done, total) => {
      expect(done).toBeLessThanOrEqual(total)
      stages.add(stage)
    },
  })
  expect(check.differences).toEqual([])
  expect([...stages]).toEqual([...checkStages])
  expect(check).toMatchObject({ logs: 4, entries: requests + 9, waiting: 0, differenceCount: 0, forks: 0 })
  // The full tile, the one that grows, and the one above them, and one for each other log.
  expect(check.tiles).toBe(6)
  expect(check.bodies).toBe(requests + 2)
  expect(check.subjects).toBe(requests + 2)
  expect(check.heads).toBeGreaterThan(4)
  expect(check.cosignatures).toBeGreaterThan(4)
})

test('a changed tile is named by its place and hash', async () => {
  const check = await checkSpoilt((database) =>
    spoilBytes(database, 'tiles', 'hashes', 'log = ? and level = 0 and position = 1', logOf(database, 'own')),
  )
  expect(check.differences).toMatchObject([
    { what: 'tile', where: { origin: `${origins.own}${channel}`, level: 0, position: 1, field: 'hash 1' } },
  ])
})

test('a tile above the lowest, and one that is missing or too many', async () => {
  const upper = await checkSpoilt((database) =>
    spoilBytes(database, 'tiles', 'hashes', 'log = ? and level = 1', logOf(database, 'own')),
  )
  expect(upper.differences).toMatchObject([{ what: 'tile', where: { level: 1, position: 0 } }])
  const missing = await checkSpoilt((database) => database.exec('delete from tiles where level = 1'))
  expect(missing.differences).toMatchObject([{ what: 'tile', where: { level: 1 }, found: 'nothing' }])
  const extra = await checkSpoilt((database) => {
    database.exec('insert into tiles select log, 5, position, width, hashes from tiles where level = 1')
  })
  expect(extra.differences).toMatchObject([{ what: 'tile', where: { field: 'count' }, expected: '3', found: '4' }])
})

test('a changed entry is named by its position, while the tree it was signed in stands', async () => {
  const check = await checkSpoilt((database) =>
    spoilBytes(database, 'entries', 'bytes', 'log = ? and position = 7', logOf(database, 'own')),
  )
  const origin = `${origins.own}${channel}`
  expect(check.differences).toContainEqual(
    expect.objectContaining({ what: 'entry', where: { origin, position: 7, field: 'bytes' } }),
  )
  expect(check.differences).toContainEqual(expect.objectContaining({ what: 'verdict', where: { origin, position: 7 } }))
  expect(named(check)).not.toContain('head')
  expect(named(check)).not.toContain('cosignature')
})

/** Table, column, new value, rows, and the difference that must be named. `own` narrows to our own log of the channel. */
type Change = readonly [table: string, column: string, value: string, where: string, what: string, field?: string]

const independent: readonly Change[] = [
  ['entries', 'type', "'request.closed'", 'own and position = 3', 'entry', 'type'],
  ['entries', 'subject', "'agreement'", 'own and position = 4', 'entry', 'subject'],
  ['entries', 'at', '1', 'own and position = 5', 'entry', 'at'],
  ['entries', 'verdict', "'invalid'", 'own and position = 6', 'verdict'],
  ['subjects', 'status', "'closed'", "topic = 'request'", 'subject', 'status'],
  ['subjects', 'state', "'{}'", "topic = 'request'", 'subject', 'state'],
  ['subjects', 'acts', "'[]'", "topic = 'request'", 'subject', 'acts'],
  ['subjects', 'opened_at', '5', "topic = 'request'", 'subject', 'openedAt'],
  ['subjects', 'requested', "'us'", "topic = 'request'", 'subject', 'requested'],
  ['logs', 'effective_seen', "'[]'", 'own', 'log', 'effectiveSeen'],
  ['outbox', 'receipted', '4000', 'own', 'receipt'],
]
const alone: readonly Change[] = [
  ['entries', 'verdict', "'waiting'", `own and position = ${requests}`, 'subject'],
  ['logs', 'channel', "'governance'", 'own', 'log'],
  ['logs', 'size', 'size - 1', 'own', 'log', 'root'],
  ['packs', 'digest', `'${'0'.repeat(64)}'`, '1 = 1', 'pack'],
]

function apply(database: DatabaseSync, [table, column, value, where]: Change): void {
  const own = `${table === 'logs' ? 'id' : 'log'} = ${logOf(database, 'own')}`
  const { changes } = database
    .prepare(`update ${table} set ${column} = ${value} where ${where.replace('own', own)}`)
    .run()
  expect(changes).toBeGreaterThan(0)
}

function expectNamed({ differences }: StoreCheck, [, , , , what, field]: Change): void {
  const where = field === undefined ? expect.anything() : expect.objectContaining({ field })
  expect(differences).toContainEqual(expect.objectContaining({ what, where }))
}

test('changed columns are named, all of them', async () => {
  const check = await checkSpoilt((database) => independent.forEach((change) => apply(database, change)))
  for (const change of independent) expectNamed(check, change)
})

test.each(alone.map((change) => ({ column: change[1], change })))('a changed $column is named', async ({ change }) => {
  const check = await checkSpoilt((database) => apply(database, change))
  expectNamed(check, change)
})

test('changed bytes are named, all of them', async () => {
  const check = await checkSpoilt((database) => {
    spoilBytes(database, 'bodies', 'bytes', 'bytes is not null')
    spoilBytes(database, 'cosignatures', 'signature', "role = 'mirror'")
    spoilBytes(database, 'newest_cosignatures', 'signature', "role = 'mirror'")
    spoilBytes(database, 'heads', 'note', '1 = 1')
    spoilBytes(database, 'logs', 'head_note', 'head_note is not null')
    spoilBytes(database, 'logs', 'frontier', 'size > 0')
  })
  expect(named(check)).toEqual(['body', 'cosignature', 'head', 'log'])
  const fields = check.differences.map(({ where }) => where.field)
  expect(fields).toEqual(expect.arrayContaining(['bytes', 'signature', 'newest', 'remembered', 'frontier']))
})

test.each([
  ['logs', 'root', 'size > 0', 'log'],
  ['peers', 'card', "party = 'cn'", 'card'],
  ['channels', 'genesis', '1 = 1', 'genesis'],
])('a changed byte in %s.%s is named', async (table, column, where, what) => {
  const check = await checkSpoilt((database) => spoilBytes(database, table, column, where))
  expect(named(check)).toContain(what)
})

test('rows that are missing or too many are named', async () => {
  const missing = await checkSpoilt((database) => {
    database.exec(
      "delete from subjects where topic = 'request' and status = 'answered'; delete from newest_cosignatures",
    )
  })
  expect(named(missing)).toEqual(['cosignature', 'subject'])
  const extra = await checkSpoilt((database) => {
    database.exec(`insert into bodies values (x'${'00'.repeat(32)}', 1, 0, 'missing', null, null);
      insert into subjects (channel, id, topic, acts, state, status, changed, projection)
        select channel, '${'00'.repeat(32)}', topic, acts, state, status, 99999, projection from subjects limit 1`)
  })
  expect(named(extra)).toEqual(['body', 'subject'])
  const gap = await checkSpoilt((database) => {
    database.prepare('delete from entries where log = ? and position = 100').run(logOf(database, 'own'))
  })
  expect(gap.differences).toContainEqual(
    expect.objectContaining({ what: 'log', where: { origin: `${origins.own}${channel}`, field: 'size' } }),
  )
})

async function spoilLock(copy: string, at: number): Promise<void> {
  const file = await open(join(homePaths.lock(copy), 'checkpoints'), 'r+')
  const byte = Buffer.alloc(1)
  await file.read(byte, 0, 1, at)
  byte[0]! ^= 1
  await file.write(byte, 0, 1, at)
  await file.close()
}

test('a damaged lock is named, one page of it or both', async () => {
  const one = await checkSpoilt((_database, copy) => spoilLock(copy, 30))
  expect(one.differences).toContainEqual(expect.objectContaining({ what: 'lock' }))
  const both = await checkSpoilt(async (_database, copy) => {
    await spoilLock(copy, 30)
    await spoilLock(copy, 4096 + 30)
  })
  expect(both.differences).toContainEqual(expect.objectContaining({ what: 'lock', found: 'lock.damaged' }))
  const gone = await checkSpoilt((_database, copy) => rm(homePaths.lock(copy), { recursive: true }))
  expect(named(gone)).toContain('lock')
})

onEachStore((store) => {
  test('the store of a node can be checked while it runs', async () => {
    const nodes = await foundNodes({ store: store() })
    try {
      const us = nodes.of('us')
      await Promise.all(Array.from({ length: 20 }, () => openRequest(us, nodes.channel, 'cn')))
      await nodes.settled()
      const recording = openRequest(us, nodes.channel, 'cn')
      const check = await checkStore(us.home, { crypto: nodeCrypto })
      await recording
      expect(check.differences).toEqual([])
      expect(check.entries).toBeGreaterThan(20)
    } finally {
      await nodes.close()
    }
  }, 60_000)
})
