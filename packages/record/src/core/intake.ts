// From waiting works to one durable write: which entries extend which log, which bodies come along, which heads get a
// receipt. One write at a time, so that a crash leaves the whole of it or nothing.

import { equalBytes } from '../bytes.ts'
import type { Crypto } from '../crypto.ts'
import { RecordError } from '../error.ts'
import type { Frontier } from '../frontier.ts'
import { leafHash } from '../merkle.ts'
import { verifyConsistency } from '../proof.ts'
import type { Effect, RefusalCode } from './event.ts'
import { batchWorksMax, cosignatureRefreshSeconds } from './limits.ts'
import type {
  Arrival,
  Batch,
  BodyArrival,
  CoreState,
  Extension,
  HeldBody,
  MissingBody,
  OwnLog,
  Receipt,
  Replica,
  SealedBody,
  SignedHead,
  Submission,
  Work,
} from './state.ts'
import { peerOf } from './state.ts'

/** Reads which sealed body an entry commits to (hex digest), or undefined: for none, and for bytes that are no entry. */
export type BodyOf = (entry: Uint8Array) => string | undefined

/** Begins the next durable write when none is under way and something waits. */
export function takeNext(state: CoreState): Effect[] {
  if (state.preparing !== undefined || state.committing !== undefined || state.intake.length === 0) return []
  const works = state.intake.slice(0, batchWorksMax)
  state.intake = state.intake.slice(batchWorksMax)
  state.preparing = works
  return [{ kind: 'prepare', works }]
}

/** A batch while it is put together. */
interface Draft {
  readonly extensions: Map<string, Extension>
  readonly bodies: Map<string, HeldBody>
  readonly missing: MissingBody[]
  readonly heads: Map<string, SignedHead>
  readonly settles: { work: Work; position: number }[]
  readonly refusals: { work: Work; code: RefusalCode }[]
  readonly effects: Effect[]
}

/**
 * Puts together the durable write out of the prepared works. `refused` are the submissions that the driver's judgement
 * found no place for.
 */
export function composeBatch(
  crypto: Crypto,
  bodyOf: BodyOf,
  state: CoreState,
  refused: ReadonlyMap<Work, string>,
  at: number,
): Effect[] {
  const works = state.preparing ?? []
  state.preparing = undefined
  const draft: Draft = {
    extensions: new Map(),
    bodies: new Map(),
    missing: [],
    heads: new Map(),
    settles: [],
    refusals: [],
    effects: [],
  }
  for (const work of works) {
    release(state, work)
    const code = refused.get(work) ?? compose(crypto, bodyOf, state, draft, work)
    if (code !== undefined) draft.refusals.push({ work, code })
  }
  // Roots of our own logs are read once, after the last submission of the batch.
  for (const extension of draft.extensions.values()) extension.root = extension.frontier.root()
  const receipts = composeReceipts(state, draft, at)
  const cosignedUntil = receipts.reduce((time, receipt) => Math.max(time, receipt.time), state.cosignedUntil)
  const batch: Batch = {
    extensions: [...draft.extensions.values()],
    bodies: [...draft.bodies.values()],
    missing: draft.missing.filter(({ digest }) => !draft.bodies.has(digest)),
    receipts,
    cosignedUntil,
    settles: draft.settles,
    refusals: draft.refusals,
  }
  if (batch.extensions.length + batch.bodies.length + batch.receipts.length === 0) {
    return [...draft.effects, ...settle(state, batch), ...takeNext(state)]
  }
  state.committing = batch
  return [...draft.effects, { kind: 'commit', batch }]
}

/** The batch is durable: the state follows it. */
export function applyCommitted(state: CoreState): Effect[] {
  const batch = state.committing
  if (batch === undefined) return []
  state.committing = undefined
  for (const { origin, frontier, root, head } of batch.extensions) {
    const log = state.own.get(origin) ?? state.replicas.get(origin)
    if (log === undefined) continue
    log.frontier = frontier
    log.root = root
    const replica = state.replicas.get(origin)
    if (replica !== undefined && head !== undefined) replica.head = newer(replica.head, head)
  }
  for (const { digest, origin, position } of batch.missing) logOf(state, origin)?.missing.set(digest, position)
  for (const { digest } of batch.bodies) {
    for (const log of [...state.own.values(), ...state.replicas.values()]) log.missing.delete(digest)
  }
  for (const { origin, size, root, note, time } of batch.receipts) {
    const replica = state.replicas.get(origin)
    if (replica === undefined) continue
    replica.cosigned = { size, root, time }
    replica.head = newer(replica.head, { size, root, note })
  }
  state.cosignedUntil = batch.cosignedUntil
  return settle(state, batch)
}

