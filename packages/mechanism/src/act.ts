// An act: what one channel entry says, freed of keys, signatures and bytes, and which acts its author had before them.
// SPEC.md [VD] rules it. It knows no clock: order is the index and what was seen, nothing else.

import type { CanonicalObject } from '@parley/record'
import { assert } from './error.ts'

/** One entry of a channel log, as the mechanism reads it. */
export interface Act {
  /** The author's party id. */
  readonly party: string
  /** Its position in that party's log of this channel. */
  readonly index: number
  /** The entry digest, hexadecimal. */
  readonly digest: string
  readonly type: string
  /** The subject id: the digest of the founding entry, or the name of a standing subject. */
  readonly subject: string
  /** Coded data; only a verdict of `valid` says that it has the shape of its type. */
  readonly data: CanonicalObject
  /** The author's claim of the time, in milliseconds since 1970 UTC. No rule reads it. */
  readonly at: number
  /** For each other party, how many entries of its channel log the author had seen: the effective (cumulative) sizes. */
  readonly seen: Readonly<Record<string, number>>
  /**
   * For each other party, the Unix seconds of the author's own cosignature over the newest head of its log that it had
   * seen; 0 or absent where it made none. Evidence of time alone: no order and no verdict follows from it.
   */
  readonly seenTimes?: Readonly<Record<string, number>>
  readonly body?: BodyReference
  readonly exercise: boolean
}

/** What an entry says of its sealed body. */
export interface BodyReference {
  /** SHA-256 of the sealed bytes, hexadecimal. */
  readonly ciphertext: string
  readonly commitment: string
  /** The size class in bytes. */
  readonly size: number
}

/** True when `earlier` was before the author of `later`: earlier in the same log, or in what its author had seen. */
export function isVisible(earlier: Act, later: Act): boolean {
  if (earlier.party === later.party) return earlier.index < later.index
  return Object.hasOwn(later.seen, earlier.party) && earlier.index < later.seen[earlier.party]!
}

/** Those of the acts that the author of `act` had before them, in the order given. */
export function listVisible(acts: readonly Act[], act: Act): readonly Act[] {
  return acts.filter((other) => isVisible(other, act))
}

/**
 * The acts in the one order that every party computes: what was seen comes before who saw it, and what is still open is
 * decided by (party, index). The order in which the acts are handed over does not matter.
 */
export function orderActs(acts: readonly Act[]): readonly Act[] {
  const halves = new Map<string, Act[]>()
  for (const act of acts) {
    const half = halves.get(act.party)
    if (half === undefined) halves.set(act.party, [act])
    else half.push(act)
  }
  const queues = [...halves.keys()].sort().map((party) => halves.get(party)!.sort((a, b) => a.index - b.index))
  const next = queues.map(() => 0)
  const ordered: Act[] = []
  while (ordered.length < acts.length) {
    const heads = queues.flatMap((queue, i) => (next[i]! < queue.length ? [{ i, act: queue[next[i]!]! }] : []))
    const ready = heads.find(({ act }) => heads.every((other) => other.act === act || !isVisible(other.act, act)))
    // Honest logs cannot see each other in a circle. Should two liars conspire, the order stays the same for everybody.
    const chosen = ready ?? heads[0]
    assert(chosen !== undefined, 'each act is ordered once')
    next[chosen.i]!++
    ordered.push(chosen.act)
  }
  return ordered
}
