// The operations on requests: the list of a channel and one request with both its halves.

import { formatCanonical, formatHex } from '@parley/record'
import type { Operations, StateObject } from '@parley/api'
import { guidelinesOf, listMissing } from '@parley/mechanism'
import type { RequestFilter } from '../db/request-rows.ts'
import { readText } from '../db/texts.ts'
import { agreedIn } from '../desk/guidelines.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { viewActs } from './act-views.ts'
import { viewMay } from './may-views.ts'
import { parseMatch, readRequestPage } from './request-list.ts'
import { clocksOf, viewRequestRows } from './request-row.ts'
import { viewAlsoAsked, viewLinks } from './request-ties.ts'
import { readSubject } from './subject-acts.ts'

export function createListRequests(node: ParleyNode): Handler<Operations['listRequests']> {
  return async ({ caller, params: { channel }, query }) => {
    const { direction, kind, q, status } = query
    const filter: RequestFilter = {
      account: caller.account.id,
      channels: [node.registry.channel(channel).channel],
      ...(status === undefined ? {} : { statuses: [status] }),
      ...(kind === undefined ? {} : { kinds: [kind] }),
      ...(direction === 'incoming' ? { requested: node.registry.self } : {}),
      ...(direction === 'outgoing' ? { requester: node.registry.self } : {}),
      ...(q === undefined ? {} : { match: parseMatch(q) }),
    }
    const { next, rows } = await readRequestPage(node, filter, query)
    return { items: await viewRequestRows(node, rows), next }
  }
}

export function createViewRequest(node: ParleyNode): Handler<Operations['viewRequest']> {
  return async ({ params: { channel, id } }) => {
    node.registry.channel(channel)
    const { acts, agreement, row, state } = await readSubject(node, channel, id)
    if (row === undefined || state?.topic !== 'request') {
      throw new HttpError('request.not-found', 'There is no such request in this channel')
    }
    const text = await readText(node.database.reader, channel, id)
    const opening = acts.find(({ digest }) => digest === id)
    const agreed = agreedIn(node, channel, agreement)
    const guidelines = opening === undefined ? undefined : guidelinesOf(opening, agreed)
    const request = state.state
    const [shown] = await viewRequestRows(node, [{ ...row, title: text?.title ?? null }])
    return {
      request: shown!,
      state: request as unknown as StateObject,
      stateDigest: formatHex(node.crypto.sha256(formatCanonical(state))),
      clocks: [...clocksOf(node, { channel, id, acts, agreement })],
      acts: await viewActs(node, channel, id, state, acts, guidelines),
      may: viewMay(node, channel, ['request.', 'entry.', 'body.'], id, { subject: acts, agreement }),
      missing: [...listMissing(request, request.particulars, guidelines)],
      alsoAsked: await viewAlsoAsked(node, channel, request.matter, id),
      links: await viewLinks(node, channel, id, request),
    }
  }
}
