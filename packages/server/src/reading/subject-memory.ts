// The valid acts of the subjects that were read or written last, so that what many entries are judged by is not read from
// the database and parsed with every batch. Only this process writes, so what is remembered is what is stored.

import type { Act } from '@parley/mechanism'
import type { Reader } from '../db/statement.ts'
import { readSubjects, subjectsPerReadMax } from '../db/subjects.ts'

/** Acts of all subjects together; about a kilobyte each. */
const actsRememberedMax = 16_384

/** A subject and its valid acts, of which there are none where it is not known. */
export interface SubjectActs {
  readonly channel: string
  readonly subject: string
  readonly acts: readonly Act[]
}

export interface SubjectMemory {
  /** The acts of subjects of one channel. */
  load(channel: string, subjects: Iterable<string>): Promise<ReadonlyMap<string, readonly Act[]>>
  /** Follows a subject whose new acts have become durable. */
  settle(changed: SubjectActs): void
}

export function createSubjectMemory(reader: Reader): SubjectMemory {
  /** By channel, then by subject. */
  const remembered = new Map<string, Map<string, readonly Act[]>>()
  let count = 0

  function forget(of: Map<string, readonly Act[]>, subject: string): void {
    const acts = of.get(subject)
    if (acts === undefined) return
    count -= weigh(acts)
    of.delete(subject)
  }

  function remember({ acts, channel, subject }: SubjectActs): void {
    const of = remembered.get(channel) ?? new Map<string, readonly Act[]>()
    remembered.set(channel, of)
    forget(of, subject)
    of.set(subject, acts)
    count += weigh(acts)
    // What was used longest ago leaves first, of this channel as long as it has any.
    while (count > actsRememberedMax) {
      const fullest = of.size > 0 ? of : [...remembered.values()].find(({ size }) => size > 0)!
      forget(fullest, fullest.keys().next().value!)
    }
  }

  return {
    settle: remember,
    async load(channel, subjects) {
      const found = new Map<string, readonly Act[]>()
      const unknown: string[] = []
      for (const subject of subjects) {
        const acts = remembered.get(channel)?.get(subject)
        if (acts === undefined) unknown.push(subject)
        else found.set(subject, acts)
      }
      for (const subject of unknown) found.set(subject, [])
      for (let start = 0; start < unknown.length; start += subjectsPerReadMax) {
        const rows = await readSubjects(reader, channel, unknown.slice(start, start + subjectsPerReadMax))
        for (const row of rows) found.set(row.id, JSON.parse(row.acts) as Act[])
      }
      for (const [subject, acts] of found) remember({ channel, subject, acts })
      return found
    },
  }
}

/** A subject that has no acts takes room as well. */
function weigh(acts: readonly Act[]): number {
  return acts.length + 1
}
