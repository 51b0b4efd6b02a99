// Reads whole logs anew, from their bytes alone: the verdict on every entry and the acts of every subject. What a node has
// come to step by step must be the same (`fsck`), and so must what somebody outside computes (`parley verify`). Pure.

import {
  channelOrigin,
  entryDigest,
  governanceChannel,
  judgeGovernance,
  judgeRecord,
  listSeenOrigins,
  parseEntry,
  RecordError,
  seenSize,
} from '@parley/record'
import type { Crypto, Genesis, GovernanceState, MemoryTree, RecordVerdict, Seen } from '@parley/record'
import { demandsOf, findType, judge, readAct } from '@parley/mechanism'
import type { Act, Pack } from '@parley/mechanism'

/** One log, verified up to its size; the tree is that of its entries. */
export interface ReplayedLog {
  readonly origin: string
  readonly party: string
  /** A channel id, or `governance`. */
  readonly channel: string
  readonly tree: Pick<MemoryTree, 'root' | 'size'>
  /** Entries from here on are not read. */
  readonly end: number
  /** Entries from `start` on, at least one, at most to before `end`. */
  readEntries(start: number, end: number): Promise<readonly Uint8Array[]> | readonly Uint8Array[]
}

/** What an entry was found to be. */
export interface ReplayedEntry {
  readonly verdict: 'valid' | 'invalid' | 'unknown'
  readonly code: string | null
  /** Officials whose approvals were verified. */
  readonly approvals: number
}

export interface ReplayOrder {
  readonly crypto: Crypto
  readonly logs: readonly ReplayedLog[]
  readonly geneses: readonly Genesis[]
  /** The parties' governance after their founding entries, which their geneses pin. */
  readonly founded: ReadonlyMap<string, GovernanceState>
  readonly pack: (digest: string) => Pack | undefined
  /** Hears of each entry in the order of its log. */
  readonly found?: (log: ReplayedLog, index: number, bytes: Uint8Array, entry: ReplayedEntry) => void
}

export interface Replayed {
  /** How far each log was read, and what its entries had seen by then. The rest waits for what is not here. */
  readonly positions: ReadonlyMap<string, { readonly judged: number; readonly seen: readonly Seen[] }>
  readonly governances: ReadonlyMap<string, GovernanceState>
  /** The valid acts of each subject, by channel. */
  readonly subjects: ReadonlyMap<string, ReadonlyMap<string, readonly Act[]>>
}

const entriesPerRead = 256

/** A log while it is read. */
interface Line {
  readonly log: ReplayedLog
  readonly digests: Set<string>
  judged: number
  seen: readonly Seen[]
  /** Entries from index `judged` on. */
  ahead: readonly Uint8Array[]
}

type Judged = ReplayedEntry & { readonly seen: readonly Seen[] }

/** Reads the logs until every one has come to its end or waits for something that is not in any of them. */
export async function replayLogs(order: ReplayOrder): Promise<Replayed> {
  const { found, founded, geneses, logs } = order
  const lines = new Map(logs.map((log) => [log.origin, startLine(log)]))
  const governances = new Map(founded)
  const subjects = new Map(geneses.map(({ channel }) => [channel, new Map<string, Act[]>()]))
  const all = { order, lines, governances, subjects }
  for (let moved = true; moved;) {
    moved = false
    for (const line of lines.values()) {
      for (let bytes = await nextEntry(line); bytes !== undefined; bytes = await nextEntry(line)) {
        const judged = await judgeEntry(all, line, bytes)
        if (judged === undefined) break
        const index = line.judged
        noteDigest(order.crypto, line, bytes)
        line.judged += 1
        line.seen = judged.seen
        line.ahead = line.ahead.slice(1)
        moved = true
        found?.(line.log, index, bytes, { verdict: judged.verdict, code: judged.code, approvals: judged.approvals })
      }
    }
  }
  return { positions: lines, governances, subjects }
}

function startLine(log: ReplayedLog): Line {
  return { log, digests: new Set(), judged: 0, seen: [], ahead: [] }
}

async function nextEntry(line: Line): Promise<Uint8Array | undefined> {
  const { judged, log } = line
  if (line.ahead.length === 0 && judged < log.end) {
    line.ahead = await log.readEntries(judged, Math.min(log.end, judged + entriesPerRead))
  }
  return line.ahead[0]
}

/** Replays are told from earlier entries of whatever verdict. */
function noteDigest(crypto: Crypto, { digests }: Line, bytes: Uint8Array): void {
  try {
    digests.add(entryDigest(crypto, parseEntry(bytes)))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
  }
}

