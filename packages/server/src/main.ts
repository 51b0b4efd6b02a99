// Runs one party's node with all its interfaces: peers on TLS, the API and the console on loopback. It only wires.

import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logId } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { consolePaths } from './console-paths.ts'
import { addToken, readToken } from './db/tokens.ts'
import { startCustody } from './desk/custody.ts'
import { createLadderWatch } from './desk/ladder-watch.ts'
import { enrolOfficial, revokeOfficial } from './desk/officials.ts'
import { createPingSchedule } from './desk/ping-schedule.ts'
import { ServerError } from './error.ts'
import { explain } from './handlers/explain.ts'
import { createHandlers } from './handlers/index.ts'
import { endSessionsOf } from './handlers/people.ts'
import { openHome } from './home.ts'
import {
  createApp,
  createEventHub,
  createLog,
  createSessions,
  hashToken,
  loadStaticFiles,
  serveApp,
} from './http/index.ts'
import type { EventHub, Log } from './http/index.ts'
import { openNode } from './node.ts'
import type { Change, ParleyNode } from './node.ts'
import { createIdentity, createStoredTokens } from './identity/index.ts'
import { relyingSiteOf } from './identity/authenticators.ts'
import { openNotices } from './notices/open-notices.ts'
import { createEvidenceSource } from './peers/evidence-source.ts'
import { joinNetwork } from './peers/network.ts'
import type { PeerNetwork } from './peers/network.ts'
import { createTextIndexer } from './search/text-indexer.ts'

/** The file in a node's home that holds the operator's token, for the command line on this machine. */
export const operatorTokenFile = 'operator.token'

export interface StartOptions {
  /** A folder with the built console; without it only the API is served. */
  readonly console?: string
  /** Takes the lines of the structured log. */
  readonly writeLog: (line: string) => void
  readonly logLevel?: 'info' | 'warn' | 'error' | 'silent'
  /** A durable write failed: the process must end. */
  readonly fatal: (error: unknown) => void
}

export interface RunningNode {
  readonly node: ParleyNode
  readonly network: PeerNetwork
  /** Where the console and the API are. */
  readonly origin: string
  /** The operator's token, when it was made by this very start. */
  readonly newToken: string | undefined
  close(): Promise<void>
}

/**
 * Opens the node of a home and puts it on its interfaces.
 *
 * @throws what opening the home, the store, the lock and the listeners throw; nothing stays open then.
 */
export async function startNode(folder: string, options: StartOptions): Promise<RunningNode> {
  const log = createLog(options.writeLog, options.logLevel)
  const home = await openHome(folder)
  const node = await openNode(home, {
    crypto: nodeCrypto,
    clock: Date.now,
    fatal: options.fatal,
    alarm: (code, origin) => log.warn({ code, log: logId(nodeCrypto, origin) }, 'alarm'),
  })
  const closers: (() => Promise<void>)[] = [() => node.close()]
  try {
    const network = await joinNetwork(node, (event) => log.warn(event, 'peer'))
    closers.push(() => network.close())
    const custody = startCustody(node, {
      source: (party, channel, id) => createEvidenceSource(network.links, party, channel, id),
      failed: (party, error) => log.warn({ what: 'evidence', party, code: codeOf(error) }, 'peer'),
    })
    closers.push(() => custody.close())
    const newToken = await ensureOperatorToken(node, home.folder)
    const events = createEventHub({ every })
    const forget = node.listen((change) => publish(node, events, change))
    const indexer = await createTextIndexer(node, {
      indexed: ({ channel, subject }) => events.publish({ topic: 'request', channel, id: subject }),
      failed: () => log.warn({ code: 'texts.failed' }, 'texts'),
    })
    closers.push(() => indexer.close())
    const { connectionsPerClient } = home.settings.limits
    const serving = await serveApp({
      host: '127.0.0.1',
      port: home.settings.port,
      ...(connectionsPerClient === undefined ? {} : { connectionsClientMax: connectionsPerClient }),
      events,
      createApp: await prepareApp(node, network, events, log, options.console),
    })
    closers.push(async () => {
      forget()
      await serving.close()
    })
    const notices = await openNotices(node, serving.origin, {
      failed: (failure) => log.warn(failure, 'notice'),
      broken: () => log.warn({ code: 'notices.failed' }, 'notice'),
    })
    closers.push(() => notices.close())
    closers.push(watchLine(node, events, log))
    return { node, network, origin: serving.origin, newToken, close: () => closeAll(closers) }
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

async function prepareApp(
  node: ParleyNode,
  network: PeerNetwork,
  events: EventHub,
  log: Log,
  folder: string | undefined,
): Promise<Parameters<typeof serveApp>[0]['createApp']> {
  const staticFiles = folder === undefined ? undefined : await loadStaticFiles({ folder, paths: consolePaths })
  const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))
  const { connectionsPerClient: _connections, ...limits } = node.home.settings.limits
  return (origins) => {
    const sessions = createSessions({ now: node.clock, random })
    const site = relyingSiteOf(origins)
    const identity = createIdentity({
      crypto: node.crypto,
      database: node.database,
      clock: node.clock,
      random,
      origins,
      oidc: node.home.settings.oidc,
      exportDelayHours: node.home.settings.exportDelayHours,
      officials: {
        state: () => node.registry.governance(node.registry.self),
        enrol: (enrolment) =>
          enrolOfficial(node, enrolment, { ids: site === undefined ? [] : [site.id], origins: site?.origins ?? [] }),
        revoke: (official) => revokeOfficial(node, official),
      },
      endSessions: (account) => endSessionsOf({ events, sessions }, account),
    })
    return createApp({
      handlers: createHandlers(node, network.links, { ...identity, events, sessions }),
      means: identity.signIn,
      commandLine: identity.commandLine,
      explain,
      limits,
      tokens: createStoredTokens(node.database.reader, node.clock),
      sessions,
      events,
      log,
      origins,
      now: node.clock,
      random,
      ...(staticFiles === undefined ? {} : { staticFiles }),
    })
  }
}

