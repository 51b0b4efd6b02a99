// Entries as they stand in their logs, whatever their verdict. Bytes are never changed; a verdict is settled once.

import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import { checkLimit, pageRowsMax } from './page.ts'
import type { Schema, Verdict } from './schema.ts'
import { padList } from './padded-list.ts'
import { insertRows, writeOften } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

/** Entries that one read of bytes may ask for: with the largest entries, 16 MiB. */
export const entriesPerReadMax = 1024
/** Digests that one query may name. */
const digestsPerReadMax = 512

export interface StoredEntry {
  readonly log: number
  readonly position: number
  /** Null, like `type` and `at`, when the bytes are no entry. */
  readonly digest: Uint8Array | null
  readonly type: string | null
  /** The subject's id in hexadecimal (for a founding entry, its own digest) or the name of a standing subject. */
  readonly subject: string | null
  readonly at: number | null
  readonly verdict: Verdict
  /** Why it is not valid. */
  readonly code: string | null
  /** The digest of the sealed body that it commits to. */
  readonly bodyCiphertext: Uint8Array | null
  readonly bytes: Uint8Array
}

const columns = [
  'entries.log',
  'entries.position',
  'entries.digest',
  'entries.type',
  'entries.subject',
  'entries.at',
  'entries.verdict',
  'entries.code',
  'entries.body_ciphertext as bodyCiphertext',
  'entries.bytes',
] as const

const insertEntryRows = insertRows('entries', [
  'log',
  'position',
  'digest',
  'type',
  'subject',
  'at',
  'verdict',
  'code',
  'body_ciphertext',
  'bytes',
])

/** Adds entries, of one log or of several. `growLog` of each log belongs in the same batch. */
export function insertEntries(entries: readonly StoredEntry[]): Statement[] {
  return insertEntryRows(entries.map(({ bodyCiphertext, ...entry }) => ({ ...entry, body_ciphertext: bodyCiphertext })))
}

const updateVerdict = writeOften(
  (db, log: number, position: number, verdict: Verdict, code: string | null) =>
    db
      .updateTable('entries')
      .set({ verdict, code })
      .where('log', '=', log)
      .where('position', '=', position)
      .where('verdict', 'in', ['waiting', 'unknown']),
  1,
)

/** Settles an entry that was waiting or unknown. Refused (`db.conflict`) when it has a verdict: verdicts are final. */
export function settleVerdict(entry: Pick<StoredEntry, 'log' | 'position' | 'verdict' | 'code'>): Statement {
  return updateVerdict(entry.log, entry.position, entry.verdict, entry.code)
}

export interface Range {
  readonly log: number
  /** The first position. */
  readonly start: number
  /** The position behind the last. */
  readonly end: number
}

/** The entries of a range in order, fewer where the log is shorter. @throws DatabaseError `db.limit` */
export function readEntries(reader: Reader, range: Range): Promise<StoredEntry[]> {
  checkLimit(range.end - range.start, entriesPerReadMax)
  return reader
    .selectFrom('entries')
    .select(columns)
    .where('log', '=', range.log)
    .where('position', '>=', range.start)
    .where('position', '<', range.end)
    .orderBy('position')
    .execute()
}

/** As {@link readEntries}, but only their bytes. */
export async function readEntryBytes(reader: Reader, range: Range): Promise<Uint8Array[]> {
  checkLimit(range.end - range.start, entriesPerReadMax)
  const rows = await reader
    .selectFrom('entries')
    .select('bytes')
    .where('log', '=', range.log)
    .where('position', '>=', range.start)
    .where('position', '<', range.end)
    .orderBy('position')
    .execute()
  return rows.map(({ bytes }) => bytes)
}

/** Narrows to the logs of one channel: nothing of another channel can be reached by naming its digest. */
function inChannel(channel: string) {
  return (where: ExpressionBuilder<Schema, 'entries'>) =>
    where('entries.log', 'in', (db) => db.selectFrom('logs').select('logs.id').where('logs.channel', '=', channel))
}

/** Where an entry with this digest stands in the channel: more than once when its author appended it again. */
export function findEntries(reader: Reader, channel: string, digest: Uint8Array): Promise<StoredEntry[]> {
  return reader
    .selectFrom('entries')
    .select(columns)
    .where('digest', '=', digest)
    .where(inChannel(channel))
    .orderBy('log')
    .orderBy('position')
    .limit(pageRowsMax)
    .execute()
}

