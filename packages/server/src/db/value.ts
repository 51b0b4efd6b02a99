// What may stand in a column: the values that SQLite and PostgreSQL keep alike. Whatever only one of the two would
// take, or would change on the way (a fraction, NUL in text, a lone surrogate), is refused before it reaches either.

import { DatabaseError } from './error.ts'

export type Value = null | number | string | Uint8Array

/**
 * The parameters of a statement, unchanged.
 * @throws DatabaseError `db.value` for anything that is not null, a safe integer, well-formed text or bytes.
 */
export function checkValues(values: readonly unknown[]): readonly Value[] {
  for (const value of values) {
    if (value === null || value instanceof Uint8Array) continue
    if (typeof value === 'number' && Number.isSafeInteger(value)) continue
    if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) continue
    throw new DatabaseError('db.value', `a ${typeof value} that the store does not keep`)
  }
  return values as readonly Value[]
}
