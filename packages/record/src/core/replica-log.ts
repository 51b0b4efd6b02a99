// Copies of other parties' logs: which arrivals are let in, what is fetched, and when two heads give rise to suspicion.

import { equalBytes } from '../bytes.ts'
import type { Effect, HeldHead, StoredReplica } from './event.ts'
import { suspectFork, takeNext } from './intake.ts'
import { arrivalsWaitingPerPeerMax, bodiesFetchMax, pauseAfter } from './limits.ts'
import type { Arrival, BodyArrival, CoreState, OwnLog, Replica } from './state.ts'
import { peerOf } from './state.ts'

/** Takes up the copy of a log as the disk holds it. */
export function takeUpReplica(state: CoreState, stored: StoredReplica): void {
  peerOf(state, stored.author)
  state.replicas.set(stored.origin, {
    origin: stored.origin,
    author: stored.author,
    frontier: stored.frontier,
    root: stored.frontier.root(),
    head: stored.head,
    cosigned: stored.cosigned,
    missing: new Map(stored.missing.map(({ digest, position }) => [digest, position])),
    bodiesDue: 0,
    bodiesFailures: 0,
    frozen: stored.frozen,
  })
}

/** Lets an arrival in, or refuses it at the door. Each peer has its own small queue: a flood fills only that. */
export function admitArrival(state: CoreState, work: Arrival | BodyArrival): Effect[] {
  const replica = state.replicas.get(work.origin)
  if (replica === undefined && !state.own.has(work.origin)) return [{ kind: 'refused', work, code: 'log.unknown' }]
  if (replica?.frozen === true) return [{ kind: 'refused', work, code: 'delivery.frozen' }]
  if (work.kind === 'arrival' && work.ours !== undefined && !equalBytes(work.ours, work.head.root)) {
    return [...suspectFork(state, work.party, work.origin, work.head), { kind: 'refused', work, code: 'delivery.fork' }]
  }
  const peer = peerOf(state, work.party)
  if (peer.waiting >= arrivalsWaitingPerPeerMax) return [{ kind: 'refused', work, code: 'node.busy' }]
  peer.waiting += 1
  state.intake.push(work)
  return takeNext(state)
}

/** Hears which head a peer holds of a log that a third party, or the peer itself, writes. */
export function hearOfReplica(state: CoreState, replica: Replica, party: string, held: HeldHead): Effect[] {
  if (replica.frozen) return []
  const { head, ours } = held
  if (ours !== undefined) return equalBytes(ours, head.root) ? [] : suspectFork(state, party, replica.origin, head)
  const { fetching } = peerOf(state, party)
  if (head.size <= replica.frontier.size || fetching.has(replica.origin)) return []
  fetching.add(replica.origin)
  return [{ kind: 'fetch', party, origin: replica.origin, start: replica.frontier.size }]
}

/** A log whose entries commit to bodies that are not here. */
type Lacking = Pick<Replica, 'origin' | 'missing' | 'bodiesDue' | 'bodiesFailures'>

/** Asks the author of a replica for bodies that have not arrived. */
export function fetchMissingBodies(state: CoreState, replica: Replica, at: number): Effect[] {
  return replica.frozen ? [] : fetchBodies(state, replica, [replica.author], at)
}

/** Asks the members of our own log, one after the other, for bodies that did not come back with its entries. */
export function fetchLostBodies(state: CoreState, own: OwnLog, at: number): Effect[] {
  return fetchBodies(state, own, [...own.members], at)
}

/** Asks one of the holders, with a growing pause while nobody hands them over. */
function fetchBodies(state: CoreState, log: Lacking, holders: readonly string[], at: number): Effect[] {
  const party = holders[log.bodiesFailures % holders.length]
  if (party === undefined || log.missing.size === 0 || at < log.bodiesDue) return []
  const { fetching } = peerOf(state, party)
  if (fetching.has(log.origin)) return []
  fetching.add(log.origin)
  log.bodiesFailures += 1
  log.bodiesDue = at + pauseAfter(log.bodiesFailures)
  const digests = [...log.missing.keys()].slice(0, bodiesFetchMax)
  return [{ kind: 'fetch-bodies', party, origin: log.origin, digests }]
}
