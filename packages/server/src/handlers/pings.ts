// The operation on pings: the newest ones, and the figures of all of them.

import { countPings } from '@parley/mechanism'
import type { PingState, SubjectState } from '@parley/mechanism'
import type { Operations, PingRow } from '@parley/api'
import { pageRowsMax } from '../db/page.ts'
import { listSubjects, readSubjects } from '../db/subjects.ts'
import type { Subject, SubjectSummary } from '../db/subjects.ts'
import type { Act } from '@parley/mechanism'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { formatCursor, parseCursor } from './cursor.ts'

const limitDefault = 50

export function createListPings(node: ParleyNode): Handler<Operations['listPings']> {
  return async ({ params: { channel }, query }) => {
    node.registry.channel(channel)
    const { reader } = node.database
    const limit = Math.min(query.limit ?? limitDefault, pageRowsMax - 1)
    const before = parseCursor(query.cursor)
    const found = await listSubjects(reader, {
      channels: [channel],
      topic: 'ping',
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    })
    const page = found.slice(0, limit)
    const ids = page.map(({ id }) => id)
    const rows = await readSubjects(reader, channel, ids)
    const items = ids.flatMap((id) => rows.filter((row) => row.id === id).map((row) => viewPingRow(node, row)))
    const states: PingState[] = []
    for await (const row of allPings(node, channel)) states.push(stateOf(row))
    return {
      items,
      next: found.length > limit ? formatCursor(page.at(-1)!.changed) : null,
      figures: countPings(states).map((figures) => ({ ...figures })),
    }
  }
}

/** Every ping of a channel, page by page. */
export async function* allPings(node: ParleyNode, channel: string): AsyncGenerator<SubjectSummary> {
  for (let before: number | undefined; ;) {
    const page = await listSubjects(node.database.reader, {
      channels: [channel],
      topic: 'ping',
      ...(before === undefined ? {} : { before }),
      limit: pageRowsMax,
    })
    yield* page
    if (page.length < pageRowsMax) return
    before = page.at(-1)!.changed
  }
}

function stateOf({ state }: Pick<Subject, 'state'>): PingState {
  return (JSON.parse(state) as Extract<SubjectState, { topic: 'ping' }>).state
}

/** A ping as clients see it. */
export function viewPingRow({ registry }: ParleyNode, row: Subject): PingRow {
  const { answered, contact, exercise, from, status, to } = stateOf(row)
  const acts = JSON.parse(row.acts) as Act[]
  const answer = acts.find(({ digest }) => digest === answered?.entry)
  return {
    id: row.id,
    channel: row.channel,
    direction: to === registry.self ? 'incoming' : 'outgoing',
    from,
    to,
    contact,
    status,
    exercise,
    sent: row.openedAt ?? 0,
    answered: answered === undefined || answer === undefined ? null : { at: answer.at, position: answered.position },
  }
}
