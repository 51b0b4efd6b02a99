// Real nodes of a few parties for a test: homes in a temporary folder, free ports, one channel, the pack of the 2015
// agreement at hand, connected over TLS. Each can be stopped, started again, and have its store put back to an earlier day.

import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compilePack, packDigest } from '@parley/mechanism'
import type { Pack } from '@parley/mechanism'
import { channelOrigin, formatGenesis, governanceOrigin, openCard } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { startCustody } from '../src/desk/custody.ts'
import type { Custody } from '../src/desk/custody.ts'
import { recordAct } from '../src/desk/act.ts'
import { foundNode } from '../src/desk/found-node.ts'
import { joinChannel } from '../src/desk/join-channel.ts'
import { ServerError } from '../src/error.ts'
import { openHome } from '../src/home.ts'
import type { Home, NodeSettings } from '../src/home.ts'
import { openNode } from '../src/node.ts'
import type { NodeOptions, ParleyNode } from '../src/node.ts'
import { createEvidenceSource } from '../src/peers/evidence-source.ts'
import { joinNetwork } from '../src/peers/network.ts'
import type { NetworkOptions, PeerNetwork } from '../src/peers/network.ts'
import { sqliteStore } from './node-stores.ts'
import type { NodeStore } from './node-stores.ts'

const agreementFolder = join(import.meta.dirname, '../../../agreements/us-cn-2015')

/** The pack of the 2015 agreement, compiled once a process. */
export const testPack: Pack = compilePack(
  Object.fromEntries(
    readdirSync(agreementFolder)
      .filter((name) => name.startsWith('pack.') || name.startsWith('text.'))
      .map((name) => [name, readFileSync(join(agreementFolder, name), 'utf8')]),
  ),
)
export const testPackDigest = packDigest(testPack, nodeCrypto)

export interface FoundingOptions {
  /** Names of the parties; `cn` and `us` when nothing is said. */
  readonly parties?: readonly string[]
  readonly store?: NodeStore
  /** Which parties begin with a running node; all when nothing is said. */
  readonly running?: readonly string[]
  readonly clock?: () => number
  /** Where a party's home is to be, where it is not in the folder of the others. */
  readonly homes?: Readonly<Record<string, string>>
  /** Settings beside the party's names and addresses. */
  readonly settings?: Partial<NodeSettings>
  /** How patient the nodes are with one another, where it is not the usual. */
  readonly network?: NetworkOptions
  /** Whether every party adopts the pack before the nodes are handed over; true when nothing is said. */
  readonly adopted?: boolean
}

/** What went wrong between a node and a peer, as the node's own log would have it. */
export interface Report {
  readonly what: string
  readonly party?: string
  readonly code: string
}

/** One party's node, which may be running or not. */
export interface TestNode {
  readonly party: string
  readonly prefix: string
  readonly address: string
  readonly home: Home
  /** The card: the bytes of its founding entry. */
  readonly card: Uint8Array
  /** What its governance log held when it was handed over. */
  readonly founding: Uint8Array[]
  /** The origins of its two logs. */
  readonly governanceLog: string
  readonly channelLog: string
  /** The running node. @throws Error when it does not run. */
  readonly node: ParleyNode
  readonly network: PeerNetwork
  readonly alarms: { readonly code: string; readonly origin: string }[]
  readonly reports: Report[]
  /** What would have ended the process. */
  readonly failures: unknown[]
  start(options?: Partial<NodeOptions>): Promise<ParleyNode>
  /** Opens the node without the network. */
  open(options?: Partial<NodeOptions>): Promise<ParleyNode>
  connect(): Promise<void>
  stop(): Promise<void>
  /** Copies the store as it is; the node must not be running. The lock is copied too. */
  backUp(): Promise<Backup>
}

export interface Backup {
  /** Puts the store back to the day of the copy, its lock only if asked for; the node must not be running. */
  restore(options?: { readonly lock?: boolean }): Promise<void>
}

