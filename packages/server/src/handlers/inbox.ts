// The operations of the inbox: the list over every channel, who has a request, who watches it, and kept filters.

import type { InboxFilter, InboxRow, Operations } from '@parley/api'
import { limits } from '@parley/api'
import { DatabaseError } from '../db/error.ts'
import type { RequestFilter } from '../db/request-rows.ts'
import { listFilters, removeFilter, saveFilter } from '../db/saved-filters.ts'
import { readSubjects } from '../db/subjects.ts'
import type { Subject } from '../db/subjects.ts'
import { assign, markRead, unassign, unwatch, watch } from '../db/work-marks.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { Reach } from '../http/reach.ts'
import type { ParleyNode } from '../node.ts'
import { parseMatch, readRequestPage } from './request-list.ts'
import { viewRequestRows } from './request-row.ts'

const hourMilliseconds = 3_600_000

export function createListInbox(node: ParleyNode): Handler<Operations['listInbox']> {
  return async ({ caller, query, reaches }) => {
    const filter = composeFilter(node, caller.account.id, query, reaches)
    const { rows, next } = await readRequestPage(node, filter, query)
    const viewed = await viewRequestRows(node, rows)
    const items = rows.map(({ assigned, unread, watched }, place): InboxRow => ({
      ...viewed[place]!,
      assigned,
      watched,
      unread,
    }))
    return { items, next }
  }
}

type InboxQuery = Parameters<Handler<Operations['listInbox']>>[0]['query']

function composeFilter(
  { clock, registry }: ParleyNode,
  account: string,
  query: InboxQuery,
  reaches: Reach,
): RequestFilter {
  const list = (codes: string | undefined): { readonly values?: readonly string[] } =>
    codes === undefined ? {} : { values: codes.split(',').slice(0, limits.filterValuesMax) }
  const { values: statuses } = list(query.statuses)
  const { values: kinds } = list(query.kinds)
  const { values: urgencies } = list(query.urgencies)
  const { assigned, direction, due, q } = query
  // A channel beyond the caller's reach is as one that is not here.
  if (query.channel !== undefined && !reaches(query.channel)) {
    throw new HttpError('channel.not-found', 'There is no such channel')
  }
  const known = query.channel === undefined ? registry.channels() : [registry.channel(query.channel)]
  return {
    account,
    channels: known.map(({ channel }) => channel).filter((channel) => reaches(channel)),
    ...(statuses === undefined ? {} : { statuses }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(urgencies === undefined ? {} : { urgencies }),
    ...(direction === 'incoming' ? { requested: registry.self } : {}),
    ...(direction === 'outgoing' ? { requester: registry.self } : {}),
    ...(assigned === undefined
      ? {}
      : { assigned: assigned === 'nobody' ? null : assigned === 'me' ? account : assigned }),
    ...(query.watched === undefined ? {} : { watched: true as const }),
    ...(query.unread === undefined ? {} : { unread: true as const }),
    ...(due === undefined ? {} : { dueBy: clock() + due * hourMilliseconds }),
    ...(q === undefined ? {} : { match: parseMatch(q) }),
  }
}

/** @throws HttpError `channel.not-found`, `request.not-found` */
async function findRequest(node: ParleyNode, channel: string, id: string): Promise<Subject> {
  node.registry.channel(channel)
  const [row] = await readSubjects(node.database.reader, channel, [id])
  if (row?.topic !== 'request') throw new HttpError('request.not-found', 'There is no such request in this channel')
  return row
}

export function createAssignRequest(node: ParleyNode): Handler<Operations['assignRequest']> {
  return async ({ body, caller, params: { channel, id } }) => {
    await findRequest(node, channel, id)
    const account = body.account === 'me' ? caller.account.id : body.account
    await node.database.writer.commit(
      account === null
        ? unassign(channel, id)
        : assign({ channel, subject: id, account, assignedBy: caller.account.id, assigned: node.clock() }),
    )
    return { assigned: account }
  }
}

export function createWatchRequest(node: ParleyNode): Handler<Operations['watchRequest']> {
  return async ({ body, caller, params: { channel, id } }) => {
    await findRequest(node, channel, id)
    const { id: account } = caller.account
    await node.database.writer.commit([body.watched ? watch(account, channel, id) : unwatch(account, channel, id)])
    return { watched: body.watched }
  }
}

export function createMarkRequestRead(node: ParleyNode): Handler<Operations['markRequestRead']> {
  return async ({ caller, params: { channel, id } }) => {
    const { changed } = await findRequest(node, channel, id)
    await node.database.writer.commit([markRead(caller.account.id, channel, id, changed)])
  }
}

export function createListSavedFilters(node: ParleyNode): Handler<Operations['listSavedFilters']> {
  return async ({ caller }) => {
    const kept = await listFilters(node.database.reader, caller.account.id)
    return { items: kept.map(({ filter, name }) => ({ name, filter: JSON.parse(filter) as InboxFilter })) }
  }
}

export function createPutSavedFilter(node: ParleyNode): Handler<Operations['putSavedFilter']> {
  return async ({ body, caller }) => {
    const account = caller.account.id
    const kept = await listFilters(node.database.reader, account)
    if (kept.length >= limits.savedFiltersMax && !kept.some(({ name }) => name === body.name)) {
      throw new HttpError('filter.too-many', 'No more filters can be kept')
    }
    const saved = { name: body.name, filter: JSON.stringify(body.filter) }
    await node.database.writer.commit([saveFilter(account, saved, node.clock())])
    return body
  }
}

export function createRemoveSavedFilter(node: ParleyNode): Handler<Operations['removeSavedFilter']> {
  return async ({ body, caller }) => {
    await node.database.writer.commit([removeFilter(caller.account.id, body.name)]).catch((error: unknown) => {
      if (error instanceof DatabaseError && error.code === 'db.conflict') {
        throw new HttpError('filter.not-found', 'There is no filter of this name')
      }
      throw error
    })
  }
}
