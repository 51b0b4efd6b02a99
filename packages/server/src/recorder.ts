// Makes batches of the core durable: the rows of the logs, what was read in them, receipts and keys, all in one transaction
// each; and reads on where a batch brought more than one pass reads. One at a time, because each reads what the one before
// it wrote. It decides nothing.

import { cosign, equalBytes, signCheckpoint } from '@parley/record'
import type { Checkpoint, Crypto } from '@parley/record'
import type { Batch, CoreState, Head, SignedHead, Submission, Work } from '@parley/record/core'
import { keepCosignatures } from './db/cosignatures.ts'
import type { Database } from './db/database.ts'
import { keepFork } from './db/forks.ts'
import { rememberHeads } from './db/heads.ts'
import { takeIdempotencyKeys } from './db/idempotency.ts'
import { freezeLog, putHead } from './db/logs.ts'
import type { Statement } from './db/statement.ts'
import type { Keyring } from './keys/keyring.ts'
import { composeCosignatureRow } from './log/cosignature-rows.ts'
import type { LogShelf } from './log/log-shelf.ts'
import type { Registry } from './log/registry.ts'
import type { BatchReading, ChangedSubject, Reading } from './reading/reading.ts'
import { createTurns } from './turns.ts'

export interface RecorderParts {
  readonly crypto: Crypto
  readonly clock: () => number
  readonly database: Database
  readonly keyring: Keyring
  readonly registry: Registry
  readonly state: CoreState
  readonly shelf: LogShelf
  readonly reading: Reading
  /** The name of our mirror key. */
  readonly mirrorName: string
  readonly changed: (subject: ChangedSubject) => void
  readonly grown: (origin: string) => void
  readonly alarm: (code: string, origin: string) => void
  /** A durable write failed: the process must end. */
  readonly fatal: (error: unknown) => void
}

export interface Recorder {
  /** Judges the submissions among the works: the refused ones with the code why. */
  prepare(works: readonly Work[]): Promise<ReadonlyMap<Work, string>>
  commit(batch: Batch): Promise<void>
  /** Signs a head of our own with the key that the record says is in force there. */
  sign(origin: string, head: Head): Promise<SignedHead>
  /** Has the entry of a submission remembered under this key, in the same durable write. */
  remember(submission: Submission, key: string): void
  /** Has these statements written in the transaction that records the submission, or not at all. */
  accompany(submission: Submission, statements: readonly Statement[]): void
  /** Reads what waited and can be read now; it need not be waited for. */
  readOn(): Promise<void>
  /** Freezes a log for good with the proof of its fork. No batch that grows it may be under way. */
  freeze(origin: string, proof: Uint8Array): Promise<void>
  /** Waits for what was begun, and writes what was to go along with a next write. */
  end(): Promise<void>
}