function logOf(state: CoreState, origin: string): OwnLog | Replica | undefined {
  return state.replicas.get(origin) ?? state.own.get(origin)
}

function newer(held: SignedHead | undefined, head: SignedHead): SignedHead {
  return held === undefined || head.size >= held.size ? head : held
}

function settle(state: CoreState, batch: Batch): Effect[] {
  const settled = batch.settles.map(({ work, position }): Effect => {
    const size = state.replicas.get(work.origin)?.frontier.size ?? state.own.get(work.origin)?.frontier.size ?? 0
    return { kind: 'settled', work, position: work.kind === 'submission' ? position : size }
  })
  return [...settled, ...batch.refusals.map(({ work, code }): Effect => ({ kind: 'refused', work, code }))]
}

function release(state: CoreState, work: Work): void {
  if (work.kind === 'submission') state.submissionsWaiting -= 1
  else peerOf(state, work.party).waiting -= 1
}

function compose(crypto: Crypto, bodyOf: BodyOf, state: CoreState, draft: Draft, work: Work): RefusalCode | undefined {
  switch (work.kind) {
    case 'submission':
      return composeSubmission(crypto, state, draft, work)
    case 'arrival':
      return composeArrival(crypto, bodyOf, state, draft, work)
    case 'bodies':
      return composeBodies(state, draft, work)
  }
}

/** The extension of that log in this batch, begun at the log's committed size. */
function extensionOf(draft: Draft, origin: string, log: { frontier: Frontier; root: Uint8Array }): Extension {
  let extension = draft.extensions.get(origin)
  if (extension === undefined) {
    extension = {
      origin,
      first: log.frontier.size,
      entries: [],
      leafHashes: [],
      frontier: log.frontier.copy(),
      root: log.root,
      head: undefined,
    }
  }
  return extension
}

function composeSubmission(crypto: Crypto, state: CoreState, draft: Draft, work: Submission): RefusalCode | undefined {
  const own = state.own.get(work.origin)
  if (own === undefined) return 'log.unknown'
  if (own.phase !== 'open') return 'node.read-only'
  const extension = extensionOf(draft, work.origin, own)
  const leaf = leafHash(crypto, work.entry)
  const position = extension.frontier.size
  extension.entries.push(work.entry)
  extension.leafHashes.push(leaf)
  extension.frontier.append(leaf)
  draft.extensions.set(work.origin, extension)
  for (const body of work.bodies) draft.bodies.set(body.digest, { ...body, origin: work.origin, position })
  draft.settles.push({ work, position })
  return undefined
}

function composeArrival(
  crypto: Crypto,
  bodyOf: BodyOf,
  state: CoreState,
  draft: Draft,
  work: Arrival,
): RefusalCode | undefined {
  const own = state.own.get(work.origin)
  const replica = state.replicas.get(work.origin)
  const log = replica ?? own
  if (log === undefined) return 'log.unknown'
  if (replica?.frozen === true) return 'delivery.frozen'
  if (own !== undefined && own.phase !== 'recovering') return 'log.unknown'
  const extension = extensionOf(draft, work.origin, log)
  const size = extension.frontier.size
  if (work.start > size) return 'delivery.gap'
  const entries = work.entries.slice(size - work.start)
  if (entries.length === 0) return composeKnown(state, draft, work, size, extension.root)

  const end = work.start + work.entries.length
  const leafHashes = entries.map((entry) => leafHash(crypto, entry))
  const frontier = extension.frontier.copy()
  let rootAtLock: Uint8Array | undefined
  for (const leaf of leafHashes) {
    frontier.append(leaf)
    if (frontier.size === own?.locked.size) rootAtLock = frontier.root()
  }
  const root = frontier.root()
  try {
    const { size: headSize, root: headRoot } = work.head
    verifyConsistency(crypto, { oldSize: end, oldRoot: root, size: headSize, root: headRoot }, work.proof)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    // Either the sender garbled what it holds, or the author signed two histories. Only a proof tells them apart.
    draft.effects.push(...suspectFork(state, work.party, work.origin, work.head))
    return 'delivery.root'
  }
  // The entries are under our own signature, and the lock names others: we have signed two histories.
  if (own !== undefined && rootAtLock !== undefined && !equalBytes(rootAtLock, own.locked.root)) {
    own.phase = 'forked'
    draft.effects.push({ kind: 'alarm', code: 'log.lock-contradicts', origin: own.origin })
    return 'delivery.fork'
  }
  const provided = new Map(work.bodies.map((body) => [body.digest, body]))
  entries.forEach((entry, offset) => {
    const digest = bodyOf(entry)
    if (digest === undefined) return
    const body = provided.get(digest)
    if (body === undefined) draft.missing.push({ digest, origin: work.origin, position: size + offset })
    else draft.bodies.set(digest, { ...body, origin: work.origin, position: size + offset })
  })
  extension.entries.push(...entries)
  extension.leafHashes.push(...leafHashes)
  extension.frontier = frontier
  extension.root = root
  if (replica !== undefined) {
    extension.head = work.head
    draft.heads.set(work.origin, work.head)
  }
  draft.extensions.set(work.origin, extension)
  draft.settles.push({ work, position: end })
  return undefined
}

