// Computes rows of subjects again that older code computed: the acts stay, what is made of them is of today. Done before a
// node reads anything new.

import type { Act, Pack } from '@parley/mechanism'
import type { Database } from '../db/database.ts'
import { pageRowsMax } from '../db/page.ts'
import { putTies } from '../db/request-ties.ts'
import { listStaleSubjects, putSubjects, readNewestChange, readSubjects } from '../db/subjects.ts'
import type { Registry } from '../log/registry.ts'
import { composeSubjectRow, projectionVersion } from './subject-row.ts'
import { listTies } from './ties.ts'

export async function refreshSubjects(
  { reader, writer }: Pick<Database, 'reader' | 'writer'>,
  registry: Registry,
  pack: (digest: string) => Pack | undefined,
): Promise<void> {
  let changed = await readNewestChange(reader)
  for (;;) {
    const stale = await listStaleSubjects(reader, { projection: projectionVersion, limit: pageRowsMax })
    if (stale.length === 0) return
    const channels = [...new Set(stale.map(({ channel }) => channel))]
    const agreements = new Map<string, readonly Act[]>()
    for (const channel of channels) {
      const [row] = await readSubjects(reader, channel, ['agreement'])
      agreements.set(channel, row === undefined ? [] : (JSON.parse(row.acts) as Act[]))
    }
    const rows = stale.map(({ acts, channel, id }) => {
      const { parties } = registry.channel(channel)
      const context = { parties, agreement: agreements.get(channel)!, pack }
      return composeSubjectRow(channel, id, JSON.parse(acts) as Act[], context, ++changed)
    })
    await writer.commit([...putSubjects(rows), ...putTies(rows.flatMap(listTies))])
  }
}