/** Makes the operator's token at the first start. Only its hash is stored; the file is for this machine's command line. */
async function ensureOperatorToken({ clock, database }: ParleyNode, folder: string): Promise<string | undefined> {
  const file = join(folder, operatorTokenFile)
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined && (await readToken(database.reader, hashToken(kept.trim()))) !== undefined) return undefined
  const token = randomBytes(32).toString('base64url')
  const row = { hash: hashToken(token), name: 'operator', roles: ['operator'], created: clock(), expires: null }
  await database.writer.commit([addToken(row)])
  await writeFile(file, `${token}\n`, { mode: 0o600 })
  return token
}

/** Says that something changed and where to look, never what. */
function publish({ registry }: ParleyNode, events: EventHub, change: Change): void {
  if (change.kind === 'subject') {
    const { channel, subject, topic } = change.subject
    if (topic === 'request' || topic === 'evidence' || topic === 'hotline' || topic === 'ping') {
      events.publish({ topic, channel, id: subject })
    } else if (topic === 'directory') events.publish({ topic, channel })
    else events.publish({ topic: 'channel', channel })
    return
  }
  if (change.kind === 'peer') {
    events.publish({ topic: 'peer' })
    return
  }
  const log = registry.logOf(change.origin)
  if (log === undefined) return
  const where = log.channel === 'governance' ? {} : { channel: log.channel }
  events.publish(change.kind === 'standing' ? { topic: 'standing', ...where } : { topic: 'log', ...where, id: log.id })
}

function codeOf(error: unknown): string {
  return error instanceof ServerError ? error.code : 'internal'
}

/** How often the node looks whether a rung's time has passed. */
const ladderMilliseconds = 5000

/** Looks after our own calls and pings, one round after another; it stops when the returned function is called. */
function watchLine(node: ParleyNode, events: EventHub, log: Log): () => Promise<void> {
  const { hotline, pings } = node.home.settings
  const ladder = createLadderWatch(node, hotline)
  const chance = () => randomBytes(4).readUInt32BE() / 2 ** 32
  const schedule = pings === undefined ? undefined : createPingSchedule(node, pings, chance)
  let round: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      for (const { call, channel } of await ladder.look(node.clock())) {
        events.publish({ topic: 'hotline', channel, id: call })
      }
      await schedule?.look(node.clock())
    } catch (error) {
      log.warn({ code: error instanceof ServerError ? error.code : 'unexpected' }, 'hotline')
    }
  }

  const stop = every(ladderMilliseconds, () => {
    round ??= look().finally(() => (round = undefined))
  })
  return async () => {
    stop()
    await round
  }
}

function every(milliseconds: number, call: () => void): () => void {
  const timer = setInterval(call, milliseconds)
  return () => clearInterval(timer)
}

async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  for (const close of closers.toReversed()) await close()
}
