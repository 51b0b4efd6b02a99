// Checks a store (`parley fsck`): everything that is stored beside the entries is derived again from the entries alone and
// held against what is there, and every signature and digest is verified anew. It changes nothing.

import type { Pack } from '@parley/mechanism'
import { checkCard, genesisDigest, openCard, parseGenesis, RecordError } from '@parley/record'
import type { Crypto, Genesis, GovernanceState } from '@parley/record'
import { listChannels } from '../db/channels.ts'
import { openDatabaseForReading } from '../db/database.ts'
import { DatabaseError } from '../db/error.ts'
import { readLockCheckpoints } from '../db/lock-checkpoint.ts'
import type { LockedHead } from '../db/lock-checkpoint.ts'
import { listLogs } from '../db/logs.ts'
import { listPeers } from '../db/peers.ts'
import type { Reader } from '../db/statement.ts'
import { listTextFaults } from '../db/texts-check.ts'
import { databaseUrl, homePaths } from '../home.ts'
import type { Home } from '../home.ts'
import { evidenceFolderAt } from '../evidence/evidence-folder.ts'
import type { EvidenceFolder } from '../evidence/evidence-folder.ts'
import { checkSecurityLog } from '../identity/security-log.ts'
import { openKeyring } from '../keys/keyring.ts'
import { createRegistry } from '../log/registry.ts'
import { checkBodies, checkSubjects, readPacks } from './fsck-content.ts'
import { checkDrafts } from './fsck-drafts.ts'
import { checkEvidence, listFound } from './fsck-evidence.ts'
import type { FoundFiles } from './fsck-evidence.ts'
import { checkLog, spellVerdict } from './fsck-log.ts'
import type { CheckedLog, CommittedBodies } from './fsck-log.ts'
import { createDifferenceList } from './fsck-report.ts'
import type { Difference, DifferenceList } from './fsck-report.ts'
import { checkCosignatures, checkForks, checkHeads, checkLock } from './fsck-signatures.ts'
import { replayLogs } from './replay-logs.ts'
import type { Replayed } from './replay-logs.ts'

/** What was looked through, and what differs. */
export interface StoreCheck {
  readonly logs: number
  readonly entries: number
  /** Entries that wait for what they have seen, or stand behind one that does. */
  readonly waiting: number
  readonly tiles: number
  readonly heads: number
  readonly cosignatures: number
  readonly bodies: number
  readonly subjects: number
  readonly forks: number
  /** Files of evidence that must be here. */
  readonly evidence: number
  readonly drafts: number
  /** Events of the security log, up to the first that is not sound. */
  readonly securityEvents: number
  /** How many differences there are; the first of them are listed. */
  readonly differenceCount: number
  readonly differences: readonly Difference[]
}

export const checkStages = ['entries', 'verdicts', 'signatures', 'contents', 'evidence'] as const
export type CheckStage = (typeof checkStages)[number]

export interface CheckOptions {
  readonly crypto: Crypto
  /** Hears how far the check has come: in entries, for signatures in logs, for evidence in files. */
  readonly progress?: (stage: CheckStage, done: number, total: number) => void
}

/**
 * Checks the store of a home, read-only; the node may be running.
 *
 * @throws DatabaseError `db.*` when the store cannot be opened. What is wrong in it is in the result.
 */
export async function checkStore(home: Home, options: CheckOptions): Promise<StoreCheck> {
  const differences = createDifferenceList()
  // Read before the database: a node that runs commits first and locks then.
  const lock = await readLock(home, differences)
  const folder = evidenceFolderAt(homePaths.evidence(home.folder))
  const evidence = { folder, found: await listFound(folder) }
  const database = await openDatabaseForReading(databaseUrl(home))
  try {
    return await database.snapshot(async (reader) => {
      const faults = await listTextFaults(reader, database.dialect)
      for (const { channel, fault, subject } of faults) differences.add('text', { channel, subject }, undefined, fault)
      return checkRows(home, reader, { lock, evidence }, differences, options)
    })
  } finally {
    await database.close()
  }
}

async function readLock(home: Home, differences: DifferenceList): Promise<ReadonlyMap<string, LockedHead>> {
  try {
    const { heads, torn } = await readLockCheckpoints(homePaths.lock(home.folder))
    for (const origin of torn) differences.add('lock', { origin, field: 'page' }, 'two pages', 'one is damaged')
    return heads
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    differences.add('lock', {}, 'a lock that can be read', error.code)
    return new Map()
  }
}

/** What is kept beside the database, read before it. */
interface Beside {
  readonly lock: ReadonlyMap<string, LockedHead>
  readonly evidence: { readonly folder: EvidenceFolder; readonly found: FoundFiles }
}

