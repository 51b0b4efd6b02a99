// A PostgreSQL of one's own for a test: a new cluster in a temporary folder with the settings of an ordinary installation,
// so that what it acknowledges is on the disk. Where no PostgreSQL is installed it says so, and the tests are skipped.

import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)
const versionMin = 15
const startAttemptsMax = 5
const startMillisecondsMax = 20_000

export interface PostgresCluster {
  /** The address of a new, empty database. */
  createDatabase(): Promise<string>
  /** The address of a new, empty schema, which is made many times faster and will do for most tests. */
  createSchema(): Promise<string>
  /** The process id of the server, for tests that end it roughly. */
  readonly pid: number
  /** Ends it at once without a checkpoint, as a crash of the server would, and starts it again on the same port. */
  crash(): Promise<void>
  /** Ends it at once and removes everything. */
  stop(): Promise<void>
}

/** Where the programs are, or why there are none. */
export type PostgresInstallation =
  | { readonly kind: 'found'; readonly folder: string }
  | { readonly kind: 'missing'; readonly reason: string }

/** Looks for the newest PostgreSQL in the places of Debian, or in the folder that `PARLEY_POSTGRES_BIN` names. */
export async function findPostgres(): Promise<PostgresInstallation> {
  const named = process.env['PARLEY_POSTGRES_BIN']
  if (named !== undefined) return { kind: 'found', folder: named }
  const root = '/usr/lib/postgresql'
  const versions = await readdir(root).catch(() => [])
  const newest = versions
    .map(Number)
    .filter((version) => version >= versionMin)
    .sort((a, b) => b - a)[0]
  if (newest === undefined) return { kind: 'missing', reason: `no PostgreSQL ${versionMin} or later in ${root}` }
  if (process.getuid?.() === 0 && (await identify('postgres')) === undefined) {
    return { kind: 'missing', reason: 'PostgreSQL does not run as root, and there is no user postgres' }
  }
  return { kind: 'found', folder: join(root, String(newest), 'bin') }
}

interface Identity {
  readonly uid: number
  readonly gid: number
}

async function identify(user: string): Promise<Identity | undefined> {
  const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((entry) => entry.startsWith(`${user}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return line === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Starts a cluster on a free port of 127.0.0.1. `settings` go to the server, such as `{ synchronous_commit: 'off' }`.
 * @throws Error when it does not start
 */
export async function startPostgres(folder: string, settings: Record<string, string> = {}): Promise<PostgresCluster> {
  // PostgreSQL refuses to run as root.
  const identity = process.getuid?.() === 0 ? await identify('postgres') : undefined
  const data = await mkdtemp(join(tmpdir(), 'parley-postgres-'))
  if (identity !== undefined) await chown(data, identity.uid, identity.gid)
  await run(join(folder, 'initdb'), ['-D', data, '-U', 'parley', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], {
    ...identity,
    cwd: data,
  })

  let port = 0
  let server: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()

  async function start(): Promise<void> {
    const options = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: data, ...settings }
    const child = spawn(
      join(folder, 'postgres'),
      ['-D', data, ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...identity, cwd: data, stdio: 'ignore' },
    )
    server = child
    let over = false
    ended = new Promise((resolve) => {
      child.once('exit', () => {
        over = true
        resolve()
      })
    })
    const deadline = Date.now() + startMillisecondsMax
    for (;;) {
      const client = new Client(addressOf('postgres'))
      client.on('error', () => {})
      try {
        await client.connect()
        await client.end()
        return
      } catch (cause) {
        if (over || Date.now() > deadline) throw new Error('PostgreSQL did not start', { cause })
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  /** SIGQUIT is what `pg_ctl stop -m immediate` sends. */
  async function end(): Promise<void> {
    server?.kill('SIGQUIT')
    await ended
  }

  const addressOf = (database: string): string => `postgres://parley@127.0.0.1:${port}/${database}`
  let created = 0

  async function create(kind: 'database' | 'schema'): Promise<string> {
    const name = `test_${++created}`
    const client = new Client(addressOf('postgres'))
    await client.connect()
    await client.query(`create ${kind} ${name}`)
    await client.end()
    return name
  }

  try {
    for (let attempt = 1; ; attempt++) {
      port = await findFreePort()
      try {
        await start()
        break
      } catch (error) {
        // Somebody else may have taken the port in between.
        if (attempt === startAttemptsMax) throw error
      }
    }
  } catch (error) {
    await end()
    await rm(data, { recursive: true, force: true })
    throw error
  }

  return {
    get pid() {
      return server!.pid!
    },
    async createDatabase() {
      return addressOf(await create('database'))
    },
    async createSchema() {
      return `${addressOf('postgres')}?options=-c%20search_path%3D${await create('schema')}`
    },
    async crash() {
      await end()
      await start()
    },
    async stop() {
      await end()
      await rm(data, { recursive: true, force: true })
    },
  }
}
