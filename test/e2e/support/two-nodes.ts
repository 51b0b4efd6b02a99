// Two parties of the 2015 agreement, made in a temporary folder as `npm start` makes them: each node a process of its own,
// between them real TLS, on each the built console. A node can be stopped and started again; what it recorded stays.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { compilePack, packDigest } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import { operatorTokenFile } from '@parley/server'
import { foundParties } from '../../../bin/start/found-parties.ts'
import { startProcess } from '../../../bin/start/node-process.ts'
import type { NodeProcess } from '../../../bin/start/node-process.ts'
import { buildConsole } from './console-build.ts'

export type PartyName = 'us' | 'cn'

const partyNames: readonly PartyName[] = ['us', 'cn']
const packFolder = join(import.meta.dirname, '..', '..', '..', 'agreements', 'us-cn-2015')
const patienceMilliseconds = 30_000
const pauseMilliseconds = 50
/** One browser on one machine turns more pages in a minute than a person does. */
const limits = {
  read: { burst: 5000, perMinute: 60_000 },
  write: { burst: 500, perMinute: 6000 },
  heavy: { burst: 100, perMinute: 600 },
}

// Many nodes are started: what the first one compiled the others need not compile again.
process.env['NODE_COMPILE_CACHE'] ??= join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'node_modules',
  '.cache',
  'parley-e2e',
)

/** One party's node as its people and their programs reach it. */
export interface Desk {
  readonly party: PartyName
  readonly channel: string
  readonly token: string
  /** Where the console and the API are; another port after each start. */
  readonly origin: string
  readonly client: Client
  stop(): Promise<void>
  start(): Promise<void>
}

export interface TwoNodes {
  readonly channel: string
  /** The digest of the pack that both have at hand. */
  readonly pack: string
  readonly us: Desk
  readonly cn: Desk
  close(): Promise<void>
}

export interface TwoNodesOptions {
  /** Whether the agreement is in force on both sides when the nodes are handed over. */
  readonly adopted: boolean
  /** Settings of the first party's node beside the usual. */
  readonly settings?: object
}

/** Starts both nodes. */
export async function startTwoNodes(options: TwoNodesOptions): Promise<TwoNodes> {
  const consoleFolder = await buildConsole()
  const folder = await mkdtemp(join(tmpdir(), 'parley-e2e-'))
  const desks: Desk[] = []
  const close = async (): Promise<void> => {
    await Promise.all(desks.map((desk) => desk.stop()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { channel, pack } = await foundChannel(folder)
    await amendSettings(join(folder, 'us'), options.settings ?? {})
    const start = async (party: PartyName): Promise<Desk> => {
      const desk = await startDesk(join(folder, party), party, channel, consoleFolder)
      desks.push(desk)
      await until(`${party} is ready`, () => desk.client.viewReadiness())
      return desk
    }
    const [us, cn] = await Promise.all([start('us'), start('cn')])
    const nodes: TwoNodes = { channel, pack, us, cn, close }
    if (options.adopted) await adopt(nodes)
    return nodes
  } catch (error) {
    await close()
    throw error
  }
}

async function foundChannel(folder: string): Promise<Pick<TwoNodes, 'channel' | 'pack'>> {
  const names = (await readdir(packFolder)).filter((name) => /^(?:pack|text)\./.test(name))
  const files = await Promise.all(names.map(async (name) => [name, await readFile(join(packFolder, name), 'utf8')]))
  const pack = compilePack(Object.fromEntries(files) as Record<string, string>)
  const digest = packDigest(pack, nodeCrypto)
  const channel = await foundParties(folder, pack.id, partyNames, digest, pack)
  for (const party of partyNames) await amendSettings(join(folder, party), { limits })
  return { channel, pack: digest }
}

async function amendSettings(home: string, more: object): Promise<void> {
  const file = join(home, 'node.json')
  const settings = JSON.parse(await readFile(file, 'utf8')) as object
  await writeFile(file, JSON.stringify({ ...settings, ...more }))
}

async function startDesk(home: string, party: PartyName, channel: string, consoleFolder: string): Promise<Desk> {
  let running: NodeProcess | undefined = await startProcess(home, consoleFolder)
  const token = (await readFile(join(home, operatorTokenFile), 'utf8')).trim()
  const connect = ({ origin }: NodeProcess) => createClient({ baseUrl: origin, fetch, token })
  let { origin } = running
  let client = connect(running)
  return {
    party,
    channel,
    token,
    get origin() {
      return origin
    },
    get client() {
      return client
    },
    async stop() {
      const ending = running
      running = undefined
      await ending?.stop()
    },
    async start() {
      running = await startProcess(home, consoleFolder)
      origin = running.origin
      client = connect(running)
    },
  }
}

async function adopt({ channel, cn, pack, us }: TwoNodes): Promise<void> {
  const body = { type: 'agreement.adopted', data: { pack } }
  for (const { client } of [us, cn]) await client.appendAct({ params: { channel }, body })
  for (const { client, party } of [us, cn]) {
    await until(`${party} sees the agreement in force`, async () => {
      const { inForce } = await client.viewAgreement({ params: { channel } })
      return inForce?.pack === pack ? true : undefined
    })
  }
}

/** Asks a node until there is an answer: it may be a moment behind the other one. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const last = Date.now() + patienceMilliseconds
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      if (Date.now() > last) throw error
      return undefined
    })
    if (answer !== undefined) return answer
    if (Date.now() > last) throw new Error(`${what}: not within ${patienceMilliseconds / 1000} s`)
    await sleep(pauseMilliseconds)
  }
}
