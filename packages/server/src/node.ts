// One party's node without its interfaces: the store, the lock, the core with its driver, and what reads entries. It wires
// and decides nothing; `main.ts` puts the interfaces on it.

import { openCard, parseGenesis } from '@parley/record'
import type { Cosignature, Crypto, Genesis } from '@parley/record'
import { emptyCore } from '@parley/record/core'
import type { Arrival, BodyArrival, BodyOf, CoreEvent, CoreState, Submission } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import type { Pack } from '@parley/mechanism'
import { addChannel, listChannels } from './db/channels.ts'
import { keepCosignatures } from './db/cosignatures.ts'
import { openDatabase } from './db/database.ts'
import type { Database } from './db/database.ts'
import { openLockCheckpoints } from './db/lock-checkpoint.ts'
import type { LockCheckpoints } from './db/lock-checkpoint.ts'
import { putDeliveries } from './db/outbox.ts'
import { addPack, listPacks } from './db/packs.ts'
import { listPeers, putPeer } from './db/peers.ts'
import { readSetting } from './db/settings.ts'
import { markStale } from './db/subjects.ts'
import type { Statement } from './db/statement.ts'
import { openEvidenceStore } from './evidence/evidence-store.ts'
import type { EvidenceStore } from './evidence/evidence-store.ts'
import { ServerError } from './error.ts'
import { databaseUrl, homePaths } from './home.ts'
import type { Home } from './home.ts'
import { openKeyring } from './keys/keyring.ts'
import type { Keyring } from './keys/keyring.ts'
import type { Carrier } from './log/carrier.ts'
import { composeCosignatureRow } from './log/cosignature-rows.ts'
import { readGovernance } from './log/governance-history.ts'
import { createLogDriver } from './log/log-driver.ts'
import type { LogDriver } from './log/log-driver.ts'
import { cosignedUntilSetting, openLogShelf } from './log/log-shelf.ts'
import type { LogShelf } from './log/log-shelf.ts'
import { storedOwnLog, storedPosition, storedReplica } from './log/open-logs.ts'
import { createRegistry } from './log/registry.ts'
import type { KnownLog, Registry } from './log/registry.ts'
import { createLeafOpener } from './reading/leaf.ts'
import type { OpenLeaf } from './reading/leaf.ts'
import { createReading } from './reading/reading.ts'
import type { ChangedSubject, Reading } from './reading/reading.ts'
import { refreshSubjects } from './reading/refresh-subjects.ts'
import { readAgreementActs } from './reading/stale-acts.ts'
import { createRecorder } from './recorder.ts'
import { createTurns } from './turns.ts'

/** What a node needs of its surroundings. */
export interface NodeOptions {
  readonly crypto: Crypto
  /** Unix milliseconds. */
  readonly clock: () => number
  /** A durable write failed: the process must end. */
  readonly fatal: (error: unknown) => void
  readonly alarm: (code: string, origin: string) => void
}

/** What listeners hear: that something changed, never what. */
export type Change =
  | { readonly kind: 'subject'; readonly subject: ChangedSubject }
  | { readonly kind: 'log'; readonly origin: string }
  /** Entries of a log may have got further: published, or receipted by somebody. */
  | { readonly kind: 'standing'; readonly origin: string }
  | { readonly kind: 'peer' }

