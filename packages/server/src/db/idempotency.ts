// Which entry a client's key led to, so that a request that is sent again after a lost answer finds its first outcome. The
// key is written in the batch of the entry: both are there or neither.

import { insertRows, write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Idempotency {
  /** The client's key together with whose it is. */
  readonly key: string
  readonly log: number
  readonly position: number
  /** Unix milliseconds. */
  readonly created: number
}

/** Refused (`db.conflict`) when a key is taken. */
export const takeIdempotencyKeys: (keys: readonly Idempotency[]) => Statement[] = insertRows('idempotency', [
  'key',
  'log',
  'position',
  'created',
])

export function readIdempotencyKey(reader: Reader, key: string): Promise<Idempotency | undefined> {
  return reader
    .selectFrom('idempotency')
    .select(['key', 'log', 'position', 'created'])
    .where('key', '=', key)
    .executeTakeFirst()
}

/** Forgets keys that were taken before `created` (Unix milliseconds). */
export function forgetIdempotencyKeys(created: number): Statement {
  return write((db) => db.deleteFrom('idempotency').where('created', '<', created))
}
