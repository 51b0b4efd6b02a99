// Our own logs from a start to a signed head: ask, recover, open; commit, lock, sign. The order is the whole point: a
// head is signed only after its entries are durable and the lock, which no restored backup touches, names it.

import { equalBytes } from '../bytes.ts'
import type { Crypto } from '../crypto.ts'
import type { Effect, HeldHead, StoredOwnLog } from './event.ts'
import type { CoreState, OwnLog } from './state.ts'
import { peerOf } from './state.ts'

/** Takes up a log as the disk and the lock hold it. It is not open until its members have been heard, unless it was made just now. */
export function takeUpOwnLog(crypto: Crypto, state: CoreState, stored: StoredOwnLog): Effect[] {
  const root = stored.frontier.root()
  const own: OwnLog = {
    origin: stored.origin,
    members: new Set(),
    phase: 'asking',
    frontier: stored.frontier,
    root,
    locked: stored.lock ?? { size: 0, root: crypto.sha256(new Uint8Array()) },
    locking: false,
    published: undefined,
    signing: false,
    answered: new Set(),
    heard: 0,
    missing: new Map(stored.missing?.map(({ digest, position }) => [digest, position])),
    bodiesDue: 0,
    bodiesFailures: 0,
  }
  state.own.set(own.origin, own)
  for (const member of stored.members) {
    addMember(state, own, member.party, member.have, member.receipted)
  }
  if (stored.forked === true) {
    own.phase = 'forked'
    return [{ kind: 'alarm', code: 'log.forked', origin: own.origin }]
  }
  if (stored.rootAtLock !== undefined && !equalBytes(stored.rootAtLock, own.locked.root)) {
    own.phase = 'forked'
    return [{ kind: 'alarm', code: 'log.lock-contradicts', origin: own.origin }]
  }
  if (stored.inception) own.phase = 'open'
  return [...signNamed(own), ...openWhenAgreed(own)]
}

/**
 * Signs again the head that the lock names while the members have not been heard. Whatever was ever signed grew from it, so
 * it can contradict nothing; without it a log could be shown to nobody until everybody had answered.
 */
function signNamed(own: OwnLog): Effect[] {
  if (own.phase !== 'asking' || own.locked.size === 0 || own.frontier.size < own.locked.size) return []
  own.signing = true
  return [{ kind: 'sign', origin: own.origin, head: own.locked }]
}

/** One more party replicates this log. An open log stays open: the newcomer cannot hold what was never sent to it. */
export function addMember(state: CoreState, own: OwnLog, party: string, have: number, receipted: number): void {
  own.members.add(party)
  const { progress } = peerOf(state, party)
  if (!progress.has(own.origin)) {
    progress.set(own.origin, { have, receipted, sending: false, failures: 0, due: 0, answered: 0 })
  }
}

/**
 * Hears what a member holds of one of our own logs (`held` is undefined when it holds nothing). The member's head
 * bears our own signature, so it cannot be made up: more than we have means that we lost something and must recover.
 */
export function hearOfOwnLog(state: CoreState, own: OwnLog, party: string, held: HeldHead | undefined): Effect[] {
  if (own.phase === 'forked') return []
  if (held !== undefined && held.ours !== undefined && !equalBytes(held.ours, held.head.root)) {
    own.phase = 'forked'
    return [
      { kind: 'alarm', code: 'log.forked', origin: own.origin },
      { kind: 'prove-fork', party, origin: own.origin, theirs: held.head },
    ]
  }
  const behind = held !== undefined && held.head.size > own.frontier.size
  if (own.phase === 'open') {
    // A head of ours that is larger than anything we have committed: somebody else signs with our key.
    if (!behind) return []
    own.phase = 'forked'
    return [
      { kind: 'alarm', code: 'log.forked', origin: own.origin },
      { kind: 'prove-fork', party, origin: own.origin, theirs: held.head },
    ]
  }
  if (held !== undefined) own.heard = Math.max(own.heard, held.head.size)
  if (behind) {
    const first = own.phase !== 'recovering'
    own.phase = 'recovering'
    own.answered.clear()
    const { fetching } = peerOf(state, party)
    if (fetching.has(own.origin)) return []
    fetching.add(own.origin)
    const fetch: Effect = { kind: 'fetch', party, origin: own.origin, start: own.frontier.size }
    return first ? [{ kind: 'alarm', code: 'log.recovering', origin: own.origin }, fetch] : [fetch]
  }
  if (held !== undefined && held.ours === undefined) {
    // Our copy has grown past the member's head since it was looked at, so nobody has compared the two: ask again.
    peerOf(state, party).askDue = state.latest
    return []
  }
  // Everything that anybody has shown is here again; who has not answered must still be heard.
  if (own.phase === 'recovering' && own.frontier.size >= own.heard) own.phase = 'asking'
  own.answered.add(party)
  return openWhenAgreed(own)
}

/**
 * Hears from a bundle what a member held of one of our own logs when it made the bundle. A bundle that shows less than the
 * member has given receipts for is an old one, and answers nothing.
 */
export function hearOfCarriedHead(state: CoreState, own: OwnLog, party: string, held: HeldHead | undefined): Effect[] {
  const contradicts = held?.ours !== undefined && !equalBytes(held.ours, held.head.root)
  const receipted = peerOf(state, party).progress.get(own.origin)?.receipted ?? 0
  if (!contradicts && (held?.head.size ?? 0) < receipted) return []
  return hearOfOwnLog(state, own, party, held)
}

/**
 * Opens the log once every member has answered and none holds more. A lock that names entries which neither we nor
 * any member has means that a signed head was lost: signing other entries in their place would fork the log.
 */
function openWhenAgreed(own: OwnLog): Effect[] {
  if (own.phase !== 'open') {
    for (const member of own.members) if (!own.answered.has(member)) return []
    if (own.frontier.size < own.locked.size) {
      const first = own.phase !== 'lost'
      own.phase = 'lost'
      return first ? [{ kind: 'alarm', code: 'log.lost', origin: own.origin }] : []
    }
    own.phase = 'open'
  }
  return advanceOwnLog(own)
}

/** Two officers open the log though members have not answered. What the lock names must be there even so. */
export function overrideOwnLog(own: OwnLog): Effect[] {
  if (own.phase !== 'asking' || own.frontier.size < own.locked.size) return []
  own.phase = 'open'
  return advanceOwnLog(own)
}

/** The next thing to do for an open log: lock what is committed, sign what is locked. */
export function advanceOwnLog(own: OwnLog): Effect[] {
  if (own.phase !== 'open') return []
  const effects: Effect[] = []
  if (!own.locking && own.frontier.size > own.locked.size) {
    own.locking = true
    const next = { size: own.frontier.size, root: own.root }
    effects.push({ kind: 'lock', origin: own.origin, expected: own.locked, next })
  }
  if (!own.signing && own.locked.size > (own.published?.size ?? 0)) {
    own.signing = true
    effects.push({ kind: 'sign', origin: own.origin, head: own.locked })
  }
  return effects
}
