// One pass over entries that are about to become durable: which verdict each gets and which subjects change. It holds
// what the pass has changed so far over what is stored, so that the second entry of a batch sees the first; it can be
// dropped without a trace. The record says who may have written an entry, the mechanism what it means; both are pure.

import {
  channelOrigin,
  governanceChannel,
  judgeGovernance,
  judgeRecord,
  listSeenOrigins,
  seenSize,
  seenTime,
} from '@parley/record'
import type { GovernanceState, Seen } from '@parley/record'
import { carriedReceipt, demandsOf, findType, judge, readAct } from '@parley/mechanism'
import type { Act, Pack } from '@parley/mechanism'
import type { KnownChannel, KnownLog, Registry } from '../log/registry.ts'
import type { Leaf } from './leaf.ts'

/** How far a log has been read: entries below `judged` have their verdicts, and these heads had been seen by then. */
export interface ReadingPosition {
  readonly judged: number
  readonly seen: readonly Seen[]
}

/** What a pass reads of what is stored, all of it loaded beforehand. */
export interface Stored {
  position(origin: string): ReadingPosition
  /** The valid acts of a subject. */
  acts(channel: string, subject: string): readonly Act[]
  /** Where the log holds an entry with this digest first, if it does. */
  firstPosition(origin: string, digest: string): number | undefined
  /** The verified root of a log at a size, stored or about to be. */
  rootAt(origin: string, size: number): Uint8Array | 'unknown'
  pack(channel: string, digest: string): Pack | undefined
}

/** What an entry was found to be. */
export interface Found {
  readonly verdict: 'valid' | 'invalid' | 'unknown' | 'waiting'
  /** Why it is not valid, or what it waits for. */
  readonly code: string | null
  /** For one that waits, what must be read first, as far as it can be said. */
  readonly awaits?: Awaited
}

/** A log that must be read to this size, or a pack that is not at hand. */
export type Awaited = { readonly origin: string; readonly size: number } | 'pack'

export interface ChangedActs {
  readonly channel: string
  readonly subject: string
  readonly acts: readonly Act[]
  /** The acts of the channel's agreement. */
  readonly agreement: readonly Act[]
}

export interface Session {
  /** Judges the entry at the log's reading position; `waiting` leaves the position where it is. */
  read(log: KnownLog, leaf: Leaf): Promise<Found>
  position(origin: string): ReadingPosition
  /** The governance states that the pass has moved on. */
  governances(): readonly GovernanceState[]
  /** The subjects that the pass has changed, with all their valid acts. */
  changed(): readonly ChangedActs[]
}

/**
 * A pass over what is stored. `own` says that the entries are submissions, of which only the valid ones will be in the log:
 * the others leave no trace in the pass.
 */
