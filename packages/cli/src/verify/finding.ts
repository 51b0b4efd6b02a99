// What the verification of one file found: facts with their counts, and everything that does not hold, by code and place.

import type { WordKey } from '../words/en.ts'
import type { FileKind } from './recognise.ts'

/** Facts and counts have their words beside those of the rest. */
export type FactName = Extract<WordKey, `fact.${string}`> extends `fact.${infer Name}` ? Name : never
export type CountName = Extract<WordKey, `count.${string}`> extends `count.${infer Name}` ? Name : never
export type Facts = { readonly [Name in FactName]?: string }
export type Counts = { readonly [Name in CountName]?: number }

export interface Failure {
  /** A code of the record, or one of `verify.*`. */
  readonly code: string
  /** The part of the file, in words of the format: an origin and an index, a digest. */
  readonly where: string
  readonly detail: string
}

export interface Finding {
  readonly kind: FileKind | 'unknown'
  /** Names and digests that were proven. */
  readonly facts: Facts
  readonly counts: Counts
  /** Entries that are in their logs and have no effect, with the reason: no failure of the file. */
  readonly ineffective: readonly Failure[]
  readonly failures: readonly Failure[]
}

/** A finding of a file that does not verify at all. */
export function refused(kind: Finding['kind'], code: string, where: string, detail: string): Finding {
  return { kind, facts: {}, counts: {}, ineffective: [], failures: [{ code, where, detail }] }
}