export interface TestNodes {
  readonly folder: string
  readonly channel: string
  readonly genesis: Uint8Array
  readonly cards: readonly Uint8Array[]
  readonly all: readonly TestNode[]
  of(party: string): TestNode
  /** Resolves when every running node's own entries are receipted by every other running node, and all are judged. */
  settled(): Promise<unknown>
  /** Has some of the parties, whose nodes run, join another channel; resolves to its id. */
  addChannel(members: readonly string[]): Promise<string>
  close(): Promise<void>
}

const patienceMilliseconds = 20_000

/**
 * Waits until `check` gives something, looking often. What `check` throws ends the waiting, unless `passes` says that such
 * an error will pass. @throws Error with `what` when it never gives anything.
 */
export async function eventually<T>(
  what: string,
  check: () => T | undefined | false | Promise<T | undefined | false>,
  milliseconds = patienceMilliseconds,
  passes: (error: unknown) => boolean = () => false,
): Promise<T> {
  const last = performance.now() + milliseconds
  for (;;) {
    let cause: unknown
    try {
      const found = await check()
      if (found !== undefined && found !== false) return found
    } catch (error) {
      if (!passes(error)) throw error
      cause = error
    }
    if (performance.now() > last) throw new Error(`not within ${milliseconds} ms: ${what}`, { cause })
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
}

/** A port of loopback that nobody holds at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Founds the parties, joins them in one channel and, unless told otherwise, has all of them adopt the pack. */
export async function foundNodes(options: FoundingOptions = {}): Promise<TestNodes> {
  const parties = [...(options.parties ?? ['cn', 'us'])].sort()
  const folder = await mkdtemp(join(tmpdir(), 'parley-nodes-'))
  const channel = randomBytes(16).toString('hex')
  const all: TestNode[] = []
  const close = async (): Promise<void> => {
    await Promise.all(all.map((one) => one.stop()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    all.push(...(await Promise.all(parties.map((party) => foundParty(folder, party, channel, options)))))
    await Promise.all(all.map((one) => one.open()))
    const genesis = await joinAll(all, channel)
    await Promise.all(all.map((one) => equip(one)))
    const running = all.filter(({ party }) => options.running?.includes(party) ?? true)
    await Promise.all(all.map((one) => (running.includes(one) ? one.connect() : one.stop())))
    if (options.adopted !== false && running.length === all.length) await adoptAll(all, channel)
    return {
      folder,
      channel,
      genesis,
      cards: all.map(({ card }) => card),
      all,
      of: (party) => all.find((one) => one.party === party) ?? assertNever(party),
      settled: () => settle(all),
      async addChannel(members) {
        const another = randomBytes(16).toString('hex')
        await joinAll(
          all.filter(({ party }) => members.includes(party)),
          another,
        )
        return another
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Has the nodes join a channel of theirs; resolves to its genesis. */
async function joinAll(all: readonly TestNode[], channel: string): Promise<Uint8Array> {
  const cards = all.map(({ card }) => card)
  const opened = await Promise.all(cards.map((card) => openCard(nodeCrypto, card)))
  const genesis = formatGenesis({
    v: 1,
    channel,
    agreement: testPack.id,
    parties: opened.map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log })),
  })
  await Promise.all(all.map(({ node }) => joinChannel(node, genesis, cards)))
  return genesis
}

/** Gives a node the pack, and notes how its governance log begins. */
async function equip({ founding, governanceLog, node }: TestNode): Promise<void> {
  await node.addPack(testPackDigest, testPack)
  const size = node.state.own.get(governanceLog)?.frontier.size ?? 0
  founding.push(...(await node.logReader.readEntries(governanceLog, 0, size)))
}

/** Has every node adopt the pack in a channel, once it can. */
export async function adoptAll(all: readonly TestNode[], channel: string): Promise<void> {
  await Promise.all(all.map(({ node }) => opensAll(node)))
  const data = { pack: testPackDigest }
  await Promise.all(all.map(({ node }) => recordAct(node, channel, { type: 'agreement.adopted', data })))
  await settle(all)
}

function assertNever(party: string): never {
  throw new Error(`nobody founded ${party}`)
}

/** Resolves when every log of the node may be signed. */
export function opensAll(node: ParleyNode): Promise<true> {
  const { own } = node.state
  return eventually('every own log is open', () => [...own.values()].every(({ phase }) => phase === 'open'))
}

function settle(all: readonly TestNode[]): Promise<true> {
  const running = all.filter(isUp)
  return eventually('everything is delivered and read', () => running.every((one) => isSettled(one, running)))
}

function isUp(one: TestNode): boolean {
  try {
    return one.node !== undefined
  } catch {
    return false
  }
}

function isSettled({ node }: TestNode, running: readonly TestNode[]): boolean {
  const others = running.filter((other) => other.node !== node)
  return [...node.state.own.values()].every(({ frontier, origin, published }) => {
    if (published?.size !== frontier.size || node.reading.position(origin).judged !== frontier.size) return false
    return others.every(({ node: other, party }) => {
      const log = node.registry.logOf(origin)
      if (log === undefined || !node.registry.membersOf(log).includes(party)) return true
      const receipted = node.state.peers.get(party)?.progress.get(origin)?.receipted
      return receipted === frontier.size && other.reading.position(origin).judged === frontier.size
    })
  })
}

async function foundParty(
  folder: string,
  party: string,
  channel: string,
  { clock = Date.now, homes, network: patience, settings: more, store = sqliteStore }: FoundingOptions,
): Promise<TestNode> {
  const alarms: TestNode['alarms'] = []
  const reports: Report[] = []
  const failures: unknown[] = []
  const nodeOptions: NodeOptions = {
    crypto: nodeCrypto,
    clock,
    fatal: (error) => void failures.push(error),
    alarm: (code, origin) => void alarms.push({ code, origin }),
  }
  const prefix = `${party}.parley.example`
  const address = `https://127.0.0.1:${await findFreePort()}`
  const home = homes?.[party] ?? join(folder, party)
  const database = await store.create(home)
  const settings = { ...more, party, prefix, address, port: 0, database }
  const card = await foundNode(home, settings, nodeOptions)
  const opened = await openHome(home)
  let node: ParleyNode | undefined
  let network: PeerNetwork | undefined
  let custody: Custody | undefined

  const one: TestNode = {
    party,
    prefix,
    address,
    card,
    founding: [],
    home: opened,
    governanceLog: governanceOrigin(prefix),
    channelLog: channelOrigin(prefix, channel),
    alarms,
    reports,
    failures,
    get node() {
      if (node === undefined) throw new Error(`the node of ${party} does not run`)
      return node
    },
    get network() {
      if (network === undefined) throw new Error(`the node of ${party} is not connected`)
      return network
    },
    async open(changed) {
      node = await openNode(opened, { ...nodeOptions, ...changed })
      return node
    },
    async connect() {
      network = await joinNetwork(one.node, (report) => void reports.push(report), patience)
      const { links } = network
      custody = startCustody(one.node, {
        source: (from, inChannel, item) => createEvidenceSource(links, from, inChannel, item),
        failed: (from, error) => void reports.push({ what: 'evidence', party: from, code: codeOf(error) }),
      })
    },
    async start(changed) {
      await one.open(changed)
      await one.connect()
      return one.node
    },
    async stop() {
      const [closing, leaving, following] = [node, network, custody]
      custody = undefined
      node = undefined
      network = undefined
      await following?.close()
      await leaving?.close()
      await closing?.close()
    },
    async backUp() {
      const copy = await mkdtemp(join(folder, `backup-${party}-`))
      const restoreStore = await store.backUp(opened, copy)
      await cp(join(home, 'lock'), join(copy, 'lock'), { recursive: true })
      return {
        async restore({ lock = false } = {}) {
          await restoreStore()
          if (!lock) return
          await rm(join(home, 'lock'), { recursive: true })
          await cp(join(copy, 'lock'), join(home, 'lock'), { recursive: true })
        },
      }
    },
  }
  return one
}

function codeOf(error: unknown): string {
  return error instanceof ServerError ? error.code : 'internal'
}
