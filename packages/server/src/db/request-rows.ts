// The rows of an inbox: requests with what one account has to do with each, what is due first before what is due later, and
// among equals what changed last; or, for a search, what came last first. Every page is read from an index.

import { sql } from 'kysely'
import type { SqlBool } from 'kysely'
import { checkLimit } from './page.ts'
import type { DialectName, Reader } from './statement.ts'
import { neverDue } from './subjects.ts'
import { formatMatch } from './texts.ts'

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
  if (filter.channels.length === 0) return []
  const { after } = page
  if (filter.match !== undefined) {
    let found = selectRows(reader, filter)
      .where(matches(dialect, filter.match))
      .orderBy('texts.document', 'desc')
      .limit(limit)
    if (after !== undefined) found = found.where('texts.document', '<', after.document)
    return (await found.execute()).map(readRow)
  }
  const ordered = () => selectRows(reader, filter).orderBy('subjects.due_at').orderBy('subjects.changed', 'desc')
  if (after === undefined) return (await ordered().limit(limit).execute()).map(readRow)
  // Two ranges of the index instead of one condition with an `or` in it, which neither database reads from an index.
  const same = await ordered()
    .where('subjects.due_at', '=', after.dueAt)
    .where('subjects.changed', '<', after.changed)
    .limit(limit)
    .execute()
  const later =
    same.length === limit
      ? []
      : await ordered()
          .where('subjects.due_at', '>', after.dueAt)
          .limit(limit - same.length)
          .execute()
  return [...same, ...later].map(readRow)
}

function matches(dialect: DialectName, question: NonNullable<RequestFilter['match']>) {
  const match = formatMatch(dialect, question)
  return dialect === 'sqlite'
    ? sql<SqlBool>`texts.document in (select rowid from search_text where search_text match ${match})`
    : sql<SqlBool>`texts.document in (select document from search_text where words @@ ${match}::tsquery)`
}

/** The few subjects that a filter can only mean: those that one person watches, or has. */
function listFew(reader: Reader, { account, assigned, watched }: RequestFilter) {
  if (watched === true)
    return reader.selectFrom('watches').select('watches.subject').where('watches.account', '=', account)
  if (assigned === undefined || assigned === null) return undefined
  return reader.selectFrom('assignments').select('assignments.subject').where('assignments.account', '=', assigned)
}

function fromSubjects(reader: Reader) {
  return reader
    .selectFrom('subjects')
    .leftJoin('texts', (join) =>
      join.onRef('texts.channel', '=', 'subjects.channel').onRef('texts.subject', '=', 'subjects.id'),
    )
}

/** A search goes from the documents it found to their subjects. */
function fromTexts(reader: Reader): ReturnType<typeof fromSubjects> {
  const found = reader
    .selectFrom('texts')
    .innerJoin('subjects', (join) =>
      join.onRef('subjects.channel', '=', 'texts.channel').onRef('subjects.id', '=', 'texts.subject'),
    )
  return found
}

function selectRows(reader: Reader, filter: RequestFilter) {
  const { account, channels } = filter
  const { match } = filter
  let select = (match === undefined ? fromSubjects(reader) : fromTexts(reader))
    .leftJoin('assignments', (join) =>
      join.onRef('assignments.channel', '=', 'subjects.channel').onRef('assignments.subject', '=', 'subjects.id'),
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
      'texts.document',
      'texts.title',
      'assignments.account as assigned',
      'watches.account as watcher',
      'read_marks.changed as read',
    ])
    .where(match === undefined ? sql<string>`subjects.topic` : sql<string>`subjects.topic || ''`, '=', 'request')
  checkLimit(channels.length, 500)
  // What one person watches or has is found by its key; of anything else the order is in indexes that do not begin with the
  // channel, so the channel must not tempt the planner to another one.
  const few = listFew(reader, filter)
  select =
    few === undefined
      ? select.where(sql<string>`subjects.channel || ''`, 'in', channels)
      : select.where('subjects.channel', 'in', channels).where('subjects.id', 'in', few)
  for (const [column, values] of [
    ['subjects.status', filter.statuses],
    ['subjects.kind', filter.kinds],
    ['subjects.urgency', filter.urgencies],
  ] as const) {
    if (values === undefined) continue
    checkLimit(values.length, valuesMax)
    select = values.length === 1 ? select.where(column, '=', values[0]!) : select.where(column, 'in', values)
  }
  if (filter.requester !== undefined) select = select.where('subjects.requester', '=', filter.requester)
  if (filter.requested !== undefined) select = select.where('subjects.requested', '=', filter.requested)
  if (filter.assigned === null) select = select.where('assignments.account', 'is', null)
  else if (filter.assigned !== undefined) select = select.where('assignments.account', '=', filter.assigned)
  if (filter.watched === true) select = select.where('watches.account', 'is not', null)
  if (filter.unread === true) {
    select = select.where((where) =>
      where.or([
        where('read_marks.changed', 'is', null),
        where('read_marks.changed', '<', where.ref('subjects.changed')),
      ]),
    )
  }
  if (filter.dueBy !== undefined) select = select.where('subjects.due_at', '<=', filter.dueBy)
  return select
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
