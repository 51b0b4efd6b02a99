// Reads what becomes durable: gives every entry its verdict and every touched subject its state, in the same transaction
// as the entries themselves. Entries whose author had seen what is not here yet wait, in their order, and are read with
// whatever batch brings it. One reading at a time.

import type { Batch, Submission } from '@parley/record/core'
import { insertEntries, readEntries, settleVerdict } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import type { Statement } from '../db/statement.ts'
import { putSubjects, readNewestChange } from '../db/subjects.ts'
import type { KnownLog, Registry } from '../log/registry.ts'
import { openLeaf } from './leaf.ts'
import type { Leaf } from './leaf.ts'
import { createSession } from './session.ts'
import type { Found, ReadingPosition, Session } from './session.ts'
import { loadStored } from './stored.ts'
import type { StoredSource } from './stored.ts'
import { composeSubjectRow } from './subject-row.ts'

/** Entries of one log that waited and are read again with one batch. */
const waitingLeavesMax = 1024

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
  /** To be called once the statements are durable, before anybody hears of it. */
  settle(): readonly ChangedSubject[]
}

export interface Reading {
  /** Judges own entries that are not in a log yet: the refused ones with the code why. */
  judgeSubmissions(submissions: readonly Submission[]): Promise<ReadonlyMap<Submission, string>>
  /** Reads a batch that is about to become durable; `settle` must be called before the next reading. */
  readBatch(batch: Pick<Batch, 'extensions'>): Promise<BatchReading>
  position(origin: string): ReadingPosition
  /** Takes up a log as it is stored. */
  addLog(origin: string, position: ReadingPosition): void
}

export interface ReadingParts extends Omit<StoredSource, 'position'> {
  readonly registry: Registry
}

/** A log's leaves in line: those that waited, then the new ones. */
interface Line {
  readonly log: KnownLog
  readonly leaves: readonly Leaf[]
  /** The position of the first leaf, and of the first that is new. */
  readonly first: number
  readonly fresh: number
  readonly found: Found[]
}

export async function createReading(parts: ReadingParts): Promise<Reading> {
  const { crypto, reader, registry, state } = parts
  const positions = new Map<string, ReadingPosition>()
  const position = (origin: string): ReadingPosition => positions.get(origin) ?? { judged: 0, seen: [] }
  const source: StoredSource = { ...parts, position }
  let changed = await readNewestChange(reader)

  async function lineUp(log: KnownLog, entries: readonly Uint8Array[], fresh: number): Promise<Line> {
    const first = Math.min(position(log.origin).judged, fresh)
    const end = Math.min(fresh, first + waitingLeavesMax)
    const waiting =
      first === fresh ? [] : await readEntries(reader, { log: parts.logNumber(log.origin), start: first, end })
    // When more wait than are read at once, the new ones must wait behind them.
    const next = end === fresh ? entries : []
    const leaves = [...waiting.map(({ bytes }) => bytes), ...next].map((bytes) => openLeaf(crypto, bytes))
    return { log, leaves, first, fresh, found: [] }
  }

  /** The logs that a batch may let go further: those it extends, and those that wait in the channels it touches. */
  async function lineUpAll(batch: Pick<Batch, 'extensions'>): Promise<Line[]> {
    const lines: Line[] = []
    const extended = new Map(batch.extensions.map((extension) => [extension.origin, extension]))
    for (const log of registry.logs()) {
      const extension = extended.get(log.origin)
      const held = (state.own.get(log.origin) ?? state.replicas.get(log.origin))?.frontier.size ?? 0
      if (extension === undefined && position(log.origin).judged >= held) continue
      lines.push(await lineUp(log, extension?.entries ?? [], held))
    }
    return lines
  }

  function composeRows(lines: readonly Line[], batch: Pick<Batch, 'extensions'>): Statement[] {
    const settled: Statement[] = []
    const rows: StoredEntry[] = []
    const extended = new Map(batch.extensions.map((extension) => [extension.origin, extension]))
    for (const { log, leaves, first, fresh, found } of lines) {
      const number = parts.logNumber(log.origin)
      for (let position = first; position < fresh; position++) {
        const result = found[position - first]
        if (result !== undefined) settled.push(settleVerdict({ log: number, position, ...result }))
      }
      extended.get(log.origin)?.entries.forEach((bytes, offset) => {
        const at = fresh + offset - first
        const leaf = leaves[at] ?? openLeaf(crypto, bytes)
        const { verdict, code } = found[at] ?? { verdict: 'waiting', code: null }
        rows.push({ log: number, position: fresh + offset, verdict, code, ...describeLeaf(leaf) })
      })
    }
    return [...settled, ...insertEntries(rows)]
  }

  function composeSubjects(session: Session): { statements: Statement[]; subjects: ChangedSubject[] } {
    const rows = session
      .changed()
      .map(({ channel, subject, acts }) =>
        composeSubjectRow(channel, subject, acts, registry.channel(channel).parties, ++changed),
      )
    const subjects = rows.map(({ channel, id, topic }) => ({ channel, subject: id, topic }))
    return { statements: putSubjects(rows), subjects }
  }

  return {
    position,
    addLog: (origin, taken) => positions.set(origin, taken),

    async judgeSubmissions(submissions) {
      const leaves = new Map(submissions.map((submission) => [submission, openLeaf(crypto, submission.entry)]))
      const byLog = new Map<KnownLog, Leaf[]>()
      for (const [{ origin }, leaf] of leaves) {
        const log = registry.logOf(origin)
        if (log !== undefined) byLog.set(log, [...(byLog.get(log) ?? []), leaf])
      }
      const session = createSession(crypto, registry, await loadStored(source, byLog, { extensions: [] }), true)
      const refused = new Map<Submission, string>()
      for (const [submission, leaf] of leaves) {
        const log = registry.logOf(submission.origin)
        const found = log === undefined ? { verdict: 'invalid', code: 'log.unknown' } : await session.read(log, leaf)
        if (found.verdict !== 'valid') refused.set(submission, found.code ?? `entry.${found.verdict}`)
      }
      return refused
    },

    async readBatch(batch) {
      const lines = await lineUpAll(batch)
      const stored = await loadStored(source, new Map(lines.map(({ log, leaves }) => [log, leaves])), batch)
      const session = createSession(crypto, registry, stored)
      await readLines(session, lines)
      const rows = composeRows(lines, batch)
      const { statements, subjects } = composeSubjects(session)
      const moved = new Map(lines.map(({ log }) => [log.origin, session.position(log.origin)]))
      return {
        statements: [...rows, ...statements],
        positions: moved,
        settle() {
          for (const [origin, taken] of moved) positions.set(origin, taken)
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
    for (const { log, leaves, found } of lines) {
      for (let leaf = leaves[found.length]; leaf !== undefined; leaf = leaves[found.length]) {
        const result = await session.read(log, leaf)
        if (result.verdict === 'waiting') break
        found.push(result)
        read += 1
      }
    }
  }
}

function describeLeaf({
  bytes,
  entry,
  digest,
  subject,
}: Leaf): Pick<StoredEntry, 'digest' | 'type' | 'subject' | 'at' | 'bodyCiphertext' | 'bytes'> {
  return {
    bytes,
    digest: digest === undefined ? null : Uint8Array.fromHex(digest),
    type: entry?.type ?? null,
    subject: subject ?? null,
    at: entry?.at ?? null,
    bodyCiphertext: entry?.body === undefined ? null : Uint8Array.fromHex(entry.body.ciphertext),
  }
}