export interface ParleyNode {
  readonly home: Home
  readonly keyring: Keyring
  readonly crypto: Crypto
  readonly clock: () => number
  readonly database: Database
  readonly registry: Registry
  readonly state: CoreState
  readonly shelf: LogShelf
  readonly logReader: LogReader
  readonly reading: Reading
  readonly driver: LogDriver
  /** The digest of the sealed body that an entry commits to, or undefined: for none, and for bytes that are no entry. */
  readonly bodyOf: BodyOf
  readonly openLeaf: OpenLeaf
  readonly evidence: EvidenceStore
  /** Packs at hand, by digest in hexadecimal. */
  readonly packs: ReadonlyMap<string, Pack>
  addPack(digest: string, pack: Pack): Promise<void>
  /** Takes up a channel with its parties, whose cards have been checked against its genesis. */
  addChannel(genesis: Genesis, bytes: Uint8Array, cards: ReadonlyMap<string, Uint8Array>): Promise<void>
  /** Keeps verified cosignatures and, for a member that answered, how far it has got. */
  keepReceipts(
    cosignatures: readonly Cosignature[],
    progress?: { readonly party: string; readonly origin: string; readonly have: number; readonly receipted: number },
  ): Promise<void>
  keepFork(origin: string, proof: Uint8Array): Promise<void>
  /** Has the entry of a submission remembered under this key, in the same durable write. */
  remember(submission: Submission, key: string): void
  /** Has these statements written in the transaction that records the submission, or not at all. */
  accompany(submission: Submission, statements: readonly Statement[]): void
  listen(listener: (change: Change) => void): () => void
  /** Puts the way to other nodes in place of nothing; until then every effect that leaves the node waits. */
  connect(carrier: Carrier): void
  close(): Promise<void>
}

/**
 * Opens the node of a home: its keys, its database, its lock, and every log as it is stored.
 *
 * @throws ServerError `keys.*`, DatabaseError `db.*`, `lock.*`.
 */
export async function openNode(home: Home, options: NodeOptions): Promise<ParleyNode> {
  const keyring = await openKeyring(homePaths.keys(home.folder))
  const lock = await openLockCheckpoints(homePaths.lock(home.folder))
  let database: Database | undefined
  try {
    database = await openDatabase(databaseUrl(home))
    return await assembleNode({ home, options, keyring, lock, database })
  } catch (error) {
    await database?.close()
    await lock.close()
    throw error
  }
}