async function checkRows(
  home: Home,
  reader: Reader,
  { evidence, lock }: Beside,
  differences: DifferenceList,
  { crypto, progress = () => undefined }: CheckOptions,
): Promise<StoreCheck> {
  const parts = { crypto, reader, differences }
  const { founded, geneses } = await checkParties(home, parts)
  const committed: CommittedBodies = new Map()
  const rows = await listLogs(reader)
  // And once more behind it: the node locks first and signs then.
  const lockAfter = await readLock(home, createDifferenceList())
  const total = rows.reduce((sum, { size }) => sum + size, 0)
  const logs: CheckedLog[] = []
  for (const row of rows) {
    logs.push(await checkLog(crypto, reader, row, differences, committed))
    progress(
      'entries',
      logs.reduce((sum, { entryCount }) => sum + entryCount, 0),
      total,
    )
  }
  const packs = await readPacks(parts)
  const pack = (digest: string): Pack | undefined => packs.get(digest)
  const replayed = await replay({ ...parts, pack }, logs, { founded, geneses }, (done) =>
    progress('verdicts', done, total),
  )

  const signed = { ...parts, governances: replayed.governances }
  let [heads, cosignatures] = [0, 0]
  for (const [index, log] of logs.entries()) {
    heads += await checkHeads(signed, log)
    cosignatures += await checkCosignatures(signed, log)
    if (log.row.own) checkLock(parts, log, { before: lock.get(log.origin), after: lockAfter.get(log.origin) })
    progress('signatures', index + 1, logs.length)
  }
  for (const origin of lock.keys()) {
    if (!logs.some((log) => log.origin === origin))
      differences.add('lock', { origin }, undefined, 'a log that is not here')
  }
  const forks = await checkForks(signed, logs)
  const bodies = await checkBodies(parts, committed)
  const subjects = await checkSubjects({ ...parts, pack }, geneses, replayed.subjects)
  const { broken, events: securityEvents } = await checkSecurityLog(reader)
  if (broken !== undefined) {
    differences.add('security-event', { position: broken }, 'the chain of the security log', 'another event')
  }
  const { party: self } = home.settings
  const drafts = await checkDrafts({
    ...parts,
    channels: new Set(geneses.map(({ channel }) => channel)),
    governance: replayed.governances.get(self),
    openArchive: async () => (await openKeyring(homePaths.keys(home.folder))).archive,
  })
  progress('contents', 1, 1)
  const files = await checkEvidence(
    { ...parts, ...evidence, self, progress: (done, all) => progress('evidence', done, all) },
    geneses,
    replayed.subjects,
  )
  return {
    logs: logs.length,
    entries: logs.reduce((sum, { entryCount }) => sum + entryCount, 0),
    waiting: logs.reduce((sum, { end, entryCount }) => sum + entryCount - end, 0),
    tiles: logs.reduce((sum, { tileCount }) => sum + tileCount, 0),
    heads,
    cosignatures,
    bodies,
    subjects,
    forks,
    evidence: files,
    drafts,
    securityEvents,
    differenceCount: differences.count,
    differences: differences.listed,
  }
}

interface Parties {
  readonly founded: ReadonlyMap<string, GovernanceState>
  readonly geneses: readonly Genesis[]
}

interface Parts {
  readonly crypto: Crypto
  readonly reader: Reader
  readonly differences: DifferenceList
}

/** Cards and geneses, and that there is a log for each and no other. */
async function checkParties(home: Home, { crypto, differences, reader }: Parts): Promise<Parties> {
  const registry = createRegistry(crypto, home.settings.party)
  const founded = new Map<string, GovernanceState>()
  const cards = new Map<string, Awaited<ReturnType<typeof openCard>>>()
  for (const { card, party } of await listPeers(reader)) {
    try {
      const opened = await openCard(crypto, card)
      differences.compare('card', { party, field: 'party' }, opened.party, party)
      cards.set(party, opened)
      founded.set(party, opened.governance)
      registry.addParty(opened.governance)
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      differences.add('card', { party }, 'a card', error.code)
    }
  }
  const geneses: Genesis[] = []
  for (const { channel, genesis: bytes } of await listChannels(reader)) {
    try {
      const genesis = parseGenesis(bytes)
      differences.compare('genesis', { channel, field: 'channel' }, genesis.channel, channel)
      for (const { party } of genesis.parties) {
        const card = cards.get(party)
        if (card === undefined) differences.add('card', { channel, party }, 'a card', undefined)
        else checkCard(genesis, card)
      }
      geneses.push(genesis)
      registry.addChannel(genesis, bytes)
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      differences.add(
        'genesis',
        { channel, digest: genesisDigest(crypto, bytes) },
        'a genesis of these parties',
        error.code,
      )
    }
  }
  const stored = new Map((await listLogs(reader)).map((log) => [log.origin, log]))
  for (const { channel, origin, own, party } of registry.logs()) {
    const row = stored.get(origin)
    stored.delete(origin)
    const expected = `${party} ${channel} ${own}`
    differences.compare('log', { origin }, expected, row && `${row.party} ${row.channel} ${row.own}`)
  }
  for (const origin of stored.keys()) differences.add('log', { origin }, undefined, 'a log of nobody here')
  return { founded, geneses }
}

/** Verdicts by a reading that knows nothing but the entries. */
async function replay(
  parts: Parts & { readonly pack: (digest: string) => Pack | undefined },
  logs: readonly CheckedLog[],
  { founded, geneses }: Parties,
  progress: (done: number) => void,
): Promise<Replayed> {
  const { crypto, differences, pack } = parts
  const known = new Map(logs.map((log) => [log.origin, log]))
  const channels = new Set(geneses.map(({ channel }) => channel))
  let done = 0
  const replayed = await replayLogs({
    crypto,
    logs: logs.filter(
      ({ channel, party }) => founded.has(party) && (channel === 'governance' || channels.has(channel)),
    ),
    geneses,
    founded,
    pack,
    found({ origin }, position, _bytes, { code, verdict }) {
      const stored = known.get(origin)!.verdicts[position]
      differences.compare('verdict', { origin, position }, spellVerdict(verdict, code), stored)
      done += 1
      if (done % 256 === 0) progress(done)
    },
  })
  progress(done)
  for (const [origin, { judged, seen }] of replayed.positions) {
    const { end, row, verdicts } = known.get(origin)!
    if (judged < end) differences.add('verdict', { origin, position: judged }, 'waiting', verdicts[judged])
    differences.compare('log', { origin, field: 'effectiveSeen' }, JSON.stringify(seen), row.effectiveSeen)
    verdicts.slice(end).forEach((verdict, offset) => {
      differences.compare('verdict', { origin, position: end + offset }, 'waiting', verdict)
    })
  }
  return replayed
}
