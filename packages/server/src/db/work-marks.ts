// What people have to do with requests: who has one, who watches it, how far each has read. It is the node's own business
// and in no log.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Assignment {
  readonly channel: string
  readonly subject: string
  readonly account: string
  readonly assignedBy: string
  /** Unix milliseconds. */
  readonly assigned: number
}

/** Gives a request to somebody, whoever had it before. */
export function assign({ assignedBy, ...assignment }: Assignment): Statement[] {
  const { account, channel, subject } = assignment
  return [
    write((db) =>
      db
        .insertInto('assignments')
        .values({ ...assignment, assigned_by: assignedBy })
        .onConflict((conflict) =>
          conflict.columns(['channel', 'subject']).doUpdateSet({
            account: (row) => row.ref('excluded.account'),
            assigned_by: (row) => row.ref('excluded.assigned_by'),
            assigned: (row) => row.ref('excluded.assigned'),
          }),
        ),
    ),
    noteAssigned(channel, subject, account),
  ]
}

export function unassign(channel: string, subject: string): Statement[] {
  return [
    write((db) => db.deleteFrom('assignments').where('channel', '=', channel).where('subject', '=', subject)),
    noteAssigned(channel, subject, null),
  ]
}

/** Puts into every row of a subject who has it, as `assignments` says. */
export function restateAssigned(): Statement {
  return write((db) =>
    db.updateTable('subjects').set(({ selectFrom }) => ({
      assigned: selectFrom('assignments')
        .select('assignments.account')
        .whereRef('assignments.channel', '=', 'subjects.channel')
        .whereRef('assignments.subject', '=', 'subjects.id'),
    })),
  )
}

/** Lists filter by it, so it stands in the row that they read as well. */
function noteAssigned(channel: string, subject: string, account: string | null): Statement {
  return write((db) =>
    db.updateTable('subjects').set({ assigned: account }).where('channel', '=', channel).where('id', '=', subject),
  )
}

export async function readAssigned(reader: Reader, channel: string, subject: string): Promise<string | undefined> {
  const row = await reader
    .selectFrom('assignments')
    .select('account')
    .where('channel', '=', channel)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.account
}

/** Watching what one watches already changes nothing. */
export function watch(account: string, channel: string, subject: string): Statement {
  return write((db) =>
    db
      .insertInto('watches')
      .values({ account, channel, subject })
      .onConflict((conflict) => conflict.columns(['account', 'channel', 'subject']).doNothing()),
  )
}

export function unwatch(account: string, channel: string, subject: string): Statement {
  return write((db) =>
    db
      .deleteFrom('watches')
      .where('account', '=', account)
      .where('channel', '=', channel)
      .where('subject', '=', subject),
  )
}

/** How many subjects an account watches, counted as far as `max`. */
export async function countWatched(reader: Reader, account: string, max: number): Promise<number> {
  const rows = await reader.selectFrom('watches').select('subject').where('account', '=', account).limit(max).execute()
  return rows.length
}

/** The accounts that watch a subject, in order. */
export async function listWatchers(reader: Reader, channel: string, subject: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('watches')
    .select('account')
    .where('channel', '=', channel)
    .where('subject', '=', subject)
    .orderBy('account')
    .execute()
  return rows.map(({ account }) => account)
}

/** Notes that an account has read a subject up to its change number. */
export function markRead(account: string, channel: string, subject: string, changed: number): Statement {
  return write((db) =>
    db
      .insertInto('read_marks')
      .values({ account, channel, subject, changed })
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'channel', 'subject'])
          .doUpdateSet({ changed: (row) => row.ref('excluded.changed') }),
      ),
  )
}