async function assembleNode(parts: {
  readonly home: Home
  readonly options: NodeOptions
  readonly keyring: Keyring
  readonly lock: LockCheckpoints
  readonly database: Database
}): Promise<ParleyNode> {
  const { database, home, keyring, lock, options } = parts
  const { clock, crypto } = options
  const openLeaf = createLeafOpener(crypto)
  const bodyOf: BodyOf = (entry) => openLeaf(entry).parsed?.entry.body?.ciphertext
  const { reader } = database
  const evidence = await openEvidenceStore(homePaths.evidence(home.folder), { crypto, clock, database, keyring })
  const state = emptyCore(Number((await readSetting(reader, cosignedUntilSetting)) ?? 0))
  const shelf = await openLogShelf(crypto, reader, (origin) => {
    const log = state.own.get(origin) ?? state.replicas.get(origin)
    return log === undefined ? undefined : { size: log.frontier.size, root: log.root }
  })
  const registry = createRegistry(crypto, home.settings.party)
  for (const { card } of await listPeers(reader)) registry.addParty((await openCard(crypto, card)).governance)
  for (const { genesis } of await listChannels(reader)) registry.addChannel(parseGenesis(genesis), genesis)

  const packs = new Map((await listPacks(reader)).map(({ digest, pack }) => [digest, JSON.parse(pack) as Pack]))
  const mirrorName = `${home.settings.prefix}/mirror`
  await refreshSubjects(database, registry, (digest) => packs.get(digest))
  const reading = await createReading({
    crypto,
    reader,
    logReader: shelf.reader,
    state,
    registry,
    openLeaf,
    logNumber: shelf.numberOf,
    damaged: tellOnce((origin) => options.alarm('log.damaged', origin)),
    pack: (_channel, digest) => packs.get(digest),
  })
  const listeners = new Set<(change: Change) => void>()
  const tell = (change: Change): void => listeners.forEach((listener) => listener(change))
  const recorder = createRecorder({
    crypto,
    clock,
    database,
    keyring,
    registry,
    state,
    shelf,
    reading,
    mirrorName,
    changed: (subject) => tell({ kind: 'subject', subject }),
    grown: (origin) => tell({ kind: 'log', origin }),
    alarm: options.alarm,
    fatal: options.fatal,
  })

  /** An arrival that was let in is looked at while it waits; one that was refused at the door costs nothing more. */
  function foresee(work: Arrival | BodyArrival): void {
    const isWaiting = state.intake.includes(work) || (state.preparing?.includes(work) ?? false)
    if (work.kind === 'arrival' && isWaiting) void reading.foresee(work.origin, work.entries)
  }

  const carrier = createLateCarrier()
  const driver = createLogDriver({
    tools: { crypto, bodyOf },
    state,
    clock,
    prepare: recorder.prepare,
    commit: recorder.commit,
    lock: (origin, expected, next) => lock.compareAndSwap([{ origin, expected, next }]),
    sign: recorder.sign,
    carrier,
    alarm: options.alarm,
    observe(event: CoreEvent) {
      if (event.kind === 'arrived') foresee(event.work)
      for (const change of changesBy(event)) tell(change)
    },
    fatal: options.fatal,
  })

  /** Hands a stored log to the reading and to the core. */
  async function takeUp(log: KnownLog): Promise<void> {
    const stored = shelf.stored().find(({ origin }) => origin === log.origin)
    if (stored === undefined) return
    reading.addLog(log.origin, await storedPosition(reader, stored))
    const sources = { crypto, reader, logReader: shelf.reader, lock, registry, mirrorName }
    const event = log.own ? await storedOwnLog(sources, stored, log) : await storedReplica(sources, stored)
    driver.dispatch({ ...event, at: clock() })
  }

  /** A new log waits to hear what its members hold of it; they are asked now, and not when the next round is due. */
  function askMembers(log: KnownLog): void {
    for (const party of registry.membersOf(log)) {
      driver.dispatch({ kind: 'fetched', party, origin: log.origin, failed: false, at: clock() })
    }
  }

  async function takeUpChannel(...[genesis, bytes, cards]: Parameters<ParleyNode['addChannel']>): Promise<void> {
    if (registry.channels().some(({ channel }) => channel === genesis.channel)) {
      throw new ServerError('channel.exists', 'the channel is known here already')
    }
    const statements: Statement[] = [addChannel(genesis.channel, bytes)]
    const known = new Set(registry.logs().map(({ origin }) => origin))
    for (const [party, card] of cards) {
      if (registry.parties().includes(party)) continue
      const opened = await openCard(crypto, card)
      registry.addParty(opened.governance)
      statements.push(putPeer({ party, card, address: opened.address, transport: opened.keys.transport }))
    }
    registry.addChannel(genesis, bytes)
    const added = registry.logs().filter(({ origin }) => !known.has(origin))
    for (const log of added) statements.push(...shelf.add(log).statements)
    await database.writer.commit(statements).catch((error: unknown) => {
      // What is known in memory is not what is stored any more.
      options.fatal(error)
      throw error
    })
    for (const log of added) await takeUp(log)
    for (const log of added) if (log.own) askMembers(log)
    const own = registry.logs().find((log) => log.own && known.has(log.origin) && log.channel === 'governance')
    for (const party of own === undefined ? [] : registry.membersOf(own)) {
      driver.dispatch({ kind: 'member', origin: own!.origin, party, at: clock() })
    }
  }

  await takeUpAll({ crypto, database, registry, shelf, takeUp })
  void recorder.readOn()
  /** Channels are taken up one after the other: each looks at what the one before it brought. */
  const joining = createTurns()

  return {
    home,
    keyring,
    crypto,
    clock,
    database,
    registry,
    state,
    shelf,
    logReader: shelf.reader,
    reading,
    driver,
    bodyOf,
    openLeaf,
    evidence,
    packs,
    async addPack(digest, pack) {
      packs.set(digest, pack)
      const stale = []
      for (const { channel } of registry.channels()) {
        const agreement = await readAgreementActs(reader, channel)
        if (agreement.some(({ data }) => data['pack'] === digest)) stale.push(markStale(channel))
      }
      await database.writer.commit([addPack({ digest, pack: JSON.stringify(pack), added: clock() }), ...stale])
      reading.notePack()
      await recorder.readOn()
    },
    addChannel: (genesis, bytes, cards) => joining.take(() => takeUpChannel(genesis, bytes, cards)),
    async keepReceipts(cosignatures, progress) {
      const rows = cosignatures.flatMap(({ head, line, time }) => {
        const log = registry.logOf(head.origin)
        return log === undefined ? [] : [composeCosignatureRow(shelf.numberOf(log.origin), head, time, line)]
      })
      const statements = keepCosignatures(rows)
      if (progress !== undefined) {
        const { party, origin, have, receipted } = progress
        const row = { peer: party, log: shelf.numberOf(origin), have, receipted }
        statements.push(...putDeliveries([{ ...row, attempts: 0, nextAttempt: 0, lastError: null }]))
      }
      await database.writer.commit(statements)
    },
    async keepFork(origin, proof) {
      // First nothing more is taken in, then what was under way ends, then the log is frozen for good.
      driver.dispatch({ kind: 'fork-proven', origin, at: clock() })
      await driver.written()
      await recorder.freeze(origin, proof)
    },
    remember: recorder.remember,
    accompany: recorder.accompany,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    connect: (real) => carrier.connect(real),
    async close() {
      await evidence.close()
      await driver.stop()
      await recorder.end()
      await database.close()
      await lock.close()
    },
  }
}

