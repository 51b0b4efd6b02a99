// Verifies a case bundle from nothing but its genesis: the key histories, that each entry stands in its author's log, who
// approved it, and who else has signed that it is there. What the entries mean, and whether others are missing, it does not
// know (docs/spec/case-bundle.md, section 4).

import { verifyApprovals } from './approval.ts'
import type { ApprovedBy, Demand } from './approval.ts'
import { equalBytes, formatBase64, parseBase64 } from './bytes.ts'
import { openCard } from './card.ts'
import { parseCaseBundle } from './case-bundle.ts'
import type { CaseBundle } from './case-bundle.ts'
import { openCheckpoint, parseCheckpointText } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Crypto } from './crypto.ts'
import type { Delivery } from './delivery.ts'
import { parseEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import { RecordError } from './error.ts'
import { Frontier } from './frontier.ts'
import { checkCard, listSeenOrigins } from './genesis.ts'
import type { Genesis } from './genesis.ts'
import { judgeGovernance } from './governance-verdict.ts'
import { logKeyAt, officialsAt, relyingPartyAt } from './governance.ts'
import type { GovernanceState } from './governance.ts'
import { MemoryTree } from './memory-tree.ts'
import { parseNote } from './note.ts'
import { channelOrigin, governanceOrigin } from './origins.ts'
import { openProvenEntry } from './proven-entry.ts'
import type { OpenedEntry, ProvenEntry } from './proven-entry.ts'
import { verifyDelivery } from './replica.ts'
import { mergeSeen, seenSize } from './seen.ts'
import type { Seen } from './seen.ts'
import { parseTlogProof } from './tlog-proof.ts'
import { createVerifierKey } from './verifier-key.ts'
import type { VerifierKey } from './verifier-key.ts'

export interface CaseQuestion {
  /** What a type demands; undefined for a type that is not known. */
  readonly demands: (type: string) => Demand | undefined
  /** The genesis that the person who verifies has from elsewhere. */
  readonly genesis?: Uint8Array
}

/** One entry of the case, verified. */
export interface CaseEntry extends OpenedEntry {
  readonly origin: string
  /** None for a type that is not known: what it demands is not known either. */
  readonly approvedBy: readonly ApprovedBy[]
  /** What the author had seen, as far as this entry and the earlier ones of its log in the bundle say. */
  readonly seen: readonly Seen[]
}

export interface OpenedCase {
  readonly bundle: CaseBundle
  /** By log, then by index. */
  readonly entries: readonly CaseEntry[]
  readonly governances: ReadonlyMap<string, GovernanceState>
}

/** A governance log as the bundle carries it. */
interface History {
  readonly state: GovernanceState
  readonly tree: MemoryTree
}

/**
 * Opens a case bundle: everything in it is as it must be, or it throws.
 *
 * @throws RecordError `case.*` for the form; `genesis.digest` for another genesis than the one at hand; `genesis.party`, and
 * as `openCard`, `openCheckpoint` and `verifyDelivery` for a key history; as `openProvenEntry` and `verifyApprovals` for an
 * entry; `entry.from` for one by a party without a key history; `seen.*` for what an entry says that it had seen.
 */
export async function openCase(crypto: Crypto, bytes: Uint8Array, question: CaseQuestion): Promise<OpenedCase> {
  const bundle = parseCaseBundle(crypto, bytes)
  const { genesis } = bundle
  if (question.genesis !== undefined && !equalBytes(question.genesis, genesis.bytes)) {
    throw new RecordError('genesis.party', 'the bundle has another genesis than the one at hand')
  }
  const histories = await readHistories(crypto, bundle)
  const cosigners = [...histories.values()].flatMap(({ state }) => listCosigners(crypto, state))
  const entries: CaseEntry[] = []
  const proven = bundle.entries
    .map((one) => ({ ...one, parsed: parseEntry(one.entry), index: parseTlogProof(one.proof).index }))
    .toSorted((one, other) => compare(one.parsed.from, other.parsed.from) || one.index - other.index)
  for (const one of proven) {
    const before = entries.at(-1)
    const seenBefore = before?.entry.from === one.parsed.from ? before.seen : []
    entries.push(await openEntry(crypto, question, genesis.value, histories, cosigners, one, seenBefore))
  }
  checkHeads(entries)
  return {
    bundle,
    entries,
    governances: new Map([...histories].map(([party, { state }]) => [party, state])),
  }
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

async function readHistories(crypto: Crypto, { genesis, governance }: CaseBundle): Promise<Map<string, History>> {
  const histories = new Map<string, History>()
  const byOrigin = Map.groupBy(governance, ({ delivery }) => delivery.origin)
  for (const { party, prefix } of genesis.value.parties) {
    const frames = byOrigin.get(governanceOrigin(prefix))
    if (frames === undefined) continue
    const deliveries = frames.map(({ delivery }) => delivery)
    histories.set(party, await readHistory(crypto, genesis.value, deliveries))
  }
  return histories
}

async function readHistory(crypto: Crypto, genesis: Genesis, deliveries: readonly Delivery[]): Promise<History> {
  const { origin } = deliveries[0]!
  const [founding, ...later] = deliveries.flatMap(({ entries }) => entries)
  const card = await openCard(crypto, founding!)
  checkCard(genesis, card)
  if (governanceOrigin(card.prefix) !== origin) throw new RecordError('genesis.party', 'the card is of another log')
  let state = card.governance
  const digests = new Set([state.founded])
  for (const bytes of later) {
    const verdict = await judgeGovernance({ crypto, bytes, state, replay: (digest) => digests.has(digest) })
    state = verdict.state
    if (verdict.kind !== 'invalid') digests.add(verdict.digest)
  }
  const tree = new MemoryTree(crypto)
  let frontier = Frontier.empty(crypto)
  for (const delivery of deliveries) {
    const head = await openHead(crypto, state, origin, delivery.head)
    const verified = verifyDelivery(crypto, { origin, frontier }, delivery, head)
    for (const accepted of verified.accepted) tree.append(accepted.leafHash)
    frontier = verified.frontier
  }
  return { state, tree }
}

function openHead(crypto: Crypto, state: GovernanceState, origin: string, note: Uint8Array): Promise<Checkpoint> {
  return openCheckpoint(crypto, note, { origin, keys: [logKeyOf(crypto, state, origin, note)] })
}

/** The key that signed for the log at the size that the note claims. */
function logKeyOf(crypto: Crypto, state: GovernanceState, origin: string, note: Uint8Array): VerifierKey {
  const { size } = parseCheckpointText(parseNote(note).text)
  return createVerifierKey(crypto, 'ed25519', origin, logKeyAt(state, origin, size))
}

/** Every key with which a party ever cosigned: an old cosignature is by an old key. */
function listCosigners(crypto: Crypto, { keys, prefix }: GovernanceState): VerifierKey[] {
  return keys
    .filter(({ role }) => role === 'mirror' || role === 'witness')
    .map(({ key, role }) => createVerifierKey(crypto, 'cosignature/v1', `${prefix}/${role}`, parseBase64(key)))
}

async function openEntry(
  crypto: Crypto,
  { demands }: CaseQuestion,
  genesis: Genesis,
  histories: ReadonlyMap<string, History>,
  cosigners: readonly VerifierKey[],
  { parsed, ...proven }: ProvenEntry & { readonly parsed: Entry },
  seenBefore: readonly Seen[],
): Promise<CaseEntry> {
  const history = histories.get(parsed.from)
  if (history === undefined) throw new RecordError('entry.from', 'an entry is by a party without a key history')
  const { state } = history
  const origin = channelOrigin(state.prefix, genesis.channel)
  const { note } = parseTlogProof(proven.proof)
  const log = { origin, keys: [logKeyOf(crypto, state, origin, note)] }
  const opened = await openProvenEntry(crypto, proven, log, cosigners)
  verifySeen(genesis, histories, parsed)
  const seen = mergeSeen(seenBefore, parsed.seen)
  const demand = demands(parsed.type)
  const approvedBy = demand === undefined ? [] : await openApprovals(crypto, parsed, opened.digest, demand, state, seen)
  return { ...opened, origin, approvedBy, seen }
}

/** What was seen of key histories is checked; of the logs of the channel there is nothing here to check it against. */
function verifySeen(genesis: Genesis, histories: ReadonlyMap<string, History>, { from, seen }: Entry): void {
  const origins = listSeenOrigins(genesis, from)
  for (const { origin, root, size } of seen) {
    if (!origins.has(origin)) throw new RecordError('seen.origin', 'an entry saw a log that is not of the channel')
    const history = [...histories.values()].find(({ state }) => governanceOrigin(state.prefix) === origin)
    if (history === undefined) continue
    if (size > history.tree.size)
      throw new RecordError('seen.missing', 'an entry saw more of a key history than is here')
    if (formatBase64(history.tree.root(size)) !== root) {
      throw new RecordError('seen.root', 'an entry saw a key history that is not the one here')
    }
  }
}

/**
 * The officials are those in force at the governance head that the author had seen. In a channel of many parties an entry
 * may leave that to an earlier one, which need not be of the case: then the approvals must stand at one size of the history.
 */
async function openApprovals(
  crypto: Crypto,
  entry: Entry,
  digest: string,
  demand: Demand,
  state: GovernanceState,
  seen: readonly Seen[],
): Promise<readonly ApprovedBy[]> {
  const named = seenSize(seen, governanceOrigin(state.prefix))
  const sizes = named > 0 ? [named] : Array.from({ length: state.size }, (_, i) => state.size - i)
  let refusal: unknown
  for (const size of sizes) {
    try {
      return await verifyApprovals(crypto, entry, demand, officialsAt(state, size), relyingPartyAt(state, size), digest)
    } catch (error) {
      refusal ??= error
    }
  }
  throw refusal
}

/** Two proofs of one log at one size stand under one root: a log that shows two histories proves nothing. */
function checkHeads(entries: readonly CaseEntry[]): void {
  const roots = new Map<string, Uint8Array>()
  for (const { checkpoint, origin } of entries) {
    const key = `${origin} ${checkpoint.size}`
    const known = roots.get(key)
    if (known !== undefined && !equalBytes(known, checkpoint.root)) {
      throw new RecordError('delivery.root', 'two heads of one log contradict each other')
    }
    roots.set(key, checkpoint.root)
  }
}
