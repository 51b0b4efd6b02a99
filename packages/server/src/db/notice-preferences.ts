// How each account wants to be told, and when its next digest is due.

import { checkLimit } from './page.ts'
import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface NoticePreferences {
  readonly account: string
  readonly mail: 'never' | 'digest' | 'each'
  readonly address: string | null
  readonly language: 'en' | 'zh-Hans'
  readonly timeZone: string
  /** Minute of the local day. */
  readonly digestMinute: number
  /** Every request, and not only those assigned or watched. */
  readonly everyRequest: boolean
  /** When the next digest goes (Unix milliseconds); null for none. */
  readonly digestNext: number | null
}

interface Row {
  account: string
  mail: 'never' | 'digest' | 'each'
  address: string | null
  language: string
  time_zone: string
  digest_minute: number
  every_request: number
  digest_next: number | null
}

function parseRow(row: Row): NoticePreferences {
  return {
    account: row.account,
    mail: row.mail,
    address: row.address,
    language: row.language === 'zh-Hans' ? 'zh-Hans' : 'en',
    timeZone: row.time_zone,
    digestMinute: row.digest_minute,
    everyRequest: row.every_request === 1,
    digestNext: row.digest_next,
  }
}

export function putPreferences(preferences: NoticePreferences): Statement {
  const values: Row = {
    account: preferences.account,
    mail: preferences.mail,
    address: preferences.address,
    language: preferences.language,
    time_zone: preferences.timeZone,
    digest_minute: preferences.digestMinute,
    every_request: preferences.everyRequest ? 1 : 0,
    digest_next: preferences.digestNext,
  }
  const { account: _, ...rest } = values
  return write((db) =>
    db
      .insertInto('notice_preferences')
      .values(values)
      .onConflict((conflict) => conflict.column('account').doUpdateSet(rest)),
  )
}

export async function readPreferences(reader: Reader, account: string): Promise<NoticePreferences | undefined> {
  const row = await reader
    .selectFrom('notice_preferences')
    .selectAll()
    .where('account', '=', account)
    .executeTakeFirst()
  return row === undefined ? undefined : parseRow(row)
}

/** Whoever gets a mail each time. */
export async function listMailEach(reader: Reader): Promise<NoticePreferences[]> {
  const rows = await reader
    .selectFrom('notice_preferences')
    .selectAll()
    .where('mail', '=', 'each')
    .where('address', 'is not', null)
    .orderBy('account')
    .execute()
  return rows.map(parseRow)
}

/** Whoever wants mail at all. */
export async function listMailWanted(reader: Reader): Promise<NoticePreferences[]> {
  const rows = await reader
    .selectFrom('notice_preferences')
    .selectAll()
    .where('mail', '<>', 'never')
    .where('address', 'is not', null)
    .orderBy('account')
    .execute()
  return rows.map(parseRow)
}

/** Whose digest is due, the longest due first. @throws DatabaseError `db.limit` */
export async function listDueDigests(
  reader: Reader,
  query: { readonly now: number; readonly limit: number },
): Promise<NoticePreferences[]> {
  const rows = await reader
    .selectFrom('notice_preferences')
    .selectAll()
    .where('digest_next', '<=', query.now)
    .orderBy('digest_next')
    .orderBy('account')
    .limit(checkLimit(query.limit))
    .execute()
  return rows.map(parseRow)
}

export function putNextDigest(account: string, digestNext: number): Statement {
  return write((db) =>
    db.updateTable('notice_preferences').set({ digest_next: digestNext }).where('account', '=', account),
  )
}
