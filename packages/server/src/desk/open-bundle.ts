// Verifies a bundle against what is held here, and changes nothing: who may read it, the genesis and the cards, and each
// log's frames as if a peer had handed them over. A log that does not verify is refused by itself; the others are not.

import {
  checkCard,
  equalBytes,
  leafHash,
  MemoryTree,
  openCard,
  parseBundle,
  parseNote,
  proveConsistency,
} from '@parley/record'
import { RecordError, verifyDelivery } from '@parley/record'
import type { Bundle, Checkpoint, Cosignature, Frontier } from '@parley/record'
import type { Arrival, HeldHead } from '@parley/record/core'
import { openDelivery, openHead, proveFork, readOurs } from '@parley/record/exchange'
import type { ConsistencyAnswer } from '@parley/record/exchange'
import { ServerError } from '../error.ts'
import { readHeldHead } from '../log/head-notes.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import { createBundleKeys } from './bundle-keys.ts'
import type { BundleKeys } from './bundle-keys.ts'

type Frame = Bundle['deliveries'][number]

export interface RefusedLog {
  readonly origin: string
  /** The first entry of the frame that was refused. */
  readonly position: number
  readonly code: string
  /** The proof that the author signed two histories, when this is one. */
  readonly fork?: Uint8Array
}

/** What a bundle proved. Nothing of it is stored. */
export interface OpenedBundle {
  readonly bundle: Bundle
  /** By log, governance logs first; each log's arrivals in order. */
  readonly arrivals: readonly { readonly log: KnownLog; readonly arrivals: readonly Arrival[] }[]
  /** Sealed bodies by their digest, from frames and beside them. */
  readonly bodies: ReadonlyMap<string, Uint8Array>
  readonly cosignatures: readonly Cosignature[]
  /** The heads that it shows of our own logs, under our own signature. */
  readonly ownHeads: readonly HeldHead[]
  readonly refused: readonly RefusedLog[]
}

/**
 * Opens a bundle.
 *
 * @throws ServerError `bundle.refused` with the record's code as its detail, `bundle.recipient`, `channel.unknown`.
 */
export async function openBundle(node: ParleyNode, bytes: Uint8Array): Promise<OpenedBundle> {
  const bundle = parse(node, bytes)
  await checkParties(node, bundle)
  const keys = createBundleKeys(node.crypto, node.registry)
  const frames = Map.groupBy(bundle.deliveries, ({ delivery }) => delivery.origin)
  const logs = [...frames.keys()].map((origin) => node.registry.logOf(origin)).filter((log) => log !== undefined)
  const opened: OpenedLog[] = []
  for (const log of logs.toSorted(byRank)) {
    const one = await openLog(node, keys, log, bundle.manifest.from, frames.get(log.origin)!)
    opened.push(one)
    if (log.channel !== 'governance') continue
    for (const { entries, start } of one.arrivals) await keys.advance(log.party, start, entries)
  }
  // Cosignatures and heads last: the newest governance entries may name the keys that made them.
  const carried = bundle.deliveries.flatMap(({ delivery }) => delivery.cosignatures)
  const bodies = opened.flatMap(({ arrivals }) => arrivals.flatMap((arrival) => arrival.bodies))
  return {
    bundle,
    arrivals: opened.filter(({ arrivals }) => arrivals.length > 0),
    bodies: new Map([...bodies, ...bundle.bodies].map(({ bytes: sealed, digest }) => [digest, sealed])),
    cosignatures: opened.flatMap(({ cosignatures }) => cosignatures),
    ownHeads: await openOwnHeads(node, keys, carried),
    refused: opened.flatMap(({ refused }) => (refused === undefined ? [] : [refused])),
  }
}

const byRank = (one: KnownLog, other: KnownLog): number =>
  Number(other.channel === 'governance') - Number(one.channel === 'governance') || (one.origin < other.origin ? -1 : 1)

function parse({ clock, crypto, registry }: ParleyNode, bytes: Uint8Array): Bundle {
  try {
    return parseBundle(crypto, bytes, { party: registry.self, now: clock() })
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    const code = error.code === 'bundle.recipient' ? 'bundle.recipient' : 'bundle.refused'
    throw new ServerError(code, error.message, { cause: error, detail: error.code })
  }
}

async function checkParties({ crypto, registry }: ParleyNode, { cards, genesis }: Bundle): Promise<void> {
  const known = registry.channels().find(({ channel }) => channel === genesis.value.channel)
  if (known === undefined) throw new ServerError('channel.unknown', 'there is no such channel here')
  if (!equalBytes(known.genesisBytes, genesis.bytes)) {
    throw new ServerError('bundle.refused', 'the bundle has another genesis for this channel', {
      detail: 'bundle.genesis',
    })
  }
  try {
    for (const card of cards) checkCard(genesis.value, await openCard(crypto, card))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new ServerError('bundle.refused', 'a card in the bundle is not that of its party', {
      cause: error,
      detail: error.code,
    })
  }
}

