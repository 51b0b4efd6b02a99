// The rows of an inbox: requests with what one account has to do with each, what is due first before what is due later, and
// among equals what changed last; or, for a search, what came last first. Every page is read from an index.

import { sql } from 'kysely'
import type { Selectable, SelectQueryBuilder } from 'kysely'
import { padList } from './padded-list.ts'
import { checkLimit } from './page.ts'
import type { Schema } from './schema.ts'
import type { DialectName, Reader } from './statement.ts'
import { neverDue } from './subjects.ts'
import { formatMatch } from './texts.ts'
import { countWatched } from './work-marks.ts'

/** Which of the requests. All conditions hold at once; a list means any of its values. */
export interface RequestFilter {
  /** The channels that whoever asks may see; none of any other channel comes out. */
  readonly channels: readonly string[]
  /** Whose marks the rows carry. */
  readonly account: string
  readonly statuses?: readonly string[]
  readonly kinds?: readonly string[]
  readonly urgencies?: readonly string[]
  readonly requester?: string
  readonly requested?: string
  /** Who has it: an account, or null for nobody. */
  readonly assigned?: string | null
  readonly watched?: true
  readonly unread?: true
  /** Something is due by then (Unix milliseconds). */
  readonly dueBy?: number
  /** Words, cut by `search/words.ts`. */
  readonly match?: { readonly words: readonly string[]; readonly prefix: string | undefined }
}

/** Where a list goes on: behind the row with these. */
export interface RequestPlace {
  readonly dueAt: number
  readonly changed: number
  readonly document: number
}

export interface StoredRequestRow extends RequestPlace {
  readonly channel: string
  readonly id: string
  readonly state: string
  readonly acts: string
  readonly steps: string | null
  readonly title: string | null
  readonly assigned: string | null
  readonly watched: boolean
  readonly unread: boolean
}

/** Values of one condition. */
const valuesMax = 64
const channelsMax = 500

type SelectSubjects = SelectQueryBuilder<Schema, 'subjects', object>
type RequestKey = Pick<Selectable<Schema['subjects']>, 'channel' | 'id' | 'due_at' | 'changed' | 'document'>

/** Whoever watches no more is looked up by their marks; whoever watches more meets them soon in the order of the list. */
const fewWatchedMax = 1000

/**
 * One page of requests. Going on with the last row as `after` shows each request that does not change meanwhile once.
 * @throws DatabaseError `db.limit`
 */
export async function listRequestRows(
  { dialect, reader }: { readonly dialect: DialectName; readonly reader: Reader },
  filter: RequestFilter,
  page: { readonly after?: RequestPlace; readonly limit: number },
): Promise<StoredRequestRow[]> {
  const limit = checkLimit(page.limit)
  checkFilter(filter)
  if (filter.channels.length === 0) return []
  const { after } = page
  if (filter.match !== undefined) {
    let found = selectFound(reader, dialect, filter, filter.match)
    if (after !== undefined) found = found.where('search.document', '<', after.document)
    const rows = selectRows(reader, found.orderBy('search.document', 'desc').limit(limit), filter.account)
    return (await rows.orderBy('found.document', 'desc').execute()).map(readRow)
  }
  const few =
    filter.watched === true && (await countWatched(reader, filter.account, fewWatchedMax + 1)) <= fewWatchedMax
  const ordered = () =>
    selectOrdered(reader, filter, few).orderBy('subjects.due_at').orderBy('subjects.changed', 'desc')
  const read = async (keys: ReturnType<typeof ordered>): Promise<StoredRequestRow[]> => {
    const rows = selectRows(reader, keys, filter.account)
    return (await rows.orderBy('found.due_at').orderBy('found.changed', 'desc').execute()).map(readRow)
  }
  if (after === undefined) return read(ordered().limit(limit))
  // Two ranges of the index instead of one condition with an `or` in it, which neither database reads from an index.
  const same = await read(
    ordered().where('subjects.due_at', '=', after.dueAt).where('subjects.changed', '<', after.changed).limit(limit),
  )
  const later =
    same.length === limit
      ? []
      : await read(
          ordered()
            .where('subjects.due_at', '>', after.dueAt)
            .limit(limit - same.length),
        )
  return [...same, ...later]
}