/** What a peer did or failed to do. */
const peerEvents: readonly CoreEvent['kind'][] = ['answered', 'unanswered', 'heads', 'heads-failed', 'fetched']

/** What people would see change when this happens to the core. What becomes durable is told by the recorder. */
function* changesBy(event: CoreEvent): Generator<Change> {
  if (event.kind === 'signed' || event.kind === 'answered') {
    yield { kind: 'log', origin: event.origin }
    yield { kind: 'standing', origin: event.origin }
  }
  if (peerEvents.includes(event.kind)) yield { kind: 'peer' }
}

/** Parties' governance first, as far as it is replicated; then every log. */
async function takeUpAll(parts: {
  crypto: Crypto
  database: Database
  registry: Registry
  shelf: LogShelf
  takeUp: (log: KnownLog) => Promise<void>
}): Promise<void> {
  const { crypto, database, registry, shelf } = parts
  const stored = new Map(shelf.stored().map((log) => [log.origin, log]))
  for (const log of registry.logs()) {
    const row = stored.get(log.origin)
    if (log.channel !== 'governance' || row === undefined) continue
    const founded = registry.governance(log.party)
    registry.setGovernance(await readGovernance(crypto, database.reader, founded, row))
  }
  for (const log of registry.logs()) await parts.takeUp(log)
}

/** A carrier before there is a network: what is to leave the node waits for the real one. */
function createLateCarrier(): Carrier & { connect(carrier: Carrier): void } {
  const waiting: ((carrier: Carrier) => void)[] = []
  let connected: Carrier | undefined
  return {
    carry: (effect) =>
      connected === undefined
        ? new Promise((resolve) => waiting.push((carrier) => resolve(carrier.carry(effect))))
        : connected.carry(effect),
    connect(carrier) {
      connected = carrier
      for (const carry of waiting.splice(0)) carry(carrier)
    },
  }
}

/** Tells of each log once: what is damaged stays so, and is met again with every batch. */
function tellOnce(tell: (origin: string) => void): (origin: string) => void {
  const told = new Set<string>()
  return (origin) => {
    if (!told.has(origin)) tell(origin)
    told.add(origin)
  }
}
