// Whose the official keys in our governance log are. What an official may decide is in the log and only there.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredOfficial {
  readonly official: string
  readonly account: string
  /** The credential id of the passkey that is this key; null for a key kept by other means. */
  readonly passkey: string | null
  /** Unix milliseconds. */
  readonly enrolled: number
}

/** Refused (`db.conflict`) when the key has an owner already. */
export function addOfficial(official: StoredOfficial): Statement {
  return write((db) => db.insertInto('officials').values(official))
}

/** All that were ever linked, or those of one account. */
export function listStoredOfficials(reader: Reader, account?: string): Promise<StoredOfficial[]> {
  const query = reader
    .selectFrom('officials')
    .select(['official', 'account', 'passkey', 'enrolled'])
    .orderBy('enrolled')
    .orderBy('official')
  return (account === undefined ? query : query.where('account', '=', account)).execute()
}