interface Everything {
  readonly order: ReplayOrder
  readonly lines: ReadonlyMap<string, Line>
  readonly governances: Map<string, GovernanceState>
  readonly subjects: ReadonlyMap<string, Map<string, Act[]>>
}

function judgeEntry(all: Everything, line: Line, bytes: Uint8Array): Promise<Judged | undefined> {
  return line.log.channel === governanceChannel ? readGovernance(all, line, bytes) : readChannel(all, line, bytes)
}

async function readGovernance(
  { governances, order: { crypto } }: Everything,
  { digests, judged, log }: Line,
  bytes: Uint8Array,
): Promise<Judged> {
  const state = governances.get(log.party)!
  if (judged === 0) {
    // Its own approvals were verified when the card was opened.
    const isCard = isEntryWith(crypto, bytes, state.founded)
    return isCard
      ? { verdict: 'valid', code: null, approvals: 1, seen: [] }
      : { verdict: 'invalid', code: 'governance.order', approvals: 0, seen: [] }
  }
  const verdict = await judgeGovernance({ crypto, bytes, state, replay: (digest) => digests.has(digest) })
  governances.set(log.party, verdict.state)
  return {
    verdict: verdict.kind,
    code: verdict.kind === 'invalid' ? verdict.code : null,
    approvals: verdict.kind === 'valid' ? verdict.approvedBy.length : 0,
    seen: [],
  }
}

function isEntryWith(crypto: Crypto, bytes: Uint8Array, digest: string): boolean {
  try {
    return entryDigest(crypto, parseEntry(bytes)) === digest
  } catch (error) {
    if (error instanceof RecordError) return false
    throw error
  }
}

/** Undefined for an entry that waits. */
async function readChannel(all: Everything, line: Line, bytes: Uint8Array): Promise<Judged | undefined> {
  const { governances, lines, order } = all
  const { digests, log, seen } = line
  const genesis = order.geneses.find(({ channel }) => channel === log.channel)!
  const verdict = await judgeRecord({
    crypto: order.crypto,
    bytes,
    log: { channel: log.channel, party: log.party },
    seenBefore: seen,
    seenOrigins: listSeenOrigins(genesis, log.party),
    replay: (digest) => digests.has(digest),
    seenRoots(origin, size) {
      const other = lines.get(origin)
      return other === undefined || size > other.judged ? 'unknown' : other.log.tree.root(size)
    },
    governance: governances.get(log.party)!,
    demands: (type) => (findType(type) === undefined ? undefined : demandsOf(type)),
  })
  switch (verdict.kind) {
    case 'waiting':
      return undefined
    case 'invalid':
      return { verdict: 'invalid', code: verdict.code, approvals: 0, seen: verdict.seen }
    case 'unknown':
      return { verdict: 'unknown', code: null, approvals: 0, seen: verdict.seen }
    case 'valid':
      return readMeaning(all, line, genesis, verdict)
  }
}

function readMeaning(
  { order, subjects }: Everything,
  { judged, log }: Line,
  genesis: Genesis,
  { approvedBy, digest, entry, seen }: Extract<RecordVerdict, { kind: 'valid' }>,
): Judged | undefined {
  const approvals = approvedBy.length
  const reading = readAct(entry, { index: judged, digest, seen: sizesSeen(genesis, log.party, seen) })
  if (reading.kind !== 'act') {
    return { verdict: reading.kind, code: reading.kind === 'invalid' ? reading.code : null, approvals, seen }
  }
  const { act } = reading
  const bySubject = subjects.get(log.channel)!
  const meaning = judge(act, {
    parties: genesis.parties.map(({ party }) => party),
    subject: bySubject.get(act.subject) ?? [],
    agreement: bySubject.get('agreement') ?? [],
    pack: order.pack,
  })
  if (meaning.kind === 'waiting') return undefined
  if (meaning.kind === 'valid') {
    const acts = bySubject.get(act.subject)
    if (acts === undefined) bySubject.set(act.subject, [act])
    else acts.push(act)
  }
  return { verdict: meaning.kind, code: meaning.kind === 'invalid' ? meaning.code : null, approvals, seen }
}

/** How much of each other party's channel log had been seen. */
function sizesSeen(genesis: Genesis, author: string, seen: readonly Seen[]): Record<string, number> {
  const others = genesis.parties.filter(({ party }) => party !== author)
  return Object.fromEntries(
    others.map(({ party, prefix }) => [party, seenSize(seen, channelOrigin(prefix, genesis.channel))]),
  )
}
