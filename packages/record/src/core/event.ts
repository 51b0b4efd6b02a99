// What happens to a node (events) and what it wants done (effects). Time reaches the core only as the `at` of an event
// (Unix milliseconds). Every effect that says so is answered by exactly one event; the others are not answered.

import type { Frontier } from '../frontier.ts'
import type { Arrival, Batch, BodyArrival, Head, SignedHead, Submission, Work } from './state.ts'

/** What was read back from the disk at start, for one of our own logs. */
export interface StoredOwnLog {
  readonly origin: string
  /** The other parties that replicate it, and how far each had got. */
  readonly members: readonly { readonly party: string; readonly have: number; readonly receipted: number }[]
  readonly frontier: Frontier
  /** From the lock, kept apart from the database; undefined when the lock has no record of this log. */
  readonly lock: Head | undefined
  /** The root of the stored log at the lock's size, when it is at least that large. */
  readonly rootAtLock: Uint8Array | undefined
  /** Bodies that its entries commit to and that are not here: an old backup may have brought back one without the other. */
  readonly missing?: readonly { readonly digest: string; readonly position: number }[]
  /** True when a proof is kept that it forked: it is never signed again. */
  readonly forked?: boolean
  /** Made by an explicit inception a moment ago: nobody can hold any of it. */
  readonly inception: boolean
}

/** What was read back from the disk at start, for one replica. */
export interface StoredReplica {
  readonly origin: string
  readonly author: string
  readonly frontier: Frontier
  readonly head: SignedHead | undefined
  readonly cosigned: (Head & { readonly time: number }) | undefined
  readonly missing: readonly { readonly digest: string; readonly position: number }[]
  readonly frozen: boolean
}

/** A head that a peer holds of some log; `ours` is the root of our copy at that size, when it is that large. */
export interface HeldHead {
  readonly origin: string
  readonly head: SignedHead
  readonly ours: Uint8Array | undefined
}

export type CoreEvent = { readonly at: number } & (
  | { readonly kind: 'own-log'; readonly log: StoredOwnLog }
  | { readonly kind: 'replica'; readonly replica: StoredReplica }
  /** One more party replicates one of our logs from now on. */
  | { readonly kind: 'member'; readonly origin: string; readonly party: string }
  | { readonly kind: 'submitted'; readonly submission: Submission }
  | { readonly kind: 'arrived'; readonly work: Arrival | BodyArrival }
  /** The driver judged the works of `prepare`: these submissions have no place in the log, with the code why. */
  | { readonly kind: 'prepared'; readonly refused: ReadonlyMap<Work, string> }
  | { readonly kind: 'committed' }
  | { readonly kind: 'locked'; readonly origin: string; readonly head: Head }
  | { readonly kind: 'signed'; readonly origin: string; readonly head: SignedHead }
  /** A member answered a delivery: what it holds now, and how far its newest mirror cosignature reaches. */
  | {
      readonly kind: 'answered'
      readonly party: string
      readonly origin: string
      readonly have: number
      readonly receipted: number
    }
  | { readonly kind: 'unanswered'; readonly party: string; readonly origin: string }
  | { readonly kind: 'heads'; readonly party: string; readonly heads: readonly HeldHead[] }
  | { readonly kind: 'heads-failed'; readonly party: string }
  /** A bundle that a member made for us shows what it holds of these of our own logs. It answers no effect. */
  | {
      readonly kind: 'heads-carried'
      readonly party: string
      readonly origins: readonly string[]
      readonly heads: readonly HeldHead[]
    }
  /** A fetch, a fetch of bodies or an attempt to prove a fork came to an end, with or without an arrival before. */
  | { readonly kind: 'fetched'; readonly party: string; readonly origin: string; readonly failed: boolean }
  /** A contradiction between two signed heads was proven (see `fork.ts`), and the proof is durable. */
  | { readonly kind: 'fork-proven'; readonly origin: string }
  /** Two officers took it upon themselves to open the log without its members' answers. */
  | { readonly kind: 'overridden'; readonly origin: string }
  | { readonly kind: 'tick' }
)

export type Effect =
  /** Judge the submissions among these works (answered by `prepared`). */
  | { readonly kind: 'prepare'; readonly works: readonly Work[] }
  /** Make it durable, all or nothing (answered by `committed`). */
  | { readonly kind: 'commit'; readonly batch: Batch }
  /** Compare and swap the lock checkpoint, durably (answered by `locked`). */
  | { readonly kind: 'lock'; readonly origin: string; readonly expected: Head; readonly next: Head }
  /** Sign this head of our own log (answered by `signed`). The lock names it already. */
  | { readonly kind: 'sign'; readonly origin: string; readonly head: Head }
  /** The work is durable. For a submission `position` is its index; for others it is the size of the log now. */
  | { readonly kind: 'settled'; readonly work: Work; readonly position: number }
  /** Nothing of the work was stored. */
  | { readonly kind: 'refused'; readonly work: Work; readonly code: RefusalCode }
  /** Deliver our log from `start` on, under this head (answered by `answered` or `unanswered`). */
  | {
      readonly kind: 'deliver'
      readonly party: string
      readonly origin: string
      readonly start: number
      readonly head: SignedHead
    }
  /** Ask a peer for the heads it holds (answered by `heads` or `heads-failed`). */
  | { readonly kind: 'ask-heads'; readonly party: string }
  /** Fetch entries of a log from a member that holds more of it (`arrived`, then `fetched`). */
  | { readonly kind: 'fetch'; readonly party: string; readonly origin: string; readonly start: number }
  /** Fetch bodies by digest (`arrived`, then `fetched`). */
  | {
      readonly kind: 'fetch-bodies'
      readonly party: string
      readonly origin: string
      readonly digests: readonly string[]
    }
  /** A peer's head contradicts our copy: get the proof (`fork-proven` if there is one, then `fetched`). */
  | { readonly kind: 'prove-fork'; readonly party: string; readonly origin: string; readonly theirs: SignedHead }
  /** For people. The origin is empty when it is about no log. */
  | { readonly kind: 'alarm'; readonly code: AlarmCode; readonly origin: string }

export type RefusalCode =
  | 'node.busy'
  | 'node.read-only'
  | 'log.unknown'
  | 'delivery.gap'
  | 'delivery.root'
  | 'delivery.frozen'
  | 'delivery.fork'
  // A submission that the driver's judgement found no place for carries the code of that judgement.
  | (string & {})

export type AlarmCode =
  | 'log.lock-contradicts'
  | 'log.lost'
  | 'log.forked'
  | 'log.recovering'
  | 'replica.forked'
  | 'clock.back'
