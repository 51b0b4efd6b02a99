// Changes of accounts that need a second administrator: proposed by one, settled by another.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface AccountChange {
  readonly id: string
  readonly kind: string
  readonly account: string
  /** JSON. */
  readonly data: string
  /** The account that proposed it. */
  readonly proposedBy: string
  /** Unix milliseconds, as all times here. */
  readonly proposed: number
  readonly expires: number
}

/** Open changes that one list shows. */
const openChangesMax = 200

const columns = ['id', 'kind', 'account', 'data', 'proposed_by as proposedBy', 'proposed', 'expires'] as const

export function addAccountChange({ proposedBy, ...change }: AccountChange): Statement {
  return write((db) =>
    db
      .insertInto('account_changes')
      .values({ ...change, proposed_by: proposedBy, settled: null, settled_by: null, outcome: null }),
  )
}

/** Refused (`db.conflict`) when it is settled, has expired, or is approved by whoever proposed it. */
export function settleAccountChange(
  id: string,
  settled: { readonly by: string; readonly at: number; readonly outcome: 'applied' | 'rejected' },
): Statement {
  return write(
    (db) =>
      db
        .updateTable('account_changes')
        .set({ settled: settled.at, settled_by: settled.by, outcome: settled.outcome })
        .where('id', '=', id)
        .where('settled', 'is', null)
        .where('expires', '>', settled.at),
    1,
  )
}

/** Changes of one kind that were approved since a time (Unix milliseconds), with when that was. */
export function listAppliedChanges(
  reader: Reader,
  kind: string,
  since: number,
): Promise<(AccountChange & { readonly settled: number })[]> {
  return reader
    .selectFrom('account_changes')
    .select(columns)
    .select('settled')
    .where('kind', '=', kind)
    .where('outcome', '=', 'applied')
    .where('settled', '>=', since)
    .orderBy('settled')
    .$narrowType<{ settled: number }>()
    .execute()
}

/** Changes that wait at a time (Unix milliseconds), oldest first. */
export function listOpenChanges(reader: Reader, at: number): Promise<AccountChange[]> {
  return reader
    .selectFrom('account_changes')
    .select(columns)
    .where('settled', 'is', null)
    .where('expires', '>', at)
    .orderBy('proposed')
    .orderBy('id')
    .limit(openChangesMax)
    .execute()
}
