// The computed state of each subject, with the columns that lists filter by. All of it can be computed again from the
// entries; nothing here is evidence of anything.

import { checkLimit } from './page.ts'
import { padList } from './padded-list.ts'
import { insertRows, write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

/** Subjects that one read may name. */
export const subjectsPerReadMax = 500

/** Behind every moment there is: of what nothing is due. */
export const neverDue = Number.MAX_SAFE_INTEGER

export interface Subject {
  readonly channel: string
  /** The digest of the founding entry in hexadecimal, or the name of a standing subject. */
  readonly id: string
  readonly topic: string
  /** The acts as JSON, in the words of the mechanism. */
  readonly acts: string
  /** The state as JSON. */
  readonly state: string
  readonly status: string
  readonly kind: string | null
  readonly urgency: string | null
  readonly requester: string | null
  readonly requested: string | null
  /** Unix milliseconds. */
  readonly openedAt: number | null
  /** The moment by which something is due next (Unix milliseconds), or {@link neverDue}. */
  readonly dueAt: number
  /** What is due then, as JSON. */
  readonly due: string | null
  /** The first and the last step of a request, as JSON: what its row says without its acts. */
  readonly steps: string | null
  /** A number that no change of any subject had before: see {@link readNewestChange}. */
  readonly changed: number
  /** The version of the code that computed the row. */
  readonly projection: number
}

const columns = [
  'channel',
  'id',
  'topic',
  'acts',
  'state',
  'status',
  'kind',
  'urgency',
  'requester',
  'requested',
  'opened_at as openedAt',
  'due_at as dueAt',
  'due',
  'steps',
  'changed',
  'projection',
] as const

const upsertRows = insertRows(
  'subjects',
  [
    'channel',
    'id',
    'topic',
    'acts',
    'state',
    'status',
    'kind',
    'urgency',
    'requester',
    'requested',
    'opened_at',
    'due_at',
    'due',
    'steps',
    'changed',
    'projection',
  ],
  (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(['channel', 'id']).doUpdateSet({
        topic: (row) => row.ref('excluded.topic'),
        acts: (row) => row.ref('excluded.acts'),
        state: (row) => row.ref('excluded.state'),
        status: (row) => row.ref('excluded.status'),
        kind: (row) => row.ref('excluded.kind'),
        urgency: (row) => row.ref('excluded.urgency'),
        requester: (row) => row.ref('excluded.requester'),
        requested: (row) => row.ref('excluded.requested'),
        opened_at: (row) => row.ref('excluded.opened_at'),
        due_at: (row) => row.ref('excluded.due_at'),
        due: (row) => row.ref('excluded.due'),
        steps: (row) => row.ref('excluded.steps'),
        changed: (row) => row.ref('excluded.changed'),
        projection: (row) => row.ref('excluded.projection'),
      }),
    ),
)

/** Puts the newest state of subjects, none of them twice, each with a `changed` of its own. */
export function putSubjects(subjects: readonly Subject[]): Statement[] {
  return upsertRows(
    subjects.map(({ openedAt, dueAt, ...subject }) => ({ ...subject, opened_at: openedAt, due_at: dueAt })),
  )
}

/** The largest `changed` in use, 0 when there is none: the next change takes one more. */
export async function readNewestChange(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('subjects')
    .select('changed')
    .orderBy('changed', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.changed ?? 0
}

/** The subjects of the channel among `ids`, by id. @throws DatabaseError `db.limit` */
export async function readSubjects(reader: Reader, channel: string, ids: readonly string[]): Promise<Subject[]> {
  if (ids.length === 0) return []
  checkLimit(ids.length, subjectsPerReadMax)
  return reader
    .selectFrom('subjects')
    .select(columns)
    .where('channel', '=', channel)
    .where('id', 'in', padList(ids))
    .orderBy('id')
    .execute()
}

export interface SubjectFilter {
  /** The channels that whoever asks may see; none of any other channel comes out. */
  readonly channels: readonly string[]
  readonly topic?: string
  readonly statuses?: readonly string[]
  readonly kind?: string
  readonly urgency?: string
  readonly requester?: string
  readonly requested?: string
  /** Go on behind the subject with this `changed`. */
  readonly before?: number
  readonly limit: number
}

/** A list has all but what was computed from, which is large. */
export type SubjectSummary = Omit<Subject, 'acts'>

/**
 * Subjects from the one changed last. Going on with the last `changed` as `before` shows each subject that does not change
 * meanwhile exactly once; one that changes moves to the front.
 * @throws DatabaseError `db.limit`
 */
export async function listSubjects(reader: Reader, filter: SubjectFilter): Promise<SubjectSummary[]> {
  if (filter.channels.length === 0 || filter.statuses?.length === 0) return []
  checkLimit(filter.channels.length, subjectsPerReadMax)
  let select = reader.selectFrom('subjects').select(columns.filter((column) => column !== 'acts'))
  select = oneOf(filter.channels, (channels) =>
    typeof channels === 'string' ? select.where('channel', '=', channels) : select.where('channel', 'in', channels),
  )
  if (filter.topic !== undefined) select = select.where('topic', '=', filter.topic)
  if (filter.statuses !== undefined) {
    checkLimit(filter.statuses.length)
    select = oneOf(filter.statuses, (statuses) =>
      typeof statuses === 'string' ? select.where('status', '=', statuses) : select.where('status', 'in', statuses),
    )
  }
  for (const column of ['kind', 'urgency', 'requester', 'requested'] as const) {
    const wanted = filter[column]
    if (wanted !== undefined) select = select.where(column, '=', wanted)
  }
  if (filter.before !== undefined) select = select.where('changed', '<', filter.before)
  return select.orderBy('changed', 'desc').limit(checkLimit(filter.limit)).execute()
}

/** A list of one is an equation: only then does an index give the rows in order. */
function oneOf<Result>(values: readonly string[], use: (values: string | readonly string[]) => Result): Result {
  return use(values.length === 1 ? values[0]! : values)
}

/** Subjects that older code computed, in the order of their change. @throws DatabaseError `db.limit` */
export function listStaleSubjects(
  reader: Reader,
  query: { readonly projection: number; readonly limit: number },
): Promise<Pick<Subject, 'channel' | 'id' | 'topic' | 'acts'>[]> {
  return reader
    .selectFrom('subjects')
    .select(['channel', 'id', 'topic', 'acts'])
    .where('projection', '<', query.projection)
    .orderBy('projection')
    .orderBy('changed')
    .limit(checkLimit(query.limit))
    .execute()
}

/** Has the requests of a channel computed again: what their rows follow from has come since. */
export function markStale(channel: string): Statement {
  return write((db) =>
    db.updateTable('subjects').set({ projection: 0 }).where('channel', '=', channel).where('topic', '=', 'request'),
  )
}

/** Subjects of a topic that changed behind `after`, in the order of their change. @throws DatabaseError `db.limit` */
export function listChangedSubjects(
  reader: Reader,
  query: { readonly topic: string; readonly after: number; readonly limit: number },
): Promise<Pick<Subject, 'channel' | 'id' | 'acts' | 'changed'>[]> {
  return reader
    .selectFrom('subjects')
    .select(['channel', 'id', 'acts', 'changed'])
    .where('topic', '=', query.topic)
    .where('changed', '>', query.after)
    .orderBy('changed')
    .limit(checkLimit(query.limit))
    .execute()
}

/** The states of a channel's subjects in the order of their ids, behind `after`. @throws DatabaseError `db.limit` */
export function listSubjectStates(
  reader: Reader,
  query: { readonly channel: string; readonly after: string; readonly limit: number },
): Promise<Pick<Subject, 'id' | 'state'>[]> {
  return reader
    .selectFrom('subjects')
    .select(['id', 'state'])
    .where('channel', '=', query.channel)
    .where('id', '>', query.after)
    .orderBy('id')
    .limit(checkLimit(query.limit, subjectsPerReadMax))
    .execute()
}

/** How many subjects of a channel have one of the statuses. */
export async function countSubjects(
  reader: Reader,
  filter: {
    readonly channel: string
    readonly topic: string
    readonly statuses: readonly string[]
    readonly requester?: string
    readonly requested?: string
  },
): Promise<number> {
  let select = reader
    .selectFrom('subjects')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('channel', '=', filter.channel)
    .where('topic', '=', filter.topic)
    .where('status', 'in', filter.statuses)
  if (filter.requester !== undefined) select = select.where('requester', '=', filter.requester)
  if (filter.requested !== undefined) select = select.where('requested', '=', filter.requested)
  return Number((await select.executeTakeFirst())?.count ?? 0)
}