/** Nothing new in it: a heartbeat, a repetition, or a head that we hold already under another signature line. */
function composeKnown(
  state: CoreState,
  draft: Draft,
  work: Arrival,
  size: number,
  root: Uint8Array,
): RefusalCode | undefined {
  if (work.head.size === size) {
    if (!equalBytes(work.head.root, root)) {
      draft.effects.push(...suspectFork(state, work.party, work.origin, work.head))
      return 'delivery.fork'
    }
    if (state.replicas.has(work.origin)) draft.heads.set(work.origin, work.head)
  } else if (work.head.size < size && work.ours === undefined) {
    // The copy has grown past this head since it was opened, so nobody has compared the two yet.
    draft.effects.push(...suspectFork(state, work.party, work.origin, work.head))
  }
  keepMissing(state, draft, work.origin, work.bodies)
  draft.settles.push({ work, position: size })
  return undefined
}

function composeBodies(state: CoreState, draft: Draft, work: BodyArrival): RefusalCode | undefined {
  if (logOf(state, work.origin) === undefined) return 'log.unknown'
  keepMissing(state, draft, work.origin, work.bodies)
  const head = state.replicas.get(work.origin)?.head
  // A head that came in the same batch is newer than the one that was held before.
  if (head !== undefined && !draft.heads.has(work.origin)) draft.heads.set(work.origin, head)
  draft.settles.push({ work, position: 0 })
  return undefined
}

/** Only bodies that an entry of this log commits to are kept: nobody can store anything here unasked. */
function keepMissing(state: CoreState, draft: Draft, origin: string, bodies: readonly SealedBody[]): void {
  const log = logOf(state, origin)
  for (const body of bodies) {
    const position = log?.missing.get(body.digest)
    if (position !== undefined) draft.bodies.set(body.digest, { ...body, origin, position })
  }
}

/**
 * Asks for the proof that two heads contradict each other, once at a time for each peer and log. The suspicion often comes
 * with the very entries that are being fetched; then it waits until that is over (see `pursueSuspicion`).
 */
export function suspectFork(state: CoreState, party: string, origin: string, theirs: SignedHead): Effect[] {
  const { fetching, suspected } = peerOf(state, party)
  if (fetching.has(origin)) {
    suspected.set(origin, theirs)
    return []
  }
  fetching.add(origin)
  return [{ kind: 'prove-fork', party, origin, theirs }]
}

/** What was fetched of a log has come to an end: a suspicion that waited is looked into now. */
export function pursueSuspicion(state: CoreState, party: string, origin: string): Effect[] {
  const { fetching, suspected } = peerOf(state, party)
  fetching.delete(origin)
  const theirs = suspected.get(origin)
  suspected.delete(origin)
  if (theirs === undefined || state.replicas.get(origin)?.frozen === true) return []
  return suspectFork(state, party, origin, theirs)
}

/**
 * A receipt for every replica that is whole up to its head, bodies and all. The same head gets the same receipt again,
 * until it is old enough to be worth renewing: a renewed time is the heartbeat.
 */
function composeReceipts(state: CoreState, draft: Draft, at: number): Receipt[] {
  const receipts: Receipt[] = []
  // Never before an earlier one, and never 0, which no cosignature may bear.
  const time = Math.max(1, state.cosignedUntil, Math.floor(at / 1000))
  for (const [origin, head] of draft.heads) {
    const replica = state.replicas.get(origin)
    if (replica === undefined || replica.frozen) continue
    const size = draft.extensions.get(origin)?.frontier.size ?? replica.frontier.size
    if (head.size !== size || !isWhole(replica, draft)) continue
    const { cosigned } = replica
    const fresh = cosigned?.size === head.size && time < cosigned.time + cosignatureRefreshSeconds
    if (!fresh) receipts.push({ origin, size: head.size, root: head.root, note: head.note, time })
  }
  return receipts
}

function isWhole(replica: Replica, draft: Draft): boolean {
  for (const digest of replica.missing.keys()) if (!draft.bodies.has(digest)) return false
  return draft.missing.every(({ origin, digest }) => origin !== replica.origin || draft.bodies.has(digest))
}
