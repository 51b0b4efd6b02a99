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
  const remembered = new Map<string, readonly Act[]>()
  let count = 0

  function forget(name: string): void {
    const acts = remembered.get(name)
    if (acts === undefined) return
    count -= weigh(acts)
    remembered.delete(name)
  }

  function remember({ acts, channel, subject }: SubjectActs): void {
    const name = `${channel} ${subject}`
    forget(name)
    remembered.set(name, acts)
    count += weigh(acts)
    // The one that was used longest ago leaves first.
    while (count > actsRememberedMax) forget(remembered.keys().next().value!)
  }

  return {
    settle: remember,
    async load(channel, subjects) {
      const found = new Map<string, readonly Act[]>()
      const unknown: string[] = []
      for (const subject of subjects) {
        const acts = remembered.get(`${channel} ${subject}`)
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
