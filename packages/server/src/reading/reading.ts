// Reads what becomes durable: gives every entry its verdict and every touched subject its state, in the same transaction
// as the entries themselves. Entries whose author had seen what is not here yet wait, in their order, and are read with
// whatever batch brings it. One reading at a time.

import { governanceChannel } from '@parley/record'
import type { Crypto } from '@parley/record'
import type { Batch, Submission } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import { insertEntries, settleVerdict } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import type { Reader, Statement } from '../db/statement.ts'
import { putTies } from '../db/request-ties.ts'
import { putSubjects, readNewestChange } from '../db/subjects.ts'
import type { KnownLog, Registry } from '../log/registry.ts'
import { composeErasures } from './erasures.ts'
import { foreseeApprovals } from './foresee.ts'
import type { Leaf, OpenLeaf } from './leaf.ts'
import { heldSize, isCutShort, lineUp } from './lines.ts'
import type { Line } from './lines.ts'
import { createReplays } from './replays.ts'
import { createRoots } from './roots.ts'
import { createSession } from './session.ts'
import type { Awaited, ChangedActs, ReadingPosition, Session } from './session.ts'
import { loadStored } from './stored.ts'
import type { StoredSource } from './stored.ts'
import { createSubjectMemory } from './subject-memory.ts'
import { listStaleActs } from './stale-acts.ts'
import { composeSubjectRow } from './subject-row.ts'
import { listTies } from './ties.ts'

/** A subject that changed, for listeners. */
export interface ChangedSubject {
  readonly channel: string
  readonly subject: string
  readonly topic: string
}

/** What a batch changes beyond the logs themselves. */
export interface BatchReading {
  readonly statements: readonly Statement[]
  /** What has been seen by the end of each log that was read further, whether it grew or not. */
  readonly positions: ReadonlyMap<string, ReadingPosition>
  /** Bodies were erased: `Database.purge` removes them from the files. */
  readonly isErasing: boolean
  /** There is more to read than one pass takes: another one, with nothing new, goes on. */
  readonly isCutShort: boolean
  /** To be called once the statements are durable, before anybody hears of it. */
  settle(): readonly ChangedSubject[]
}

export interface Reading {
  /** Verifies the approvals of entries that will soon be judged; resolves when that is done, and nothing follows from it. */
  foresee(origin: string, entries: readonly Uint8Array[]): Promise<void>
  /** Judges own entries that are not in a log yet: the refused ones with the code why. */
  judgeSubmissions(submissions: readonly Submission[]): Promise<ReadonlyMap<Submission, string>>
  /** Reads a batch that is about to become durable; `settle` must be called before the next reading. */
  readBatch(batch: Pick<Batch, 'extensions'>): Promise<BatchReading>
  position(origin: string): ReadingPosition
  /** A pack has come to hand; entries that wait for one, and rows that are stale, are looked at again by the next pass. */
  notePack(): void
  /** Takes up a log as it is stored. */
  addLog(origin: string, position: ReadingPosition): void
}

export interface ReadingParts extends Pick<StoredSource, 'state' | 'pack'> {
  readonly crypto: Crypto
  readonly reader: Reader
  readonly logReader: LogReader
  readonly registry: Registry
  readonly openLeaf: OpenLeaf
  /** The number by which the database knows a log. */
  readonly logNumber: (origin: string) => number
  /** What is stored of the log is not what was written; entries that cannot be judged without it wait. */
  readonly damaged: (origin: string) => void
}

