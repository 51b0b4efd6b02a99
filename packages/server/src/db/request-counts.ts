// How many requests concern one account: what a digest says, and nothing else of them.

import { sql } from 'kysely'
import type { Reader } from './statement.ts'

export interface RequestCounts {
  readonly unread: number
  readonly assigned: number
  readonly due: number
}

/** `dueBy` in Unix milliseconds. */
export async function countRequests(
  reader: Reader,
  query: { readonly account: string; readonly channels: readonly string[]; readonly dueBy: number },
): Promise<RequestCounts> {
  const { account, channels, dueBy } = query
  if (channels.length === 0) return { unread: 0, assigned: 0, due: 0 }
  const requests = reader
    .selectFrom('subjects')
    .where('topic', '=', 'request')
    .where('subjects.channel', 'in', channels)
  const [unread, assigned, due] = await Promise.all([
    requests
      .leftJoin('read_marks', (join) =>
        join
          .on('read_marks.account', '=', account)
          .onRef('read_marks.channel', '=', 'subjects.channel')
          .onRef('read_marks.subject', '=', 'subjects.id'),
      )
      .where(sql<boolean>`coalesce(read_marks.changed, 0) < subjects.changed`)
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .executeTakeFirst(),
    requests
      .innerJoin('assignments', (join) =>
        join
          .on('assignments.account', '=', account)
          .onRef('assignments.channel', '=', 'subjects.channel')
          .onRef('assignments.subject', '=', 'subjects.id'),
      )
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .executeTakeFirst(),
    requests
      .where('due_at', '<=', dueBy)
      .select((expression) => expression.fn.countAll<number>().as('count'))
      .executeTakeFirst(),
  ])
  const numberOf = (row: { count: number } | undefined): number => Number(row?.count ?? 0)
  return { unread: numberOf(unread), assigned: numberOf(assigned), due: numberOf(due) }
}
