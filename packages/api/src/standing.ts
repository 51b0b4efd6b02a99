// How far an entry has got, what it was judged to be, and how entries are pointed at. The words are the record's;
// nothing here is ever rounded up.

import { code, digest, logId, moment, size } from './identifiers.ts'
import { z } from './zod.ts'

/** One entry: its log, its place there, and its digest. */
export const entryReference = z.strictObject({ log: logId, position: size, digest })
export type EntryReference = z.output<typeof entryReference>

/** Durable here; under our signed checkpoint; seen by the neutral quorum; held by the other side; opened by it. */
export const standingLevels = ['recorded', 'published', 'witnessed', 'delivered', 'opened'] as const

export const standing = z.strictObject({
  level: z.enum(standingLevels),
  /** When this node first knew the entry to stand at this level. */
  since: moment,
})
export type Standing = z.output<typeof standing>

/** `waiting`: what the entry had seen is not replicated here yet. `unknown`: its type is not known to this version. */
export const verdict = z.enum(['valid', 'invalid', 'unknown', 'waiting'])
export type Verdict = z.output<typeof verdict>

/** What became of an entry that was just handed in. `code` says why it is invalid. */
export const recorded = z.strictObject({
  entry: entryReference,
  verdict,
  code: code.optional(),
  standing,
})
export type Recorded = z.output<typeof recorded>
