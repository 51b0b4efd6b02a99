// The node as a state machine: `step` takes what happened and says what is to be done. It knows no clock, no chance, no
// disk and no network; the server gives it real ones and the simulation bad ones. Ruled by docs/spec/core.md.

import type { Crypto } from '../crypto.ts'
import { noticeTime } from './clock.ts'
import { deliverDue, noteAnswer, noteSilence } from './delivery-schedule.ts'
import type { CoreEvent, Effect } from './event.ts'
import type { BodyOf } from './intake.ts'
import { applyCommitted, composeBatch, pursueSuspicion, takeNext } from './intake.ts'
import { gossipMilliseconds, pauseAfter, submissionsWaitingMax } from './limits.ts'
import { addMember, advanceOwnLog, hearOfCarriedHead, hearOfOwnLog, overrideOwnLog, takeUpOwnLog } from './own-log.ts'
import { admitArrival, fetchLostBodies, fetchMissingBodies, hearOfReplica, takeUpReplica } from './replica-log.ts'
import type { CoreState, Peer } from './state.ts'
import { peerOf } from './state.ts'

/** What a step needs that is not in the state: hashing, and the reading of one field of an entry. */
export interface CoreTools {
  readonly crypto: Crypto
  readonly bodyOf: BodyOf
}

/**
 * Takes one event and returns what is to be done because of it, in this order. The state is changed in place; a driver
 * must hand in events one after the other, and may carry out the effects in any order but for the durability that
 * `commit` and `lock` promise before they are answered.
 */
export function step(tools: CoreTools, state: CoreState, event: CoreEvent): Effect[] {
  return [...noticeTime(state, event.at), ...take(tools, state, event)]
}

