// What the parts of a simulated node know of each other: its stores, its clock, and how it takes events. And who is told
// of what it does.

import type { Arrival, BodyArrival, CoreEvent, CoreState, Effect, Head, SignedHead } from '@parley/record/core'
import type { Behaviour } from './behaviour.ts'
import type { BugName } from './bugs.ts'
import type { Disk } from './disk.ts'
import type { Network } from './network.ts'
import type { Cast, SimulatedParty } from './parties.ts'
import type { Random } from './random.ts'
import type { Reading } from './reading.ts'
import type { KeptLogs, Store } from './store.ts'
import type { World } from './world.ts'

/** What became of a work. */
export type Outcome =
  | { readonly kind: 'settled'; readonly position: number }
  | { readonly kind: 'refused'; readonly code: string }

/** A node as its carrier, its service and the oracles see it. */
export interface DrivenNode {
  readonly parts: NodeParts
  readonly name: string
  readonly party: string
  readonly random: Random
  readonly store: Store
  readonly reading: Reading
  readonly core: CoreState
  readonly up: boolean
  /** How often it has started. */
  readonly incarnation: number
  /** Unix milliseconds, by the node's own clock. */
  clock(): number
  trace(line: string): void
  /** Does something a little later, unless the node has died by then. */
  later(median: number, run: () => void | Promise<void>): void
  dispatch(event: CoreEvent): void
  arrive(work: Arrival | BodyArrival, hear: (outcome: Outcome) => void): void
}

/** Who is told what a node does, to hold it against the rules. */
export interface Observer {
  signed(node: DrivenNode, origin: string, head: SignedHead): void
  receipted(node: DrivenNode, origin: string, head: Head & { readonly time: number }): void
  /** The author holds a member's receipt for so many entries. */
  delivered(node: DrivenNode, party: string, origin: string, size: number): void
  forkProven(node: DrivenNode, origin: string, proof: Uint8Array): void | Promise<void>
  alarmed(node: DrivenNode, code: string, origin: string): void
  /** Everything that can be judged has been judged. */
  read(node: DrivenNode): void
}

/** When a node dies of itself. */
export interface Fate {
  /** Asked before every effect. */
  diesAt(effect: Effect): boolean
  /** Asked at every sync: a failed one ends the process. */
  failsToSync(): boolean
  died(node: DrivenNode): void
}

export interface NodeParts {
  readonly world: World
  readonly network: Network
  readonly cast: Cast
  readonly self: SimulatedParty
  /** Tells two nodes of one party apart. */
  readonly name: string
  readonly disk: Disk
  readonly kept: KeptLogs
  readonly behaviour: Behaviour
  readonly bug: BugName | undefined
  readonly observer: Observer
  readonly fate: Fate
}
