// The bound that every list shares.

import { DatabaseError } from './error.ts'

export const pageRowsMax = 200

/** The limit itself. @throws DatabaseError `db.limit` unless it is between 1 and `max` */
export function checkLimit(limit: number, max = pageRowsMax): number {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= max) return limit
  throw new DatabaseError('db.limit', `a page holds 1 to ${max} rows, not ${limit}`)
}
