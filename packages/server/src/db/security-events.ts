// The rows of the security log, in their order. What is hashed into each is not known here.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface SecurityEventRow {
  readonly number: number
  /** Unix milliseconds. */
  readonly at: number
  readonly kind: string
  readonly actor: string
  readonly account: string | null
  /** JSON. */
  readonly detail: string
  readonly previous: Uint8Array
  readonly digest: Uint8Array
}

const columns = ['number', 'at', 'kind', 'actor', 'account', 'detail', 'previous', 'digest'] as const

/** Refused (`db.conflict`) when the number is taken: then the log has grown meanwhile. */
export function addSecurityEvent(event: SecurityEventRow): Statement {
  return write((db) => db.insertInto('security_events').values(event))
}

export function readNewestSecurityEvent(reader: Reader): Promise<SecurityEventRow | undefined> {
  return reader.selectFrom('security_events').select(columns).orderBy('number', 'desc').limit(1).executeTakeFirst()
}

/** Events in rising order, from a number on. */
export function listSecurityEventsFrom(reader: Reader, from: number, limit: number): Promise<SecurityEventRow[]> {
  return reader
    .selectFrom('security_events')
    .select(columns)
    .where('number', '>=', from)
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** The details of the events of one kind by one actor since a time (Unix milliseconds), at most `limit`. */
export async function listEventDetails(
  reader: Reader,
  {
    actor,
    kind,
    limit,
    since,
  }: { readonly actor: string; readonly kind: string; readonly limit: number; readonly since: number },
): Promise<string[]> {
  const rows = await reader
    .selectFrom('security_events')
    .select('detail')
    .where('kind', '=', kind)
    .where('actor', '=', actor)
    .where('at', '>=', since)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ detail }) => detail)
}

/** The newest events first, before a number when one is given. */
export function listSecurityEvents(
  reader: Reader,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<SecurityEventRow[]> {
  const query = reader.selectFrom('security_events').select(columns).orderBy('number', 'desc').limit(limit)
  return (before === undefined ? query : query.where('number', '<', before)).execute()
}
