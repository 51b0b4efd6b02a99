// The operations on hotline calls: the open and past ones, and one call with its ladder.

import { formatCanonical, formatHex } from '@parley/record'
import { ladderOf, listCrossings, openCallStatuses, viewInForce } from '@parley/mechanism'
import type { Act, Ladder, SubjectState } from '@parley/mechanism'
import type { CallRow, Operations, StateObject } from '@parley/api'
import { pageRowsMax } from '../db/page.ts'
import { listSubjects, readSubjects } from '../db/subjects.ts'
import type { Subject } from '../db/subjects.ts'
import { rungUntil } from '../desk/rung-time.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { viewActs } from './act-views.ts'
import { formatCursor, parseCursor } from './cursor.ts'
import { viewMay } from './may-views.ts'
import { standingOf } from './request-row.ts'
import { readSubject } from './subject-acts.ts'

const limitDefault = 50

type CallState = Extract<SubjectState, { topic: 'hotline' }>

export function createListCalls(node: ParleyNode): Handler<Operations['listCalls']> {
  return async ({ params: { channel }, query }) => {
    const { self } = node.registry
    node.registry.channel(channel)
    const limit = Math.min(query.limit ?? limitDefault, pageRowsMax - 1)
    const before = parseCursor(query.cursor)
    const found = await listSubjects(node.database.reader, {
      channels: [channel],
      topic: 'hotline',
      ...(query.status === undefined ? {} : { statuses: [query.status] }),
      ...(query.direction === 'incoming' ? { requested: self } : {}),
      ...(query.direction === 'outgoing' ? { requester: self } : {}),
      ...(before === undefined ? {} : { before }),
      limit: limit + 1,
    })
    const page = found.slice(0, limit)
    const rows = await readSubjects(
      node.database.reader,
      channel,
      page.map(({ id }) => id),
    )
    const ladder = await readLadder(node, channel)
    const keeps = listKeeps(rows)
    const items = await Promise.all(
      page.flatMap(({ id }) => {
        const row = rows.find((one) => one.id === id)
        return row === undefined ? [] : [viewRow(node, row, ladder, keeps)]
      }),
    )
    return { items, next: found.length > limit ? formatCursor(page.at(-1)!.changed) : null }
  }
}

export function createViewCall(node: ParleyNode): Handler<Operations['viewCall']> {
  return async ({ params: { channel, id } }) => {
    node.registry.channel(channel)
    const { acts, agreement, row, state } = await readSubject(node, channel, id)
    if (row === undefined || state?.topic !== 'hotline') {
      throw new HttpError('call.not-found', 'There is no such call in this channel')
    }
    const ladder = ladderOf(packInForce(node, channel, agreement))
    return {
      call: await viewRow(node, row, ladder, await listOpenKeeps(node, channel)),
      state: state.state as unknown as StateObject,
      stateDigest: formatHex(node.crypto.sha256(formatCanonical(state))),
      ladder: ladder[state.state.level].map((rung) => ({ ...rung })),
      acts: await viewActs(node, channel, id, state, acts),
      may: viewMay(node, channel, ['hotline.', 'entry.', 'body.'], id, { subject: acts, agreement }),
    }
  }
}

async function viewRow(
  node: ParleyNode,
  row: Subject,
  ladder: Ladder,
  keeps: ReadonlyMap<string, string>,
): Promise<CallRow> {
  const viewed = JSON.parse(row.state) as CallState
  const acts = JSON.parse(row.acts) as Act[]
  const { exercise, from, level, purpose, reason, request, rung, status, taken, to } = viewed.state
  const steps = acts.filter(({ type }) => type.startsWith('hotline.'))
  const last = steps.reduce((newest, act) => (act.at >= newest.at ? act : newest), steps[0]!)
  const taking = acts.find(({ digest }) => digest === taken?.entry)
  return {
    id: row.id,
    channel: row.channel,
    direction: to === node.registry.self ? 'incoming' : 'outgoing',
    raising: from,
    called: to,
    level,
    purpose,
    reason,
    status,
    rung,
    request: request ?? null,
    exercise,
    raised: row.openedAt ?? 0,
    last: {
      type: last.type,
      party: last.party,
      at: last.at,
      standing: await standingOf(node, row.channel, last, viewed),
    },
    taken: taken === undefined || taking === undefined ? null : { at: taking.at, rung: taken.rung },
    rungUntil: rungUntil(viewed.state, acts, ladder) ?? null,
    keep: keeps.get(row.id) ?? null,
  }
}

/** For each call that crossed another one, the call that both sides go on with. */
function listKeeps(rows: readonly Subject[]): ReadonlyMap<string, string> {
  const raised = rows.flatMap((row) => {
    if (row.status === 'stood-down') return []
    return (JSON.parse(row.acts) as Act[]).filter(({ digest }) => digest === row.id)
  })
  return new Map(
    listCrossings(raised).flatMap(({ keep, standDown }) => [
      [keep, keep],
      [standDown, keep],
    ]),
  )
}

async function listOpenKeeps(node: ParleyNode, channel: string): Promise<ReadonlyMap<string, string>> {
  const statuses = openCallStatuses
  const { reader } = node.database
  const open = await listSubjects(reader, { channels: [channel], topic: 'hotline', statuses, limit: pageRowsMax })
  const ids = open.map(({ id }) => id)
  return listKeeps(await readSubjects(reader, channel, ids))
}

async function readLadder(node: ParleyNode, channel: string): Promise<Ladder> {
  const { agreement } = await readSubject(node, channel)
  return ladderOf(packInForce(node, channel, agreement))
}

function packInForce({ packs, registry }: ParleyNode, channel: string, agreement: readonly Act[]) {
  const digest = viewInForce(agreement, registry.channel(channel).parties)
  return digest === undefined ? undefined : packs.get(digest)
}
