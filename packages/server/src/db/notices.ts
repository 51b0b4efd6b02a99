// Notices that are still to be sent. What calls for one and the notice itself are one transaction, so a crash loses none;
// one that was sent and not yet taken out goes once more, under the same id.

import { checkLimit } from './page.ts'
import { insertRows, write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Notice {
  /** Goes along with the notice: whoever gets it twice can tell. */
  readonly id: string
  readonly way: 'mail' | 'webhook'
  /** An account, or the id of a webhook. */
  readonly target: string
  /** What the mail is about, as JSON. Never anything of a request. */
  readonly message: string
  /** Unix milliseconds. */
  readonly created: number
  readonly attempts: number
  readonly nextAttempt: number
  readonly lastError: string | null
}

const insertNotices = insertRows(
  'notices',
  ['id', 'way', 'target', 'message', 'created', 'attempts', 'next_attempt', 'last_error'],
  (insert) => insert.onConflict((conflict) => conflict.column('id').doNothing()),
)

/** Puts notices that are to be sent at once; one whose id waits already changes nothing. */
export function addNotices(
  notices: readonly Pick<Notice, 'id' | 'way' | 'target' | 'message' | 'created'>[],
): Statement[] {
  return insertNotices(
    notices.map((notice) => ({ ...notice, attempts: 0, next_attempt: notice.created, last_error: null })),
  )
}

/** Notices whose time has come, the longest due first. @throws DatabaseError `db.limit` */
export function listDueNotices(
  reader: Reader,
  query: { readonly now: number; readonly limit: number },
): Promise<Notice[]> {
  return reader
    .selectFrom('notices')
    .select([
      'id',
      'way',
      'target',
      'message',
      'created',
      'attempts',
      'next_attempt as nextAttempt',
      'last_error as lastError',
    ])
    .where('next_attempt', '<=', query.now)
    .orderBy('next_attempt')
    .orderBy('id')
    .limit(checkLimit(query.limit))
    .execute()
}

/** It was sent, or is given up. */
export function removeNotice(id: string): Statement {
  return write((db) => db.deleteFrom('notices').where('id', '=', id))
}

export function postponeNotice(id: string, attempts: number, nextAttempt: number, lastError: string): Statement {
  return write((db) =>
    db.updateTable('notices').set({ attempts, next_attempt: nextAttempt, last_error: lastError }).where('id', '=', id),
  )
}
