// Computes rows of subjects again that older code computed: the acts stay, what is made of them is of today. Done before a
// node reads anything new.

import type { Pack } from '@parley/mechanism'
import type { Database } from '../db/database.ts'
import { putTies } from '../db/request-ties.ts'
import { putSubjects, readNewestChange } from '../db/subjects.ts'
import type { Registry } from '../log/registry.ts'
import { listStaleActs } from './stale-acts.ts'
import { composeSubjectRow } from './subject-row.ts'
import { listTies } from './ties.ts'

export async function refreshSubjects(
  { reader, writer }: Pick<Database, 'reader' | 'writer'>,
  registry: Registry,
  pack: (digest: string) => Pack | undefined,
): Promise<void> {
  let changed = await readNewestChange(reader)
  for (;;) {
    const stale = await listStaleActs(reader)
    if (stale.length === 0) return
    const rows = stale.map(({ acts, agreement, channel, subject }) => {
      const { parties } = registry.channel(channel)
      return composeSubjectRow(channel, subject, acts, { parties, agreement, pack }, ++changed)
    })
    await writer.commit([...putSubjects(rows), ...putTies(rows.flatMap(listTies))])
  }
}