interface OpenedLog {
  readonly log: KnownLog
  readonly arrivals: readonly Arrival[]
  readonly cosignatures: readonly Cosignature[]
  readonly refused?: RefusedLog
}

/** All frames of one log, joined on to the copy that is held; one that does not verify refuses them all. */
async function openLog(
  node: ParleyNode,
  keys: BundleKeys,
  log: KnownLog,
  from: string,
  frames: readonly Frame[],
): Promise<OpenedLog> {
  const { crypto, logReader, registry, state } = node
  const held = state.own.get(log.origin) ?? state.replicas.get(log.origin)
  // The core counts what a party hands over; a copy of our own making counts as the author's.
  const party = from !== registry.self ? from : log.own ? (registry.membersOf(log)[0] ?? log.party) : log.party
  const arrivals: Arrival[] = []
  const cosignatures: Cosignature[] = []
  let frontier: Frontier | undefined = held?.frontier
  for (const { delivery, frame } of frames) {
    let arrival: Arrival | undefined
    try {
      if (frontier === undefined) throw new RecordError('delivery.origin', 'the log is not kept here')
      const opened = await openDelivery(crypto, logReader, keys, party, frame)
      arrival = opened.arrival
      cosignatures.push(...opened.cosignatures)
      const head = { origin: log.origin, ...arrival.head } as Checkpoint
      if (arrival.ours !== undefined && !equalBytes(arrival.ours, arrival.head.root)) {
        throw new RecordError('delivery.root', 'the head contradicts the copy that is held')
      }
      frontier = verifyDelivery(crypto, { origin: log.origin, frontier }, delivery, head).frontier
      if (state.replicas.get(log.origin)?.frozen === true) {
        return { log, arrivals: [], cosignatures, refused: refuse(log, delivery.from, 'delivery.frozen') }
      }
      arrivals.push(arrival)
    } catch (error) {
      if (!(error instanceof RecordError) && !(error instanceof ServerError)) throw error
      const fork =
        error.code === 'delivery.root' && arrival !== undefined
          ? await findFork(node, keys, log, arrival, frames)
          : undefined
      const code = fork === undefined ? error.code : 'delivery.fork'
      const refused = { ...refuse(log, delivery.from, code), ...(fork === undefined ? {} : { fork }) }
      return { log, arrivals: [], cosignatures, refused }
    }
  }
  return { log, arrivals, cosignatures }
}

function refuse({ origin }: KnownLog, position: number, code: string): RefusedLog {
  return { origin, position, code }
}

/**
 * Makes the proof that the author of a log signed two histories out of our newest head and the bundle's. Undefined when
 * they do not contradict each other, or the bundle does not carry enough to show it.
 */
async function findFork(
  { crypto, database, logReader, shelf, state }: ParleyNode,
  keys: BundleKeys,
  { origin }: KnownLog,
  { head: theirs }: Arrival,
  frames: readonly Frame[],
): Promise<Uint8Array | undefined> {
  const ours = await readHeldHead(database.reader, state, { id: shelf.numberOf(origin), origin })
  if (ours === undefined) return undefined
  try {
    const answer = theirs.size > ours.size ? await answerFrom(crypto, frames, ours.size, theirs.size) : undefined
    return await proveFork(crypto, logReader, keys.verifierKeysOf, { origin, ours, theirs }, answer)
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

/** What a peer would answer to a question for consistency, from the entries of the bundle. */
async function answerFrom(
  crypto: ParleyNode['crypto'],
  frames: readonly Frame[],
  oldSize: number,
  size: number,
): Promise<ConsistencyAnswer> {
  const tree = new MemoryTree(crypto)
  if (frames[0]?.delivery.from === 0) {
    for (const { delivery } of frames) for (const entry of delivery.entries) tree.append(leafHash(crypto, entry))
  }
  return { oldRoot: tree.root(oldSize), proof: await proveConsistency(crypto, tree, oldSize, size) }
}

/**
 * The heads of our own logs among what the bundle shows. A note that bears a signature in the name of one of our logs must
 * be ours, or the bundle shows nothing: to pass it over would be to hear that the maker holds nothing of that log.
 */
async function openOwnHeads(
  { crypto, logReader, state }: ParleyNode,
  keys: BundleKeys,
  carried: readonly { readonly origin: string; readonly note: Uint8Array }[],
): Promise<HeldHead[]> {
  const heads: HeldHead[] = []
  for (const { note, origin } of carried) {
    if (!state.own.has(origin)) continue
    try {
      // Others' cosignatures of older heads travel without the author's signature.
      if (!parseNote(note).lines.some(({ name }) => name === origin)) continue
      const head = await openHead(crypto, keys.verifierKeysOf, origin, note)
      heads.push({ origin, head, ours: await readOurs(crypto, logReader, origin, head.size) })
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      throw new ServerError('bundle.refused', 'the bundle shows a head of our own log that we did not sign', {
        cause: error,
        detail: error.code,
      })
    }
  }
  return heads
}
