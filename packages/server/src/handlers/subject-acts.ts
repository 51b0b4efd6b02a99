// The computed state of one subject and the acts that rules look at.

import type { Act, SubjectState } from '@parley/mechanism'
import { readSubjects } from '../db/subjects.ts'
import type { Subject } from '../db/subjects.ts'
import type { ParleyNode } from '../node.ts'

export interface SubjectFound {
  readonly row: Subject | undefined
  readonly state: SubjectState | undefined
  readonly acts: readonly Act[]
  readonly agreement: readonly Act[]
}

/** Reads a subject and, with it, the acts of the agreement. Without a subject, the agreement alone. */
export async function readSubject(node: ParleyNode, channel: string, subject?: string): Promise<SubjectFound> {
  const ids = subject === undefined ? ['agreement'] : [...new Set([subject, 'agreement'])]
  const rows = await readSubjects(node.database.reader, channel, ids)
  const parse = (row: Subject | undefined): readonly Act[] => (row === undefined ? [] : (JSON.parse(row.acts) as Act[]))
  const row = rows.find(({ id }) => id === subject)
  return {
    row,
    state: row === undefined ? undefined : (JSON.parse(row.state) as SubjectState),
    acts: parse(row),
    agreement: parse(rows.find(({ id }) => id === 'agreement')),
  }
}
