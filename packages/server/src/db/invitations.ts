// Invitations: links that let one person enrol once. Only the hash of a link's code is kept.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Invitation {
  /** SHA-256 of the code. */
  readonly hash: Uint8Array
  readonly account: string
  /** Unix milliseconds, as all times here. */
  readonly created: number
  readonly expires: number
  readonly used: number | null
}

export function addInvitation(invitation: Omit<Invitation, 'used'>): Statement {
  return write((db) => db.insertInto('invitations').values({ ...invitation, used: null }))
}

/** Refused (`db.conflict`) when it is unknown, used or expired: of two who use it at once, one does. */
export function useInvitation(hash: Uint8Array, at: number): Statement {
  return write(
    (db) =>
      db
        .updateTable('invitations')
        .set({ used: at })
        .where('hash', '=', hash)
        .where('used', 'is', null)
        .where('expires', '>', at),
    1,
  )
}

/** Ends the invitations of an account that nobody has used. */
export function endInvitations(account: string, at: number): Statement {
  return write((db) =>
    db.updateTable('invitations').set({ used: at }).where('account', '=', account).where('used', 'is', null),
  )
}

export function readInvitation(reader: Reader, hash: Uint8Array): Promise<Invitation | undefined> {
  return reader
    .selectFrom('invitations')
    .select(['hash', 'account', 'created', 'expires', 'used'])
    .where('hash', '=', hash)
    .executeTakeFirst()
}