export async function createReading(parts: ReadingParts): Promise<Reading> {
  const { crypto, damaged, logReader, openLeaf, reader, registry, state } = parts
  const positions = new Map<string, ReadingPosition>()
  const awaited = new Map<string, Awaited>()
  const position = (origin: string): ReadingPosition => positions.get(origin) ?? { judged: 0, seen: [] }
  const memory = createSubjectMemory(reader)
  const roots = createRoots({ crypto, logReader, state, damaged })
  const replays = createReplays(reader, parts.logNumber)
  const source: StoredSource = { state, subjects: memory, roots, replays, position, pack: parts.pack }
  let changed = await readNewestChange(reader)
  /** Whether there may be rows that a pack has made stale. */
  let isStale = false

  function composeRows(lines: readonly Line[], batch: Pick<Batch, 'extensions'>): Statement[] {
    const settled: Statement[] = []
    const rows: StoredEntry[] = []
    const extended = new Map(batch.extensions.map((extension) => [extension.origin, extension]))
    for (const { log, leaves, first, fresh, found } of lines) {
      const number = parts.logNumber(log.origin)
      for (let position = first; position < fresh; position++) {
        const result = found[position - first]
        if (result === undefined) break
        const { code, verdict } = result
        settled.push(settleVerdict({ log: number, position, verdict, code }))
      }
      extended.get(log.origin)?.entries.forEach((bytes, offset) => {
        const at = fresh + offset - first
        const leaf = leaves[at] ?? openLeaf(bytes)
        const { verdict, code } = found[at] ?? { verdict: 'waiting', code: null }
        rows.push({ log: number, position: fresh + offset, verdict, code, ...describeLeaf(leaf) })
      })
    }
    return [...settled, ...insertEntries(rows)]
  }

  function noteAwaited({ awaits, found, leaves, log }: Line): void {
    if (leaves.length === 0) return
    if (awaits === undefined || found.length === leaves.length) awaited.delete(log.origin)
    else awaited.set(log.origin, awaits)
  }

  function composeSubjects(changes: readonly ChangedActs[]): { statements: Statement[]; subjects: ChangedSubject[] } {
    const rows = changes.map(({ acts, agreement, channel, subject }) =>
      composeSubjectRow(
        channel,
        subject,
        acts,
        {
          parties: registry.channel(channel).parties,
          agreement,
          pack: (digest) => parts.pack(channel, digest),
        },
        ++changed,
      ),
    )
    const subjects = rows.map(({ channel, id, topic }) => ({ channel, subject: id, topic }))
    return { statements: [...putSubjects(rows), ...putTies(rows.flatMap(listTies))], subjects }
  }

  /** As many stale subjects as a pass takes, without those that it computes anyway. */
  async function readStale(changes: readonly ChangedActs[]): Promise<ChangedActs[]> {
    if (!isStale) return []
    const stale = await listStaleActs(reader)
    isStale = stale.length > 0
    const known = new Set(changes.map(({ channel, subject }) => `${channel} ${subject}`))
    return stale.filter(({ channel, subject }) => !known.has(`${channel} ${subject}`))
  }

  return {
    position,
    notePack() {
      for (const [origin, waitsFor] of awaited) if (waitsFor === 'pack') awaited.delete(origin)
      isStale = true
    },
    addLog: (origin, taken) => positions.set(origin, taken),

    async foresee(origin, entries) {
      const log = registry.logOf(origin)
      if (log === undefined || log.channel === governanceChannel) return
      const governance = registry.governance(log.party)
      await Promise.all(entries.map((bytes) => foreseeApprovals(governance, openLeaf(bytes))))
    },

    async judgeSubmissions(submissions) {
      const leaves = new Map(submissions.map((submission) => [submission, openLeaf(submission.entry)]))
      const byLog = new Map<KnownLog, Leaf[]>()
      for (const [{ origin }, leaf] of leaves) {
        const log = registry.logOf(origin)
        if (log === undefined) continue
        const of = byLog.get(log)
        if (of === undefined) byLog.set(log, [leaf])
        else of.push(leaf)
      }
      const session = createSession(registry, await loadStored(source, byLog, { extensions: [] }), true)
      const refused = new Map<Submission, string>()
      for (const [submission, leaf] of leaves) {
        const log = registry.logOf(submission.origin)
        // While older entries of the log are still unread, nobody can say what a new one would follow upon.
        if (log !== undefined && position(log.origin).judged < heldSize(state, log.origin)) {
          refused.set(submission, 'node.busy')
          continue
        }
        const found = log === undefined ? { verdict: 'invalid', code: 'log.unknown' } : await session.read(log, leaf)
        if (found.verdict !== 'valid') refused.set(submission, found.code ?? `entry.${found.verdict}`)
      }
      return refused
    },

    async readBatch(batch) {
      const lines = await lineUp({ state, logReader, registry, openLeaf, position, awaited, damaged }, batch)
      const stored = await loadStored(source, new Map(lines.map(({ log, leaves }) => [log, leaves])), batch)
      const session = createSession(registry, stored)
      await readLines(session, lines)
      const rows = composeRows(lines, batch)
      const changes = session.changed()
      const { statements, subjects } = composeSubjects([...changes, ...(await readStale(changes))])
      const erasures = composeErasures(lines)
      const moved = new Map(lines.map(({ log }) => [log.origin, session.position(log.origin)]))
      return {
        // An erasure empties the row of the texts that belong to a subject, so it comes behind the subject's.
        statements: [...rows, ...statements, ...erasures],
        positions: moved,
        isErasing: erasures.length > 0,
        isCutShort: lines.some(isCutShort) || isStale,
        settle() {
          for (const [origin, taken] of moved) positions.set(origin, taken)
          for (const line of lines) noteAwaited(line)
          for (const { origin, frontier, root } of batch.extensions)
            roots.remember({ origin, size: frontier.size }, root)
          for (const subject of session.changed()) memory.settle(subject)
          for (const governance of session.governances()) registry.setGovernance(governance)
          return subjects
        },
      }
    },
  }
}

/** Reads every line as far as it goes; what one line brings may let another go on. */
async function readLines(session: Session, lines: readonly Line[]): Promise<void> {
  for (let before = -1, read = 0; read > before;) {
    before = read
    for (const line of lines) {
      const { found, leaves, log } = line
      for (let leaf = leaves[found.length]; leaf !== undefined; leaf = leaves[found.length]) {
        const result = await session.read(log, leaf)
        line.awaits = result.awaits
        if (result.verdict === 'waiting') break
        found.push(result)
        read += 1
      }
    }
  }
}

function describeLeaf({
  bytes,
  parsed,
  subject,
}: Leaf): Pick<StoredEntry, 'digest' | 'type' | 'subject' | 'at' | 'bodyCiphertext' | 'bytes'> {
  const entry = parsed?.entry
  return {
    bytes,
    digest: parsed === undefined ? null : Uint8Array.fromHex(parsed.digest),
    type: entry?.type ?? null,
    subject: subject ?? null,
    at: entry?.at ?? null,
    bodyCiphertext: entry?.body === undefined ? null : Uint8Array.fromHex(entry.body.ciphertext),
  }
}