export function createRecorder(parts: RecorderParts): Recorder {
  const { clock, crypto, database, keyring, reading, registry, shelf, state } = parts
  const turns = createTurns()
  const keys = new WeakMap<Submission, string>()
  const companions = new WeakMap<Submission, readonly Statement[]>()
  const signed = new Map<string, number>()
  /** Rows that may wait for the next durable write: what they say can be computed again. */
  let later: Statement[] = []
  let ended = false
  let isMore = false
  let readingOn: Promise<void> | undefined
  let purging: Promise<void> = Promise.resolve()

  async function commit(batch: Batch): Promise<void> {
    const read = await reading.readBatch(batch)
    const seenAfter = (origin: string) => (read.positions.get(origin) ?? reading.position(origin)).seen
    const shelved = await shelf.composeBatch(batch, seenAfter, clock())
    const receipts = await Promise.all(batch.receipts.map((receipt) => cosignReceipt(receipt)))
    const statements = [...shelved.statements, ...composeResumed(read, batch), ...read.statements]
    await database.writer.commit([
      ...later.splice(0),
      ...statements,
      ...keepCosignatures(receipts),
      ...composeKeys(batch),
      ...listCompanions(batch),
    ])
    shelved.settle()
    for (const subject of read.settle()) parts.changed(subject)
    for (const { origin } of batch.extensions) parts.grown(origin)
    if (read.isErasing) purge()
    if (read.isCutShort) void readOn()
  }

  /** The erasure is done; that nothing of it is left in the files takes longer, and nobody need wait for it. */
  function purge(): void {
    purging = purging.then(() => database.purge()).catch(parts.fatal)
  }

  async function cosignReceipt({ origin, size, root, time }: Batch['receipts'][number]) {
    // The core gives receipts only over heads that were opened and that it has verified our copy against.
    const checkpoint = { origin, size, root } as Checkpoint
    const line = await cosign(crypto, keyring.signers.mirror, parts.mirrorName, checkpoint, time)
    return composeCosignatureRow(shelf.numberOf(origin), { size, root }, time, line)
  }

  /** Logs that were read further without growing: entries of theirs had waited. */
  function composeResumed({ positions }: BatchReading, batch: Pick<Batch, 'extensions'>): Statement[] {
    const grown = new Set(batch.extensions.map(({ origin }) => origin))
    return [...positions].flatMap(([origin, { judged, seen }]) => {
      const log = state.own.get(origin) ?? state.replicas.get(origin)
      if (grown.has(origin) || log === undefined || judged === reading.position(origin).judged) return []
      return shelf.restate(origin, log.frontier, log.root, seen)
    })
  }

  function composeKeys(batch: Batch): Statement[] {
    return takeIdempotencyKeys(
      batch.settles.flatMap(({ work, position }) => {
        const key = work.kind === 'submission' ? keys.get(work) : undefined
        return key === undefined ? [] : [{ key, log: shelf.numberOf(work.origin), position, created: clock() }]
      }),
    )
  }

  function listCompanions({ settles }: Batch): Statement[] {
    return settles.flatMap(({ work }) => (work.kind === 'submission' ? (companions.get(work) ?? []) : []))
  }

  async function readPass(): Promise<boolean> {
    if (ended) return false
    const read = await reading.readBatch({ extensions: [] })
    if (read.statements.length > 0) await database.writer.commit([...composeResumed(read, noBatch), ...read.statements])
    for (const subject of read.settle()) parts.changed(subject)
    return read.isCutShort
  }

  async function readOn(): Promise<void> {
    isMore = true
    // A pass may have lined up its leaves before what was asked for came; then there is another one.
    readingOn ??= readAll().finally(() => {
      readingOn = undefined
    })
    return readingOn
  }

  async function readAll(): Promise<void> {
    try {
      while (isMore) {
        isMore = false
        // Each pass takes its turn, so that whatever was to be recorded meanwhile comes between two of them.
        if (await turns.take(readPass)) isMore = true
      }
    } catch (error) {
      if (!ended) parts.fatal(error)
    }
  }

  return {
    readOn,
    prepare: (works) =>
      turns.take(() =>
        reading.judgeSubmissions(works.filter((work): work is Submission => work.kind === 'submission')),
      ),
    commit: (batch) => turns.take(() => commit(batch)),
    remember: (submission, key) => keys.set(submission, key),
    accompany: (submission, statements) => companions.set(submission, statements),
    async sign(origin, { root, size }) {
      const key = registry.logKey(origin, size).publicKey
      const signer = [keyring.signers.log, keyring.signers['next-log']].find((held) => equalBytes(held.publicKey, key))
      if (signer === undefined) {
        // Nobody would believe the head. The log is recorded and stays unpublished until the record names a key of ours.
        parts.alarm('log.no-key', origin)
        return new Promise(() => undefined)
      }
      const head = { size, root, note: await signCheckpoint(crypto, signer, { origin, size, root }) }
      const log = shelf.numberOf(origin)
      const stored = Math.max(signed.get(origin) ?? 0, shelf.headSize(origin))
      later.push(...rememberHeads([{ log, ...head, found: clock() }]))
      if (size >= stored) later.push(putHead(log, head))
      signed.set(origin, size)
      return head
    },
    freeze: (origin, proof) =>
      turns.take(async () => {
        const log = shelf.numberOf(origin)
        await database.writer.commit([
          keepFork({ log, digest: crypto.sha256(proof), proof, found: clock() }),
          freezeLog(log, proof),
        ])
        shelf.noteFrozen(origin, proof)
      }),
    async end() {
      ended = true
      await turns.take(() => database.writer.commit(later.splice(0))).catch(() => undefined)
      await purging
    },
  }
}

const noBatch = { extensions: [] }
