// How far each peer has got with each log that goes to it, and when it is tried next. It survives a restart so that a
// restart does not deliver everything again; whatever it says, the peer's own answer decides.

import { checkLimit } from './page.ts'
import { insertRows } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Delivery {
  readonly peer: string
  readonly log: number
  /** Entries the peer said it holds: where the next delivery begins. */
  readonly have: number
  /** Entries under its newest mirror cosignature. */
  readonly receipted: number
  /** Failures since the last answer. */
  readonly attempts: number
  /** Unix milliseconds before which nothing is sent. */
  readonly nextAttempt: number
  readonly lastError: string | null
}

const columns = [
  'outbox.peer',
  'outbox.log',
  'outbox.have',
  'outbox.receipted',
  'outbox.attempts',
  'outbox.next_attempt as nextAttempt',
  'outbox.last_error as lastError',
] as const

const upsertRows = insertRows(
  'outbox',
  ['peer', 'log', 'have', 'receipted', 'attempts', 'next_attempt', 'last_error'],
  (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(['peer', 'log']).doUpdateSet({
        have: (row) => row.ref('excluded.have'),
        receipted: (row) => row.ref('excluded.receipted'),
        attempts: (row) => row.ref('excluded.attempts'),
        next_attempt: (row) => row.ref('excluded.next_attempt'),
        last_error: (row) => row.ref('excluded.last_error'),
      }),
    ),
)

/** Puts where deliveries stand, no peer and log twice. */
export function putDeliveries(deliveries: readonly Delivery[]): Statement[] {
  return upsertRows(
    deliveries.map(({ nextAttempt, lastError, ...delivery }) => ({
      ...delivery,
      next_attempt: nextAttempt,
      last_error: lastError,
    })),
  )
}

/** All deliveries of one peer, by log. */
export function listDeliveries(reader: Reader, peer: string): Promise<Delivery[]> {
  return reader.selectFrom('outbox').select(columns).where('peer', '=', peer).orderBy('log').execute()
}

/** Deliveries whose log has grown beyond the receipt and whose time has come, the longest due first. @throws DatabaseError `db.limit` */
export function listDueDeliveries(
  reader: Reader,
  query: { readonly now: number; readonly limit: number },
): Promise<Delivery[]> {
  return reader
    .selectFrom('outbox')
    .innerJoin('logs', 'logs.id', 'outbox.log')
    .select(columns)
    .where('outbox.next_attempt', '<=', query.now)
    .whereRef('outbox.receipted', '<', 'logs.size')
    .orderBy('outbox.next_attempt')
    .orderBy('outbox.peer')
    .orderBy('outbox.log')
    .limit(checkLimit(query.limit))
    .execute()
}
