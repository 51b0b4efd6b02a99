// Reads whole logs anew, from their bytes alone: the verdict on every entry and the acts of every subject. What a node has
// come to step by step must be the same (`fsck`), and so must what somebody outside computes (`parley verify`). Pure.

import {
  channelOrigin,
  governanceChannel,
  judgeGovernance,
  judgeRecord,
  listSeenOrigins,
  seenSize,
  seenTime,
} from '@parley/record'
import type { Crypto, Entry, Genesis, GovernanceState, MemoryTree, RecordVerdict, Seen } from '@parley/record'
import { carriedReceipt, demandsOf, findType, judge, readAct } from '@parley/mechanism'
import type { Act, Pack } from '@parley/mechanism'
import { foreseeApprovals } from '../reading/foresee.ts'
import { createLeafOpener } from '../reading/leaf.ts'
import type { Leaf, OpenLeaf } from '../reading/leaf.ts'

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
  /** Undefined for bytes that are no entry. */
  readonly entry: Entry | undefined
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

const entriesPerRead = 1024

/** A log while it is read. */
interface Line {
  readonly log: ReplayedLog
  readonly digests: Set<string>
  /** Roots that entries named: most name the same ones. */
  readonly roots: Map<number, Uint8Array>
  judged: number
  seen: readonly Seen[]
  /** Leaves from some index on, of which the one at `judged` is at `next`. */
  ahead: Leaf[]
  next: number
}

type Judged = Omit<ReplayedEntry, 'entry'> & { readonly seen: readonly Seen[] }

/** Reads the logs until every one has come to its end or waits for something that is not in any of them. */
export async function replayLogs(order: ReplayOrder): Promise<Replayed> {
  const { founded, geneses, logs } = order
  const lines = new Map(logs.map((log) => [log.origin, startLine(log)]))
  const governances = new Map(founded)
  const subjects = new Map(geneses.map(({ channel }) => [channel, new Map<string, Act[]>()]))
  const all = { order, lines, governances, subjects, openLeaf: createLeafOpener(order.crypto) }
  for (let moved = true; moved;) {
    moved = false
    for (const line of lines.values()) {
      for (let leaf = await nextLeaf(all, line); leaf !== undefined; leaf = await nextLeaf(all, line)) {
        const judged = await judgeLeaf(all, line, leaf)
        if (judged === undefined) break
        moveOn(all, line, leaf, judged)
        moved = true
      }
    }
  }
  return { positions: lines, governances, subjects }
}

function startLine(log: ReplayedLog): Line {
  return { log, digests: new Set(), roots: new Map(), judged: 0, seen: [], ahead: [], next: 0 }
}

/** The leaf to be judged. Those behind it are read in time, so that their signatures are verified while others are judged. */
async function nextLeaf({ governances, openLeaf }: Everything, line: Line): Promise<Leaf | undefined> {
  const { log } = line
  const left = line.ahead.length - line.next
  const start = line.judged + left
  if (left <= entriesPerRead / 2 && start < log.end) {
    const entries = await log.readEntries(start, Math.min(log.end, start + entriesPerRead))
    const leaves = entries.map(openLeaf)
    line.ahead = [...line.ahead.slice(line.next), ...leaves]
    line.next = 0
    const governance = governances.get(log.party)
    if (governance !== undefined) for (const leaf of leaves) void foreseeApprovals(governance, leaf)
  }
  return line.ahead[line.next]
}

function moveOn({ order }: Everything, line: Line, { bytes, parsed }: Leaf, { seen, ...entry }: Judged): void {
  // Replays are told from earlier entries of whatever verdict.
  if (parsed !== undefined) line.digests.add(parsed.digest)
  line.judged += 1
  line.next += 1
  line.seen = seen
  order.found?.(line.log, line.judged - 1, bytes, { ...entry, entry: parsed?.entry })
}

function rootOf({ log, roots }: Line, size: number): Uint8Array {
  const root = roots.get(size) ?? log.tree.root(size)
  roots.set(size, root)
  return root
}

interface Everything {
  readonly order: ReplayOrder
  readonly lines: ReadonlyMap<string, Line>
  readonly governances: Map<string, GovernanceState>
  readonly subjects: ReadonlyMap<string, Map<string, Act[]>>
  readonly openLeaf: OpenLeaf
}

function judgeLeaf(all: Everything, line: Line, leaf: Leaf): Promise<Judged | undefined> {
  return line.log.channel === governanceChannel ? readGovernance(all, line, leaf) : readChannel(all, line, leaf)
}

async function readGovernance(
  { governances }: Everything,
  { digests, judged, log }: Line,
  { bytes, crypto, parsed }: Leaf,
): Promise<Judged> {
  const state = governances.get(log.party)!
  if (judged === 0) {
    // Its own approvals were verified when the card was opened.
    return parsed?.digest === state.founded
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

/** Undefined for an entry that waits. */
async function readChannel(all: Everything, line: Line, leaf: Leaf): Promise<Judged | undefined> {
  const { governances, lines, order } = all
  const { digests, log, seen } = line
  const genesis = order.geneses.find(({ channel }) => channel === log.channel)!
  const verdict = await judgeRecord({
    crypto: leaf.crypto,
    bytes: leaf.bytes,
    ...(leaf.parsed === undefined ? {} : { parsed: leaf.parsed }),
    log: { channel: log.channel, party: log.party },
    index: line.judged,
    seenBefore: seen,
    seenOrigins: listSeenOrigins(genesis, log.party),
    replay: (digest) => digests.has(digest),
    seenRoots(origin, size) {
      const other = lines.get(origin)
      return other === undefined || size > other.judged ? 'unknown' : rootOf(other, size)
    },
    governance: governances.get(log.party)!,
    demands: (type) => (findType(type) === undefined ? undefined : demandsOf(type)),
    receiptOf: carriedReceipt,
    otherGovernance: (party) =>
      party !== log.party && genesis.parties.some((other) => other.party === party)
        ? governances.get(party)
        : undefined,
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
  const others = genesis.parties
    .filter(({ party }) => party !== log.party)
    .map(({ party, prefix }) => ({ party, origin: channelOrigin(prefix, genesis.channel) }))
  const reading = readAct(entry, {
    index: judged,
    digest,
    seen: Object.fromEntries(others.map(({ origin, party }) => [party, seenSize(seen, origin)])),
    seenTimes: Object.fromEntries(others.map(({ origin, party }) => [party, seenTime(seen, origin)])),
  })
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
