// Cosignatures over the logs kept here, each kept for good, because the earliest one over an entry bounds its time. The
// newest of each cosigner stands in a table of its own, because heartbeats pile up and the newest is asked for all day.

import { checkLimit, pageRowsMax } from './page.ts'
import { insertRows } from './statement.ts'
import type { CosignerRole } from './schema.ts'
import type { Reader, Statement } from './statement.ts'

export interface Cosignature {
  readonly log: number
  /** The name of the cosigner's key. */
  readonly cosigner: string
  readonly role: CosignerRole
  readonly size: number
  readonly root: Uint8Array
  /** Unix seconds, as the cosigner stated it. */
  readonly time: number
  readonly signature: Uint8Array
}

const columns = ['log', 'cosigner', 'role', 'size', 'root', 'time', 'signature'] as const

const insertEach = insertRows('cosignatures', columns, (insert) =>
  insert.onConflict((conflict) => conflict.columns(['log', 'cosigner', 'role', 'size', 'time']).doNothing()),
)

const replaceOlder = insertRows('newest_cosignatures', columns, (insert) =>
  insert.onConflict((conflict) =>
    conflict
      .columns(['log', 'cosigner', 'role'])
      .doUpdateSet({
        size: (row) => row.ref('excluded.size'),
        root: (row) => row.ref('excluded.root'),
        time: (row) => row.ref('excluded.time'),
        signature: (row) => row.ref('excluded.signature'),
      })
      .where((where) =>
        where.or([
          where('excluded.size', '>', where.ref('newest_cosignatures.size')),
          where.and([
            where('excluded.size', '=', where.ref('newest_cosignatures.size')),
            where('excluded.time', '>', where.ref('newest_cosignatures.time')),
          ]),
        ]),
      ),
  ),
)

/** Keeps verified cosignatures. Those that are known change nothing. */
export function keepCosignatures(cosignatures: readonly Cosignature[]): Statement[] {
  // One by one: a statement may not update the same row twice, and two heads of one log may come together.
  return [...insertEach(cosignatures), ...cosignatures.flatMap((cosignature) => replaceOlder([cosignature]))]
}

/** The cosignature of each cosigner over the largest size of this log, the latest where there are several. */
export function listNewestCosignatures(reader: Reader, log: number): Promise<Cosignature[]> {
  return reader
    .selectFrom('newest_cosignatures')
    .select(columns)
    .where('log', '=', log)
    .orderBy('cosigner')
    .orderBy('role')
    .execute()
}

/**
 * The first cosignature of this cosigner over a head that covers `position`: the entry was there no later than its time.
 * Sizes and times grow together for an honest cosigner, so the smallest size is the earliest time.
 */
export function findFirstCosignature(
  reader: Reader,
  query: { readonly log: number; readonly cosigner: string; readonly role: CosignerRole; readonly position: number },
): Promise<Cosignature | undefined> {
  return reader
    .selectFrom('cosignatures')
    .select(columns)
    .where('log', '=', query.log)
    .where('cosigner', '=', query.cosigner)
    .where('role', '=', query.role)
    .where('size', '>', query.position)
    .orderBy('size')
    .orderBy('time')
    .limit(1)
    .executeTakeFirst()
}

/** Cosignatures over heads of exactly this size, by cosigner, role and time, as many as fit a page. */
export function listCosignatures(reader: Reader, log: number, size: number): Promise<Cosignature[]> {
  return reader
    .selectFrom('cosignatures')
    .select(columns)
    .where('log', '=', log)
    .where('size', '=', size)
    .orderBy('cosigner')
    .orderBy('role')
    .orderBy('time')
    .limit(pageRowsMax)
    .execute()
}

/** Cosignatures over a log from the newest down, `before` many of which are passed over. @throws DatabaseError `db.limit` */
export function listCosignaturesOfLog(
  reader: Reader,
  query: { readonly log: number; readonly before?: number; readonly limit: number },
): Promise<Cosignature[]> {
  return reader
    .selectFrom('cosignatures')
    .select(columns)
    .where('log', '=', query.log)
    .orderBy('time', 'desc')
    .orderBy('size', 'desc')
    .orderBy('cosigner')
    .offset(query.before ?? 0)
    .limit(checkLimit(query.limit))
    .execute()
}