/** Keys from the index that is in the order of lists, or, of a few that somebody watches, by their own keys. */
function selectOrdered(reader: Reader, filter: RequestFilter, few: boolean) {
  const { account, channels } = filter
  const keys = reader.selectFrom('subjects').select(keyColumns).where('subjects.topic', '=', 'request')
  if (!few) return narrow(keys, { ...filter, channels })
  const watched = reader.selectFrom('watches').select('watches.subject').where('watches.account', '=', account)
  return narrow(keys.where('subjects.channel', 'in', channels).where('subjects.id', 'in', watched), filter)
}

/** Keys from the documents in which the words are. A cross join, because SQLite then goes from these to the subjects. */
function selectFound(
  reader: Reader,
  dialect: DialectName,
  filter: RequestFilter,
  question: NonNullable<RequestFilter['match']>,
) {
  const match = formatMatch(dialect, question)
  const documents =
    dialect === 'sqlite'
      ? sql<{ document: number }>`(select rowid as document from search_text where search_text match ${match})`
      : sql<{ document: number }>`(select document from search_text where words @@ ${match}::tsquery)`
  const keys = reader
    .selectFrom(documents.as('search'))
    .crossJoin('subjects')
    .select(keyColumns)
    .whereRef('subjects.document', '=', 'search.document')
    .where('subjects.topic', '=', 'request')
  return narrow(keys, filter)
}

const keyColumns = [
  'subjects.channel',
  'subjects.id',
  'subjects.due_at',
  'subjects.changed',
  'subjects.document',
] as const

/** @throws DatabaseError `db.limit` */
function checkFilter({ channels, kinds, statuses, urgencies }: RequestFilter): void {
  if (channels.length > 0) checkLimit(channels.length, channelsMax)
  for (const values of [kinds, statuses, urgencies]) if (values !== undefined) checkLimit(values.length, valuesMax)
}

/** Every condition of a filter, on the columns that the indexes of keys hold. */
function narrow<Select extends Pick<SelectSubjects, 'where'>>(keys: Select, filter: RequestFilter): Select {
  const { account, assigned, dueBy, requested, requester, unread, watched } = filter
  // The order is in indexes that do not begin with the channel, so the channel must not tempt the planner to another one.
  let select = keys.where(sql<string>`subjects.channel || ''`, 'in', padList(filter.channels))
  for (const [column, values] of [
    ['subjects.status', filter.statuses],
    ['subjects.kind', filter.kinds],
    ['subjects.urgency', filter.urgencies],
  ] as const) {
    if (values === undefined) continue
    // One value is an equation. Of several, PostgreSQL would make as many searches of the index, and lose the order.
    select =
      values.length === 1
        ? select.where(column, '=', values[0]!)
        : select.where(sql<string>`${sql.ref(column)} || ''`, 'in', padList(values))
  }
  if (requester !== undefined) select = select.where('subjects.requester', '=', requester)
  if (requested !== undefined) select = select.where('subjects.requested', '=', requested)
  if (assigned === null) select = select.where('subjects.assigned', 'is', null)
  else if (assigned !== undefined) select = select.where('subjects.assigned', '=', assigned)
  if (dueBy !== undefined) select = select.where('subjects.due_at', '<=', dueBy)
  if (watched === true) {
    select = select.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('watches')
          .select('watches.account')
          .where('watches.account', '=', account)
          .whereRef('watches.channel', '=', 'subjects.channel')
          .whereRef('watches.subject', '=', 'subjects.id'),
      ),
    )
  }
  if (unread === true) {
    // Not a `not exists`, of which PostgreSQL would make one join over all there is before it looks at the limit.
    const read = sql<number | null>`(select read_marks.changed from read_marks
      where read_marks.account = ${account} and read_marks.changed = subjects.changed limit 1)`
    select = select.where(read, 'is', null)
  }
  return select as unknown as Select
}