export function createSession(registry: Registry, stored: Stored, own = false): Session {
  const positions = new Map<string, ReadingPosition>()
  const governances = new Map<string, GovernanceState>()
  const places = new Map<KnownLog, Place>()
  /** Digests by log, and acts by channel and subject. */
  const digests = new Map<string, Set<string>>()
  const subjects = new Map<string, Map<string, Act[]>>()

  const position = (origin: string): ReadingPosition => positions.get(origin) ?? stored.position(origin)
  const governance = (party: string): GovernanceState => governances.get(party) ?? registry.governance(party)
  const acts = (channel: string, subject: string): readonly Act[] =>
    subjects.get(channel)?.get(subject) ?? stored.acts(channel, subject)
  const replayed = (origin: string) => (digest: string) => {
    // An entry that waited is in its log already, at the very position it is judged at.
    const first = stored.firstPosition(origin, digest)
    return digests.get(origin)?.has(digest) === true || (first !== undefined && first < position(origin).judged)
  }

  function keep(act: Act, channel: string): void {
    const of = subjects.get(channel) ?? new Map<string, Act[]>()
    subjects.set(channel, of)
    const known = of.get(act.subject)
    if (known === undefined) of.set(act.subject, [...stored.acts(channel, act.subject), act])
    else known.push(act)
  }

  function move({ origin }: KnownLog, { parsed }: Leaf, to: ReadingPosition): void {
    positions.set(origin, to)
    if (parsed === undefined) return
    const of = digests.get(origin) ?? new Set()
    digests.set(origin, of.add(parsed.digest))
  }

  function placeOf(log: KnownLog): Place {
    const place = places.get(log) ?? findPlace(registry.channel(log.channel), log.party)
    places.set(log, place)
    return place
  }

  async function readGovernance(log: KnownLog, leaf: Leaf): Promise<Found> {
    const index = position(log.origin).judged
    const state = governance(log.party)
    const step = (found: Found): Found => {
      if (own && found.verdict !== 'valid') return found
      move(log, leaf, { judged: index + 1, seen: [] })
      return found
    }
    // The genesis, or the card that a person handed in, pins the founding entry; leaf 0 must be that very entry.
    if (index === 0 && leaf.parsed?.digest === state.founded) return step({ verdict: 'valid', code: null })
    if (index === 0) return step({ verdict: 'invalid', code: 'governance.order' })
    const { bytes, crypto } = leaf
    const verdict = await judgeGovernance({ crypto, bytes, state, replay: replayed(log.origin) })
    if (!own || verdict.kind === 'valid') governances.set(log.party, verdict.state)
    return step({ verdict: verdict.kind, code: verdict.kind === 'invalid' ? verdict.code : null })
  }

  async function readChannel(log: KnownLog, leaf: Leaf): Promise<Found> {
    const { judged: index, seen: seenBefore } = position(log.origin)
    const { channel, others, seenOrigins } = placeOf(log)
    const verdict = await judgeRecord({
      crypto: leaf.crypto,
      bytes: leaf.bytes,
      ...(leaf.parsed === undefined ? {} : { parsed: leaf.parsed }),
      log: { channel: log.channel, party: log.party },
      index,
      seenBefore,
      seenOrigins,
      replay: replayed(log.origin),
      // What was seen must be judged here and not only be here: a verdict follows from the verdicts before it.
      seenRoots: (origin, size) => (size > position(origin).judged ? 'unknown' : stored.rootAt(origin, size)),
      governance: governance(log.party),
      demands: (type) => (findType(type) === undefined ? undefined : demandsOf(type)),
      receiptOf: carriedReceipt,
      otherGovernance: (party) => (others.some((other) => other.party === party) ? governance(party) : undefined),
    })
    if (verdict.kind === 'waiting') return { verdict: 'waiting', code: null, awaits: verdict.for }
    const settle = (found: Found['verdict'], code: string | null): Found => {
      if (own && found !== 'valid') return { verdict: found, code }
      move(log, leaf, { judged: index + 1, seen: verdict.seen })
      return { verdict: found, code }
    }
    if (verdict.kind === 'invalid') return settle('invalid', verdict.code)
    if (verdict.kind === 'unknown') return settle('unknown', null)
    const reading = readAct(verdict.entry, {
      index,
      digest: verdict.digest,
      seen: Object.fromEntries(others.map(({ origin, party }) => [party, seenSize(verdict.seen, origin)])),
      seenTimes: Object.fromEntries(others.map(({ origin, party }) => [party, seenTime(verdict.seen, origin)])),
    })
    if (reading.kind !== 'act') return settle(reading.kind, reading.kind === 'invalid' ? reading.code : null)
    const { act } = reading
    const meaning = judge(act, {
      parties: channel.parties,
      subject: acts(log.channel, act.subject),
      agreement: acts(log.channel, 'agreement'),
      pack: (digest) => stored.pack(log.channel, digest),
    })
    // What is not here yet may come; the position stays, and so does everything behind it.
    if (meaning.kind === 'waiting') {
      const { code } = meaning
      return code === 'pack.missing' ? { verdict: 'waiting', code, awaits: 'pack' } : { verdict: 'waiting', code }
    }
    if (meaning.kind === 'valid') keep(act, log.channel)
    return settle(meaning.kind, meaning.kind === 'invalid' ? meaning.code : null)
  }

  return {
    read: (log, leaf) => (log.channel === governanceChannel ? readGovernance(log, leaf) : readChannel(log, leaf)),
    position,
    governances: () => [...governances.values()],
    changed: () =>
      [...subjects].flatMap(([channel, of]) =>
        [...of].map(([subject, changed]) => ({
          channel,
          subject,
          acts: changed,
          agreement: acts(channel, 'agreement'),
        })),
      ),
  }
}

/** What is the same for every entry of one log. */
interface Place {
  readonly channel: KnownChannel
  /** The channel logs of the other parties: what the mechanism reads of what was seen. */
  readonly others: readonly { readonly party: string; readonly origin: string }[]
  readonly seenOrigins: ReadonlySet<string>
}

function findPlace(channel: KnownChannel, author: string): Place {
  const { genesis } = channel
  const others = genesis.parties.filter(({ party }) => party !== author)
  return {
    channel,
    others: others.map(({ party, prefix }) => ({ party, origin: channelOrigin(prefix, channel.channel) })),
    seenOrigins: listSeenOrigins(genesis, author),
  }
}