function take({ crypto, bodyOf }: CoreTools, state: CoreState, event: CoreEvent): Effect[] {
  const { at } = event
  switch (event.kind) {
    case 'own-log': {
      const effects = takeUpOwnLog(crypto, state, event.log)
      return [...effects, ...askPeers(state, at)]
    }
    case 'replica':
      takeUpReplica(state, event.replica)
      return []
    case 'member': {
      const own = state.own.get(event.origin)
      if (own === undefined) return []
      addMember(state, own, event.party, 0, 0)
      return deliverDue(state, own, at)
    }
    case 'submitted': {
      const { submission } = event
      const own = state.own.get(submission.origin)
      if (own === undefined) return [{ kind: 'refused', work: submission, code: 'log.unknown' }]
      if (own.phase !== 'open') return [{ kind: 'refused', work: submission, code: 'node.read-only' }]
      if (state.submissionsWaiting >= submissionsWaitingMax) {
        return [{ kind: 'refused', work: submission, code: 'node.busy' }]
      }
      state.submissionsWaiting += 1
      state.intake.push(submission)
      return takeNext(state)
    }
    case 'arrived':
      return [...wake(state, event.work.party, at), ...admitArrival(state, event.work)]
    case 'prepared':
      return composeBatch(crypto, bodyOf, state, event.refused, at)
    case 'committed': {
      const effects = applyCommitted(state)
      for (const own of state.own.values()) {
        effects.push(...advanceOwnLog(own))
        if (own.phase === 'recovering') peersOf(state, own.members).forEach((peer) => (peer.askDue = at))
      }
      return [...effects, ...askPeers(state, at), ...takeNext(state)]
    }
    case 'locked': {
      const own = state.own.get(event.origin)
      if (own === undefined) return []
      own.locking = false
      own.locked = event.head
      return advanceOwnLog(own)
    }
    case 'signed': {
      const own = state.own.get(event.origin)
      if (own === undefined) return []
      own.signing = false
      own.published = event.head
      return [...advanceOwnLog(own), ...deliverDue(state, own, at)]
    }
    case 'answered': {
      const peer = peerOf(state, event.party)
      const own = state.own.get(event.origin)
      const progress = peer.progress.get(event.origin)
      if (own === undefined || progress === undefined) return []
      const size = own.published?.size ?? 0
      noteAnswer(progress, { have: event.have, receipted: event.receipted, size }, at)
      // It says that it holds more than we have signed since the start: hear which head that is.
      if (event.have > size) peer.askDue = at
      return [...deliverDue(state, own, at), ...askPeers(state, at)]
    }
    case 'unanswered': {
      const progress = peerOf(state, event.party).progress.get(event.origin)
      if (progress !== undefined) noteSilence(progress, at)
      return []
    }
    case 'heads': {
      const peer = peerOf(state, event.party)
      peer.asking = false
      peer.askFailures = 0
      peer.askDue = at + gossipMilliseconds
      const effects = wake(state, event.party, at)
      const held = new Map(event.heads.map((head) => [head.origin, head]))
      for (const own of state.own.values()) {
        if (own.members.has(event.party)) {
          effects.push(...hearOfOwnLog(state, own, event.party, held.get(own.origin)), ...deliverDue(state, own, at))
        }
      }
      for (const replica of state.replicas.values()) {
        const head = held.get(replica.origin)
        if (head !== undefined) effects.push(...hearOfReplica(state, replica, event.party, head))
      }
      return effects
    }
    case 'heads-failed': {
      const peer = peerOf(state, event.party)
      peer.asking = false
      peer.askFailures += 1
      peer.askDue = at + pauseAfter(peer.askFailures)
      return []
    }
    case 'heads-carried': {
      const held = new Map(event.heads.map((head) => [head.origin, head]))
      return event.origins.flatMap((origin) => {
        const own = state.own.get(origin)
        if (own === undefined || !own.members.has(event.party)) return []
        return [...hearOfCarriedHead(state, own, event.party, held.get(origin)), ...deliverDue(state, own, at)]
      })
    }
    case 'fetched': {
      const peer = peerOf(state, event.party)
      const effects = pursueSuspicion(state, event.party, event.origin)
      // More may be there, and a log that recovers goes on only once it has heard that nothing is missing.
      if (!event.failed) peer.askDue = Math.min(peer.askDue, at)
      return [...effects, ...askPeers(state, at)]
    }
    case 'fork-proven': {
      const replica = state.replicas.get(event.origin)
      if (replica !== undefined) {
        replica.frozen = true
        return [{ kind: 'alarm', code: 'replica.forked', origin: event.origin }]
      }
      const own = state.own.get(event.origin)
      if (own === undefined || own.phase === 'forked') return []
      own.phase = 'forked'
      return [{ kind: 'alarm', code: 'log.forked', origin: event.origin }]
    }
    case 'overridden': {
      const own = state.own.get(event.origin)
      return own === undefined ? [] : [...overrideOwnLog(own), ...deliverDue(state, own, at)]
    }
    case 'tick': {
      const effects = askPeers(state, at)
      for (const own of state.own.values()) {
        effects.push(...deliverDue(state, own, at), ...fetchLostBodies(state, own, at))
      }
      for (const replica of state.replicas.values()) effects.push(...fetchMissingBodies(state, replica, at))
      return effects
    }
  }
}

/** A peer has been heard: what waits for it after failures is due now. */
function wake(state: CoreState, party: string, at: number): Effect[] {
  const effects: Effect[] = []
  for (const [origin, progress] of peerOf(state, party).progress) {
    if (progress.failures === 0 || progress.sending) continue
    progress.due = Math.min(progress.due, at)
    const own = state.own.get(origin)
    if (own !== undefined) effects.push(...deliverDue(state, own, at))
  }
  return effects
}

/** Asks every peer that is due which heads it holds; a log that is not open yet makes a peer due at once. */
function askPeers(state: CoreState, at: number): Effect[] {
  const effects: Effect[] = []
  for (const peer of state.peers.values()) {
    if (peer.asking || at < peer.askDue) continue
    peer.asking = true
    effects.push({ kind: 'ask-heads', party: peer.party })
  }
  return effects
}

function peersOf(state: CoreState, parties: ReadonlySet<string>): Peer[] {
  return [...parties].map((party) => peerOf(state, party))
}