/** The rows of the keys, and of no others. */
function selectRows(reader: Reader, keys: SelectQueryBuilder<Schema, never, RequestKey>, account: string) {
  return reader
    .selectFrom(keys.as('found'))
    .crossJoin('subjects')
    .whereRef('subjects.channel', '=', 'found.channel')
    .whereRef('subjects.id', '=', 'found.id')
    .leftJoin('texts', (join) =>
      join.onRef('texts.channel', '=', 'subjects.channel').onRef('texts.subject', '=', 'subjects.id'),
    )
    .leftJoin('watches', (join) =>
      join
        .on('watches.account', '=', account)
        .onRef('watches.channel', '=', 'subjects.channel')
        .onRef('watches.subject', '=', 'subjects.id'),
    )
    .leftJoin('read_marks', (join) =>
      join
        .on('read_marks.account', '=', account)
        .onRef('read_marks.channel', '=', 'subjects.channel')
        .onRef('read_marks.subject', '=', 'subjects.id'),
    )
    .select([
      'subjects.channel',
      'subjects.id',
      'subjects.state',
      'subjects.acts',
      'subjects.due_at',
      'subjects.changed',
      'subjects.steps',
      'subjects.document',
      'subjects.assigned',
      'texts.title',
      'watches.account as watcher',
      'read_marks.changed as read',
    ])
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

function readRow({ document, due_at, read, watcher, ...row }: Selected): StoredRequestRow {
  return {
    ...row,
    dueAt: due_at,
    document: document ?? 0,
    watched: watcher !== null,
    unread: read === null || read < row.changed,
  }
}

/** A request of which something is due. */
export interface DueRequest {
  readonly channel: string
  readonly id: string
  /** Unix milliseconds, as `lastAt`. */
  readonly dueAt: number
  /** The code of the clock. */
  readonly what: string
  readonly changed: number
  readonly lastAt: number
}

/** Requests of which something is due, the soonest first. @throws DatabaseError `db.limit` */
export async function listDueRequests(
  reader: Reader,
  query: { readonly channels: readonly string[]; readonly limit: number },
): Promise<DueRequest[]> {
  const limit = checkLimit(query.limit)
  if (query.channels.length === 0) return []
  const rows = await reader
    .selectFrom('subjects')
    .select(['channel', 'id', 'due_at as dueAt', 'due', 'steps', 'changed'])
    .where('topic', '=', 'request')
    .where('due_at', '<', neverDue)
    .where('channel', 'in', query.channels)
    .orderBy('due_at')
    .orderBy('changed', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ due, steps, ...row }) => ({
    ...row,
    what: (JSON.parse(due ?? '{"what":""}') as { what: string }).what,
    lastAt: (JSON.parse(steps ?? '{"last":{"at":0}}') as { last: { at: number } }).last.at,
  }))
}

/** Requests to a party of which something is due behind `after` and by `until`, the soonest first. @throws DatabaseError `db.limit` */
export async function listDueSoon(
  reader: Reader,
  query: {
    readonly channels: readonly string[]
    readonly requested: string
    readonly after: number
    readonly until: number
    readonly limit: number
  },
): Promise<Pick<DueRequest, 'channel' | 'id' | 'dueAt'>[]> {
  if (query.channels.length === 0) return []
  return reader
    .selectFrom('subjects')
    .select(['channel', 'id', 'due_at as dueAt'])
    .where('topic', '=', 'request')
    .where('due_at', '>', query.after)
    .where('due_at', '<=', query.until)
    .where('requested', '=', query.requested)
    .where('channel', 'in', query.channels)
    .orderBy('due_at')
    .orderBy('changed', 'desc')
    .limit(checkLimit(query.limit))
    .execute()
}
