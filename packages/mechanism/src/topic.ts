// What a topic is: the types of its entries with their shapes and demands, its rules, and its view. Each topic is one file
// or folder; `mechanism.ts` holds the table of all of them.

import type { CanonicalObject } from '@parley/record'
import type { Act } from './act.ts'
import type { Code, Role } from './codes.ts'
import type { Pack } from './pack.ts'
import type { Shape } from './shape.ts'

/** Where an entry stands in its subject. */
export type Place =
  /** Founds a new subject, whose id is the entry's digest. */
  | 'founding'
  /** Names the subject it belongs to. */
  | 'following'
  /** Belongs to the one standing subject of its topic. */
  | 'standing'
  /** Belongs to the subject of the entry it speaks of: named like a following one, or standing by its data. */
  | 'attached'

/** Who must have approved an entry: this many officials, each with at least one of these roles in force. */
export interface Demand {
  readonly count: number
  readonly roles: readonly [Role, ...Role[]]
  /**
   * True for what commits the party to nothing of substance: whoever writes it may also approve it, at three in the morning.
   * The desk of the author keeps to this; a receiver cannot know who wrote an entry.
   */
  readonly alone?: true
}

/** One type of entry. */
export interface EntryType {
  readonly type: string
  readonly place: Place
  readonly shape: Shape<unknown>
  readonly demand: Demand
  readonly body: 'none' | 'optional' | 'required'
}

/** What somebody means to do: an act before it is an entry. */
export interface Intent {
  readonly party: string
  readonly type: string
  /** The subject id; absent when the act founds one. */
  readonly subject?: string
  readonly data: CanonicalObject
  /** Whether a sealed body goes with it. */
  readonly body: boolean
  readonly exercise: boolean
}

/** What its author has before them. Every act in it is valid and visible to the author. */
export interface Known {
  /** The parties of the channel, sorted. */
  readonly parties: readonly string[]
  /** The acts of the same subject. */
  readonly subject: readonly Act[]
  /** The acts of the standing subject `agreement`. */
  readonly agreement: readonly Act[]
  /** The pack with this digest, when it is at hand. */
  readonly pack: (digest: string) => Pack | undefined
}

export type TopicName = 'agreement' | 'directory' | 'erasure' | 'evidence' | 'hotline' | 'ping' | 'receipt' | 'request'

/** A topic: S is its state, R are the codes it refuses by. */
export interface Topic<S, R extends string> {
  readonly name: TopicName
  /** The id of the standing subject, for topics that have one. */
  readonly standing?: StandingSubject
  readonly types: readonly EntryType[]
  /** Why the intent may not be, or undefined when it may. The intent's data has the shape of its type. */
  readonly may: (intent: Intent, known: Known) => R | undefined
  /** The state of one subject, from its valid acts in any order. Acts of other topics are passed over. */
  readonly view: (acts: readonly Act[], parties: readonly string[]) => S
}

export type StandingSubject = Code<'standingSubject'>
