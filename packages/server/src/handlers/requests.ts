// The operations on requests: the inbox and one request with both its halves.

import { formatCanonical, formatHex } from '@parley/record'
import type { Act, SubjectState } from '@parley/mechanism'
import type { Operations, RequestRow, StateObject } from '@parley/api'
import { listSubjects, readSubjects } from '../db/subjects.ts'
import type { Subject, SubjectFilter } from '../db/subjects.ts'
import { pageRowsMax } from '../db/page.ts'
import { openStoredBody } from '../desk/open-body.ts'
import { viewNotAfter, viewStanding } from '../desk/standing.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import { viewActs } from './act-views.ts'
import { formatCursor, parseCursor } from './cursor.ts'
import { viewMay } from './may-views.ts'
import { readSubject } from './subject-acts.ts'

const limitDefault = 50
const titleLengthMax = 160
/** Rows that a search looks through at the most; what is older is found by its own page. */
const searchedRowsMax = 1000

export function createListRequests(node: ParleyNode): Handler<Operations['listRequests']> {
  return async ({ params, query }) => {
    node.registry.channel(params.channel)
    const limit = query.limit ?? limitDefault
    const filter = composeFilter(node, params.channel, query)
    // One row more than the page says whether another page follows; the store gives so many at the most.
    const rows = query.q === undefined ? Math.min(limit + 1, pageRowsMax) : pageRowsMax
    const items: RequestRow[] = []
    let before = parseCursor(query.cursor)
    for (let searched = 0; searched < searchedRowsMax && items.length < limit;) {
      const page = await listSubjects(node.database.reader, {
        ...filter,
        ...(before === undefined ? {} : { before }),
        limit: rows,
      })
      const full = await readSubjects(
        node.database.reader,
        params.channel,
        page.map(({ id }) => id),
      )
      const viewed = await Promise.all(full.map((row) => viewRow(node, row)))
      const byId = new Map(viewed.map((row) => [row.id, row]))
      for (const { id, changed } of page) {
        const shown = byId.get(id)
        if (items.length === limit || shown === undefined) break
        before = changed
        searched += 1
        if (query.q === undefined || matches(shown, query.q)) items.push(shown)
      }
      if (page.length === 0 || items.length < limit) {
        if (page.length < rows) return { items, next: null }
      }
    }
    return { items, next: before === undefined ? null : formatCursor(before) }
  }
}

function matches({ id, title }: RequestRow, q: string): boolean {
  return (
    id.startsWith(q.toLowerCase()) || (title?.toLocaleLowerCase('und').includes(q.toLocaleLowerCase('und')) ?? false)
  )
}

function composeFilter(
  { registry }: ParleyNode,
  channel: string,
  query: { status?: string | undefined; direction?: 'incoming' | 'outgoing' | undefined; kind?: string | undefined },
): Omit<SubjectFilter, 'limit' | 'before'> {
  return {
    channels: [channel],
    topic: 'request',
    ...(query.status === undefined ? {} : { statuses: [query.status] }),
    ...(query.kind === undefined ? {} : { kind: query.kind }),
    ...(query.direction === 'incoming' ? { requested: registry.self } : {}),
    ...(query.direction === 'outgoing' ? { requester: registry.self } : {}),
  }
}

async function viewRow(node: ParleyNode, row: Subject): Promise<RequestRow> {
  const viewed = JSON.parse(row.state) as Extract<SubjectState, { topic: 'request' }>
  const acts = JSON.parse(row.acts) as Act[]
  const opening = acts.find(({ digest }) => digest === row.id)
  // What concerns the bodies alone (that one was opened, or erased) is no step of the case.
  const steps = acts.filter(({ type }) => type.startsWith('request.'))
  const last = steps.reduce((newest, act) => (act.at >= newest.at ? act : newest), steps[0]!)
  const { exercise, from, kind, status, to, urgency } = viewed.state
  const [title, notAfter, standing] = await Promise.all([
    readTitle(node, opening),
    opening === undefined ? null : notAfterOf(node, row.channel, opening),
    standingOf(node, row.channel, last, viewed),
  ])
  return {
    id: row.id,
    channel: row.channel,
    direction: to === node.registry.self ? 'incoming' : 'outgoing',
    requesting: from,
    requested: to,
    kind,
    urgency,
    status,
    exercise,
    title,
    opened: { notBefore: null, notAfter },
    last: {
      type: last.type,
      party: last.party,
      at: last.at,
      standing,
    },
    due: null,
  }
}

/** The first line of the original text, as far as this node can read it. */
async function readTitle(node: ParleyNode, opening: Act | undefined): Promise<string | null> {
  if (opening?.body === undefined) return null
  const found = await openStoredBody(node, opening.body as Parameters<typeof openStoredBody>[1])
  if (found.state !== 'opened') return null
  const { texts } = found.content
  const original = texts.find(({ role }) => role === 'original') ?? texts[0]
  const line = original?.text.split('\n').find((candidate) => candidate.trim() !== '')
  return line === undefined ? null : [...line.trim()].slice(0, titleLengthMax).join('')
}

/** How far an act of a subject has got. */
export async function standingOf(node: ParleyNode, channel: string, act: Act, state: Pick<SubjectState, 'opened'>) {
  const log = logOfAct(node, channel, act)
  if (log === undefined) return { level: 'recorded' as const, since: act.at }
  const entry = { position: act.index, digest: Uint8Array.fromHex(act.digest), at: act.at }
  return viewStanding(node, log, entry, state.opened)
}

async function notAfterOf(node: ParleyNode, channel: string, act: Act): Promise<number | null> {
  const log = logOfAct(node, channel, act)
  return log === undefined ? null : viewNotAfter(node, log, act.index)
}

function logOfAct({ registry }: ParleyNode, channel: string, { party }: Act): KnownLog | undefined {
  return registry.logsOf(channel).find((log) => log.channel === channel && log.party === party)
}

export function createViewRequest(node: ParleyNode): Handler<Operations['viewRequest']> {
  return async ({ params: { channel, id } }) => {
    node.registry.channel(channel)
    const { acts, agreement, row, state } = await readSubject(node, channel, id)
    if (row === undefined || state?.topic !== 'request') {
      throw new HttpError('request.not-found', 'There is no such request in this channel')
    }
    return {
      request: await viewRow(node, row),
      state: state.state as unknown as StateObject,
      stateDigest: formatHex(node.crypto.sha256(formatCanonical(state))),
      clocks: [],
      acts: await viewActs(node, channel, id, state),
      may: viewMay(node, channel, ['request.', 'entry.', 'body.'], id, { subject: acts, agreement }),
    }
  }
}
