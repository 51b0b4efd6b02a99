// Where what was read of subjects does not fit what it was read from. Nothing of it is evidence: all of it can be taken out
// and read again.

import { sql } from 'kysely'
import { pageRowsMax } from './page.ts'
import type { DialectName, Reader } from './statement.ts'

export interface TextFault {
  readonly channel: string
  readonly subject: string
  readonly fault: 'not in the index' | 'under another number' | 'title of an erased body' | 'assigned to another'
}

/** The first of each kind of fault, as many as fit a page. */
export async function listTextFaults(reader: Reader, dialect: DialectName): Promise<TextFault[]> {
  const key = dialect === 'sqlite' ? sql.ref('rowid') : sql.ref('document')
  const unindexed = await reader
    .selectFrom('texts')
    .select(['channel', 'subject'])
    .where('missing', '=', 0)
    .where(sql<boolean>`texts.document not in (select ${key} from search_text)`)
    .limit(pageRowsMax)
    .execute()
  const renumbered = await reader
    .selectFrom('texts')
    .leftJoin('subjects', (join) =>
      join.onRef('subjects.channel', '=', 'texts.channel').onRef('subjects.id', '=', 'texts.subject'),
    )
    .select(['texts.channel', 'texts.subject'])
    .where('subjects.document', 'is distinct from', (where) => where.ref('texts.document'))
    .limit(pageRowsMax)
    .execute()
  const kept = await reader
    .selectFrom('texts')
    .innerJoin('entries', 'entries.subject', 'texts.subject')
    .innerJoin('bodies', 'bodies.digest', 'entries.body_ciphertext')
    .select(['texts.channel', 'texts.subject'])
    .where('entries.type', '=', 'request.opened')
    .where('bodies.state', '=', 'erased')
    .where('texts.title', 'is not', null)
    .limit(pageRowsMax)
    .execute()
  const assigned = await reader
    .selectFrom('subjects')
    .leftJoin('assignments', (join) =>
      join.onRef('assignments.channel', '=', 'subjects.channel').onRef('assignments.subject', '=', 'subjects.id'),
    )
    .select(['subjects.channel', 'subjects.id as subject'])
    .where('subjects.assigned', 'is distinct from', (where) => where.ref('assignments.account'))
    .limit(pageRowsMax)
    .execute()
  const name = (rows: readonly Omit<TextFault, 'fault'>[], fault: TextFault['fault']): TextFault[] =>
    rows.map((row) => ({ ...row, fault }))
  return [
    ...name(unindexed, 'not in the index'),
    ...name(renumbered, 'under another number'),
    ...name(kept, 'title of an erased body'),
    ...name(assigned, 'assigned to another'),
  ]
}
