// Filters that people keep under a name, each their own.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

/** Filters that one account keeps at the most. */
export const savedFiltersMax = 50

export interface SavedFilter {
  readonly name: string
  /** JSON, in the shape of the contract. */
  readonly filter: string
}

/** Keeps a filter in place of the one of the same name. `saved` in Unix milliseconds. */
export function saveFilter(account: string, { filter, name }: SavedFilter, saved: number): Statement {
  return write((db) =>
    db
      .insertInto('saved_filters')
      .values({ account, name, filter, saved })
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'name'])
          .doUpdateSet({ filter: (row) => row.ref('excluded.filter'), saved: (row) => row.ref('excluded.saved') }),
      ),
  )
}

/** Refused (`db.conflict`) when there is none of that name. */
export function removeFilter(account: string, name: string): Statement {
  return write((db) => db.deleteFrom('saved_filters').where('account', '=', account).where('name', '=', name), 1)
}

export function listFilters(reader: Reader, account: string): Promise<SavedFilter[]> {
  return reader
    .selectFrom('saved_filters')
    .select(['name', 'filter'])
    .where('account', '=', account)
    .orderBy('name')
    .limit(savedFiltersMax)
    .execute()
}
