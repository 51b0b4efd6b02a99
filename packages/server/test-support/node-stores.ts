// Where the nodes of a test keep their rows: a SQLite file in each home, or a database of its own on a PostgreSQL that
// runs for one suite. Either can be copied and put back, as a backup of a live node would be.

import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { homePaths } from '../src/home.ts'
import type { Home } from '../src/home.ts'
import { findPostgres, startPostgres } from './postgres.ts'
import type { PostgresCluster } from './postgres.ts'

export interface NodeStore {
  readonly name: 'sqlite' | 'postgres'
  /** The `database` setting of a new node. */
  create(home: string): Promise<string>
  /** Copies the rows of a node that is not running; returns how to put them back. */
  backUp(home: Home, copy: string): Promise<() => Promise<void>>
}

const sqliteFiles = ['database.sqlite', 'database.sqlite-wal', 'database.sqlite-shm']

export const sqliteStore: NodeStore = {
  name: 'sqlite',
  create: () => Promise.resolve('sqlite'),
  async backUp({ folder }, copy) {
    await cp(homePaths.database(folder), join(copy, 'database.sqlite'))
    return async () => {
      for (const name of sqliteFiles) await rm(join(folder, name), { force: true })
      await cp(join(copy, 'database.sqlite'), homePaths.database(folder))
    }
  },
}

/** Nodes on this cluster, each with a database of its own. */
export function postgresStore(cluster: PostgresCluster): NodeStore {
  let copies = 0
  return {
    name: 'postgres',
    create: () => cluster.createDatabase(),
    async backUp({ settings }) {
      const live = nameOf(settings.database)
      const copy = `${live}_copy_${++copies}`
      await administer(settings.database, `create database ${copy} template ${live}`)
      return async () => {
        await administer(settings.database, `drop database ${live}`)
        await administer(settings.database, `create database ${live} template ${copy}`)
      }
    },
  }
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1)
}

/** Runs one statement from a database that it does not touch. */
async function administer(url: string, statement: string): Promise<void> {
  const address = new URL(url)
  address.pathname = '/postgres'
  const client = new Client(address.href)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const installation = await findPostgres()

/** Defines a suite of nodes once for each store. Without an installed PostgreSQL that half is skipped, and says why. */
export function onEachStore(suite: (store: () => NodeStore) => void): void {
  describe('on sqlite', () => suite(() => sqliteStore))
  if (installation.kind === 'missing') {
    describe.skip(`on postgres: ${installation.reason}`, () => suite(() => sqliteStore))
    return
  }
  describe('on postgres', () => {
    let store: NodeStore | undefined
    let cluster: PostgresCluster | undefined
    beforeAll(async () => {
      cluster = await startPostgres(installation.folder)
      store = postgresStore(cluster)
    })
    afterAll(() => cluster?.stop())
    suite(() => store!)
  })
}
