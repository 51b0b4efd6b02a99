// Addresses of calendars of deadlines. Only the hash of the secret in an address is kept.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

/** Makes a feed and ends the account's others. `created` in Unix milliseconds. */
export function replaceCalendarFeed(account: string, hash: Uint8Array, created: number): Statement[] {
  return [
    endCalendarFeeds(account, created),
    write((db) => db.insertInto('calendar_feeds').values({ hash, account, created, revoked: null })),
  ]
}

export function endCalendarFeeds(account: string, revoked: number): Statement {
  return write((db) =>
    db.updateTable('calendar_feeds').set({ revoked }).where('account', '=', account).where('revoked', 'is', null),
  )
}

/** Whose feed it is, unless it has ended. */
export async function readCalendarFeed(reader: Reader, hash: Uint8Array): Promise<string | undefined> {
  const row = await reader
    .selectFrom('calendar_feeds')
    .select('account')
    .where('hash', '=', hash)
    .where('revoked', 'is', null)
    .executeTakeFirst()
  return row?.account
}
