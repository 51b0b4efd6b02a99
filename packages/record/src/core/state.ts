// What one node remembers of its logs between two steps: sizes, roots and frontiers, never entries. Ruled by
// docs/spec/core.md. The state belongs to `step`; whoever drives the core reads it and does not write it.

import type { Frontier } from '../frontier.ts'

/** A head of a log: so many entries under this root (32 bytes). */
export interface Head {
  readonly size: number
  readonly root: Uint8Array
}

/** A head under its author's verified signature; `note` is the signed checkpoint as it was received. */
export interface SignedHead extends Head {
  readonly note: Uint8Array
}

/**
 * Where one of our own logs stands after a start.
 * `asking`: members have not all said yet what they hold of it. `recovering`: a member holds more of it than we do.
 * `open`: it may be signed. `lost`: its lock names entries that nobody has. `forked`: a member holds a head that
 * contradicts ours. Nothing is signed in any phase but `open`.
 */
export type Phase = 'asking' | 'recovering' | 'open' | 'lost' | 'forked'

/** One of our own logs. */
export interface OwnLog {
  readonly origin: string
  /** The other parties that replicate it. */
  readonly members: Set<string>
  phase: Phase
  /** Committed: durable here. */
  frontier: Frontier
  root: Uint8Array
  /** What the lock checkpoint says, kept apart from the database: no larger size was ever signed. */
  locked: Head
  locking: boolean
  /** The newest head that we signed since the start. */
  published: SignedHead | undefined
  signing: boolean
  /** Members that have said since the start what they hold, and agreed with us. */
  readonly answered: Set<string>
  /** The size of the largest head of it that a member has shown since the start. */
  heard: number
  /** Bodies that entries of it commit to and that did not come back with them; as in a replica. */
  readonly missing: Map<string, number>
  bodiesDue: number
  bodiesFailures: number
}

/** Our copy of a log that another party writes. */
export interface Replica {
  readonly origin: string
  readonly author: string
  frontier: Frontier
  root: Uint8Array
  /** The newest head that our copy was verified against; its size exceeds the copy while chunks are still coming. */
  head: SignedHead | undefined
  /** Our mirror cosignature over this head at this time (Unix seconds): durable before it is given away. */
  cosigned: (Head & { readonly time: number }) | undefined
  /** Bodies that entries of the copy commit to and that have not arrived: ciphertext digest in hex to position. */
  readonly missing: Map<string, number>
  /** When missing bodies are asked for next (Unix milliseconds), and how often that has failed. */
  bodiesDue: number
  bodiesFailures: number
  /** Frozen for good: its author signed two heads that contradict each other. */
  frozen: boolean
}

/** How far one member has got with one of our own logs. */
export interface Progress {
  /** Entries that the member says it holds; where the next delivery begins. */
  have: number
  /** Entries under the member's newest mirror cosignature. */
  receipted: number
  sending: boolean
  failures: number
  /** Unix milliseconds before which nothing is sent. */
  due: number
  /** When the member last answered a delivery of this log; 0 for never. */
  answered: number
}

/** A party that we exchange logs with. */
export interface Peer {
  readonly party: string
  /** By the origin of our own log. */
  readonly progress: Map<string, Progress>
  /** The question which heads the peer holds is under way. */
  asking: boolean
  askDue: number
  askFailures: number
  /** Arrivals from this peer that wait for a durable write. */
  waiting: number
  /** Origins of the logs that are being fetched from this peer. */
  readonly fetching: Set<string>
  /** By origin: heads of which a fork was suspected while something else was fetched of that log. */
  readonly suspected: Map<string, SignedHead>
}

/** An own entry that waits to be recorded. */
export interface Submission {
  readonly kind: 'submission'
  readonly origin: string
  readonly entry: Uint8Array
  readonly bodies: readonly SealedBody[]
}

/** Entries of a log that another member handed over: a replica's, or our own log's while it recovers. */
export interface Arrival {
  readonly kind: 'arrival'
  readonly party: string
  readonly origin: string
  readonly start: number
  readonly entries: readonly Uint8Array[]
  readonly bodies: readonly SealedBody[]
  readonly head: SignedHead
  /** Consistency from the end of the entries to the head; empty when they are equal. */
  readonly proof: readonly Uint8Array[]
  /** The root of our own copy at `head.size`, when our copy is at least that large. */
  readonly ours: Uint8Array | undefined
}

/** Bodies that a member handed over. */
export interface BodyArrival {
  readonly kind: 'bodies'
  readonly party: string
  readonly origin: string
  readonly bodies: readonly SealedBody[]
}

export type Work = Submission | Arrival | BodyArrival

/** A sealed body with its digest (hex SHA-256 of the bytes), which the driver has checked. */
export interface SealedBody {
  readonly digest: string
  readonly bytes: Uint8Array
}

/** New entries of one log within a batch; `first` is the position of the first of them. */
export interface Extension {
  readonly origin: string
  readonly first: number
  readonly entries: Uint8Array[]
  readonly leafHashes: Uint8Array[]
  frontier: Frontier
  root: Uint8Array
  /** For a replica, the head it was verified against. */
  head: SignedHead | undefined
}

/** A mirror cosignature that becomes durable before it is given away; `time` in Unix seconds. */
export interface Receipt extends SignedHead {
  readonly origin: string
  readonly time: number
}

/** A body that an entry commits to and that did not come along. */
export interface MissingBody {
  readonly digest: string
  readonly origin: string
  readonly position: number
}

/** A body that becomes durable, and the entry that commits to it. */
export interface HeldBody extends SealedBody {
  readonly origin: string
  readonly position: number
}

/** What one durable write holds: all of it or nothing. */
export interface Batch {
  readonly extensions: readonly Extension[]
  readonly bodies: readonly HeldBody[]
  readonly missing: readonly MissingBody[]
  readonly receipts: readonly Receipt[]
  /** No cosignature will bear an earlier time than this (Unix seconds). */
  readonly cosignedUntil: number
  /** The works that the batch settles; `position` is the index that a submission gets. */
  readonly settles: readonly { readonly work: Work; readonly position: number }[]
  /** The works of which nothing is stored. A refusal may rest on the rest of the batch, so it is told when that is durable. */
  readonly refusals: readonly { readonly work: Work; readonly code: string }[]
}

/** Everything between two steps. */
export interface CoreState {
  readonly own: Map<string, OwnLog>
  readonly replicas: Map<string, Replica>
  readonly peers: Map<string, Peer>
  /** Works that wait for the next durable write. */
  intake: Work[]
  submissionsWaiting: number
  /** Works whose submissions the driver is judging. */
  preparing: readonly Work[] | undefined
  /** The one durable write that is under way. */
  committing: Batch | undefined
  cosignedUntil: number
  /** The time of the last event (Unix milliseconds). */
  latest: number
}

/** The state of a node that holds no log yet. */
export function emptyCore(cosignedUntil: number): CoreState {
  return {
    own: new Map(),
    replicas: new Map(),
    peers: new Map(),
    intake: [],
    submissionsWaiting: 0,
    preparing: undefined,
    committing: undefined,
    cosignedUntil,
    latest: 0,
  }
}

/** The peer of that name, remembered from its first mention on. */
export function peerOf(state: CoreState, party: string): Peer {
  let peer = state.peers.get(party)
  if (peer === undefined) {
    peer = {
      party,
      progress: new Map(),
      asking: false,
      askDue: 0,
      askFailures: 0,
      waiting: 0,
      fetching: new Set(),
      suspected: new Map(),
    }
    state.peers.set(party, peer)
  }
  return peer
}
