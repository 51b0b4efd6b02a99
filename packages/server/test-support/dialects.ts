// Runs a suite on SQLite and on PostgreSQL. Each test makes databases of its own; they vanish with the suite. Without an
// installed PostgreSQL that half is skipped, and its title says why.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import { openDatabase } from '../src/db/database.ts'
import type { Database, OpenOptions } from '../src/db/database.ts'
import type { DialectName } from '../src/db/statement.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import type { PostgresCluster } from './postgres.ts'

/** Milliseconds. Threads and servers start slowly on a machine that has much else to do. */
const timeout = 30_000

const installation = await findPostgres()

export interface TestDialect {
  readonly name: DialectName
  /** The address of a new, empty database. */
  createUrl(): Promise<string>
  /** A new database, or the one at `url`; closed after the test at the latest. */
  open(url?: string, options?: OpenOptions): Promise<Database>
  /** One database for all tests that leave it empty. */
  openShared(): Promise<Database>
  /** The running cluster, on PostgreSQL only. */
  cluster(): PostgresCluster
}

function defineSuite(name: DialectName, suite: (dialect: TestDialect) => void): void {
  let cluster: PostgresCluster | undefined
  let folder = ''
  let files = 0
  let shared: Promise<Database> | undefined
  const opened: Database[] = []

  beforeAll(async () => {
    if (name === 'sqlite') folder = await mkdtemp(join(tmpdir(), 'parley-db-'))
    else if (installation.kind === 'found') cluster = await startPostgres(installation.folder)
  }, 60_000)

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()))
  })

  afterAll(async () => {
    await (await shared)?.close()
    await cluster?.stop()
    if (folder !== '') await rm(folder, { recursive: true, force: true })
  })

  async function createUrl(): Promise<string> {
    if (cluster !== undefined) return cluster.createSchema()
    return `sqlite:${join(folder, `${++files}.sqlite`)}`
  }

  suite({
    name,
    createUrl,
    async open(url, options) {
      // A second reader costs a thread, and few tests have a use for it.
      const database = await openDatabase(url ?? (await createUrl()), { readers: 1, ...options })
      opened.push(database)
      return database
    },
    openShared: () => (shared ??= createUrl().then((url) => openDatabase(url, { readers: 1 }))),
    cluster() {
      if (cluster === undefined) throw new Error('there is no cluster')
      return cluster
    },
  })
}

/** Defines the suite once for each dialect. */
export function onEachDialect(suite: (dialect: TestDialect) => void): void {
  describe('on sqlite', { timeout }, () => defineSuite('sqlite', suite))
  if (installation.kind === 'found') describe('on postgres', { timeout }, () => defineSuite('postgres', suite))
  else describe.skip(`on postgres: ${installation.reason}`, () => defineSuite('postgres', suite))
}
