// What binds requests to each other, found from either end. All of it follows from the states of the requests.

import { padList } from './padded-list.ts'
import { pageRowsMax } from './page.ts'
import { insertRows } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

/** `matter`: the value is a keyed digest that both carry. Any other kind: it is the id of the request that is named. */
export type TieKind = 'matter' | 'earlier' | 'related' | 'converted'

export interface RequestTie {
  readonly channel: string
  readonly subject: string
  readonly kind: TieKind
  readonly value: string
}

/** Ties are only ever added: whatever was named stays named. */
export const putTies: (ties: readonly RequestTie[]) => Statement[] = insertRows(
  'request_ties',
  ['channel', 'subject', 'kind', 'value'],
  (insert) => insert.onConflict((conflict) => conflict.doNothing()),
)

/** How many digests another request of the channel shares with these. */
export interface SharedMatter {
  readonly subject: string
  readonly shared: number
}

/** The requests that carry one of the digests, those that share most first, then by id; at most a page of them. */
export async function listSharing(
  reader: Reader,
  channel: string,
  digests: readonly string[],
): Promise<readonly SharedMatter[]> {
  if (digests.length === 0) return []
  const rows = await reader
    .selectFrom('request_ties')
    .select((expression) => ['subject', expression.fn.countAll<number>().as('shared')])
    .where('channel', '=', channel)
    .where('value', 'in', padList(digests))
    .where('kind', '=', 'matter')
    .groupBy('subject')
    .orderBy('shared', 'desc')
    .orderBy('subject')
    .limit(pageRowsMax)
    .execute()
  return rows.map(({ shared, subject }) => ({ subject, shared: Number(shared) }))
}

/** The requests that name this one, and as what; at most a page of them. */
export function listNaming(
  reader: Reader,
  channel: string,
  id: string,
): Promise<readonly Pick<RequestTie, 'subject' | 'kind'>[]> {
  return reader
    .selectFrom('request_ties')
    .select(['subject', 'kind'])
    .where('channel', '=', channel)
    .where('value', '=', id)
    .where('kind', '!=', 'matter')
    .orderBy('subject')
    .orderBy('kind')
    .limit(pageRowsMax)
    .execute()
}

/** For each of these requests that shares a digest with others, with how many others. */
export async function countSharing(
  reader: Reader,
  channel: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('request_ties as own')
    .innerJoin('request_ties as other', (join) =>
      join.onRef('other.channel', '=', 'own.channel').onRef('other.value', '=', 'own.value'),
    )
    .select((expression) => ['own.subject', expression.fn.count<number>('other.subject').distinct().as('others')])
    .where('own.channel', '=', channel)
    .where('own.subject', 'in', padList(ids))
    .where('own.kind', '=', 'matter')
    .where('other.kind', '=', 'matter')
    .whereRef('other.subject', '!=', 'own.subject')
    .groupBy('own.subject')
    .execute()
  return new Map(rows.map(({ others, subject }) => [subject, Number(others)]))
}