export interface Place {
  readonly log: number
  readonly position: number
}

/** Entries of the channel about one subject, by log and position, behind `after`. @throws DatabaseError `db.limit` */
export function listEntriesOfSubject(
  reader: Reader,
  query: { readonly channel: string; readonly subject: string; readonly after?: Place; readonly limit: number },
): Promise<StoredEntry[]> {
  const { after } = query
  let select = reader
    .selectFrom('entries')
    .select(columns)
    .where('subject', '=', query.subject)
    .where(inChannel(query.channel))
  if (after !== undefined) select = select.where((where) => behind(where, after))
  return select.orderBy('log').orderBy('position').limit(checkLimit(query.limit)).execute()
}

/** A page of a log from its newest entry down, before position `before`. @throws DatabaseError `db.limit` */
export function listEntries(
  reader: Reader,
  query: {
    readonly log: number
    readonly before?: number
    readonly type?: string
    readonly verdict?: Verdict
    readonly limit: number
  },
): Promise<StoredEntry[]> {
  let select = reader.selectFrom('entries').select(columns).where('log', '=', query.log)
  if (query.before !== undefined) select = select.where('position', '<', query.before)
  if (query.type !== undefined) select = select.where('type', '=', query.type)
  if (query.verdict !== undefined) select = select.where('verdict', '=', query.verdict)
  return select.orderBy('position', 'desc').limit(checkLimit(query.limit)).execute()
}

/** Entries that wait for something they have seen, by log and position, behind `after`. @throws DatabaseError `db.limit` */
export function listWaitingEntries(
  reader: Reader,
  query: { readonly after?: Place; readonly limit: number },
): Promise<StoredEntry[]> {
  const { after } = query
  // Spelled out and not a parameter, so that the index over waiting entries serves it.
  let select = reader
    .selectFrom('entries')
    .select(columns)
    .where((where) => where('verdict', '=', sql.lit('waiting')))
  if (after !== undefined) select = select.where((where) => behind(where, after))
  return select.orderBy('log').orderBy('position').limit(checkLimit(query.limit)).execute()
}

function behind(where: ExpressionBuilder<Schema, 'entries'>, { log, position }: Place) {
  return where(where.refTuple('entries.log', 'entries.position'), '>', where.tuple(log, position))
}

/** Which entries commit to this sealed body. */
export async function listEntriesOfBody(reader: Reader, digest: Uint8Array): Promise<Place[]> {
  return reader
    .selectFrom('entries')
    .select(['log', 'position'])
    .where('body_ciphertext', '=', digest)
    .orderBy('log')
    .orderBy('position')
    .limit(pageRowsMax)
    .execute()
}

/** Where each of the digests (as many as there are) stands in the log first; those that no entry has are left out. */
export async function findFirstPositions(
  reader: Reader,
  log: number,
  digests: readonly Uint8Array[],
): Promise<{ readonly digest: Uint8Array; readonly position: number }[]> {
  const found: { digest: Uint8Array; position: number }[] = []
  for (let start = 0; start < digests.length; start += digestsPerReadMax) {
    const rows = await reader
      .selectFrom('entries')
      .select(({ fn }) => ['digest', fn.min('position').as('position')])
      .where('log', '=', log)
      .where('digest', 'in', padList(digests.slice(start, start + digestsPerReadMax)))
      .groupBy('digest')
      .execute()
    for (const { digest, position } of rows) if (digest !== null) found.push({ digest, position: Number(position) })
  }
  return found
}

/** Those of the digests (hexadecimal, of sealed bodies) that an entry of the log commits to. */
export async function listCommittedDigests(reader: Reader, log: number, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return []
  checkLimit(digests.length)
  const rows = await reader
    .selectFrom('entries')
    .select('body_ciphertext')
    .where('log', '=', log)
    .where(
      'body_ciphertext',
      'in',
      digests.map((digest) => Uint8Array.fromHex(digest)),
    )
    .execute()
  return [...new Set(rows.flatMap(({ body_ciphertext: digest }) => (digest === null ? [] : [digest.toHex()])))]
}

/** The position of the log's first entry that waits, or undefined when none does. */
export async function findFirstWaiting(reader: Reader, log: number): Promise<number | undefined> {
  const row = await reader
    .selectFrom('entries')
    .select('position')
    .where((where) => where('verdict', '=', sql.lit('waiting')))
    .where('log', '=', log)
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
  return row?.position
}
