// Every distinct signed head ever seen of each log, from whomever. Two heads of one size with different roots are a fork,
// so none is ever forgotten.

import { checkLimit } from './page.ts'
import { insertRows } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface SeenHead {
  readonly log: number
  readonly size: number
  readonly root: Uint8Array
  /** The signed checkpoint as it was first received. */
  readonly note: Uint8Array
  /** Unix milliseconds. */
  readonly found: number
}

/** Remembers heads whose author's signature was verified; those that are known already stay as they are. */
export const rememberHeads: (heads: readonly SeenHead[]) => Statement[] = insertRows(
  'heads',
  ['log', 'size', 'root', 'note', 'found'],
  (insert) => insert.onConflict((conflict) => conflict.columns(['log', 'size', 'root']).doNothing()),
)

/** The heads of one size; more than one is a fork. */
export function readHeads(reader: Reader, log: number, size: number): Promise<SeenHead[]> {
  return reader
    .selectFrom('heads')
    .select(['log', 'size', 'root', 'note', 'found'])
    .where('log', '=', log)
    .where('size', '=', size)
    .orderBy('root')
    .execute()
}

/** Heads of a log from the largest down, below size `below`. @throws DatabaseError `db.limit` */
export function listHeads(
  reader: Reader,
  query: { readonly log: number; readonly below?: number; readonly limit: number },
): Promise<SeenHead[]> {
  let select = reader.selectFrom('heads').select(['log', 'size', 'root', 'note', 'found']).where('log', '=', query.log)
  if (query.below !== undefined) select = select.where('size', '<', query.below)
  return select.orderBy('size', 'desc').orderBy('root').limit(checkLimit(query.limit)).execute()
}
