// Computes rows of subjects again that older code computed: the acts stay, what is made of them is of today. Done before a
// node reads anything new.

import type { Act } from '@parley/mechanism'
import type { Database } from '../db/database.ts'
import { pageRowsMax } from '../db/page.ts'
import { listStaleSubjects, putSubjects, readNewestChange } from '../db/subjects.ts'
import type { Registry } from '../log/registry.ts'
import { composeSubjectRow, projectionVersion } from './subject-row.ts'

export async function refreshSubjects(
  { reader, writer }: Pick<Database, 'reader' | 'writer'>,
  registry: Registry,
): Promise<void> {
  let changed = await readNewestChange(reader)
  for (;;) {
    const stale = await listStaleSubjects(reader, { projection: projectionVersion, limit: pageRowsMax })
    if (stale.length === 0) return
    const rows = stale.map(({ acts, channel, id }) =>
      composeSubjectRow(channel, id, JSON.parse(acts) as Act[], registry.channel(channel).parties, ++changed),
    )
    await writer.commit(putSubjects(rows))
  }
}
