// Requests: rows for the inbox, and one request with both its halves. Statuses, kinds and urgencies are words of the
// mechanism and of the agreement's pack; they pass through here as codes.

import { actView, may } from './act.ts'
import {
  channelId,
  code,
  cursor,
  digest,
  entryType,
  interval,
  moment,
  page,
  pageLimit,
  partyId,
  stateObject,
} from './identifiers.ts'
import { searchTextLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { ties } from './request-tie.ts'
import { standing } from './standing.ts'
import { readerRoles } from './role.ts'
import { z } from './zod.ts'

/** `disputed`: the evidence does not say on which side of the target it was or is, on both sides alike. */
export const clockState = z.enum(['in-time', 'due', 'overdue', 'paused', 'disputed', 'met', 'late', 'stopped'])

/** Something that is owed by a time: an acknowledgement, an answer, the end of a preservation. */
export const clock = z.strictObject({
  what: code,
  owedBy: partyId,
  /** The entry that it runs from. */
  entry: digest,
  from: interval,
  target: interval,
  state: clockState,
  /** When it was done, if it was. */
  done: interval.nullable(),
})
export type Clock = z.output<typeof clock>

export const direction = z.enum(['incoming', 'outgoing'])

export const requestRow = z.strictObject({
  id: digest,
  channel: channelId,
  direction,
  requesting: partyId,
  requested: partyId,
  kind: code,
  urgency: code,
  status: code,
  exercise: z.boolean(),
  /** From the opened body; null while this node cannot read it. */
  title: z.string().nullable(),
  opened: interval,
  last: z.strictObject({ type: entryType, party: partyId, at: moment, standing }),
  /** What is due next and when, at the earliest and as an interval; null when nothing is. */
  due: z.strictObject({ what: code, at: moment, target: interval, state: clockState }).nullable(),
  /** How many other requests of the channel are about the same matter. */
  alsoAsked: z.int().min(0),
})
export type RequestRow = z.output<typeof requestRow>

export const requestView = z.strictObject({
  request: requestRow,
  /** The state as the mechanism computes it, and its digest: equal on both sides, or something is wrong. */
  state: stateObject,
  stateDigest: digest,
  clocks: z.array(clock),
  acts: z.array(actView),
  may: z.array(may),
  /** Particulars that the request still lacks by the guidelines that rule it. */
  missing: z.array(code),
  ...ties,
})
export type RequestView = z.output<typeof requestView>

export const listRequests = operation({
  name: 'listRequests',
  method: 'GET',
  path: '/api/channels/{channel}/requests',
  policy: { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'The requests of a channel, what is due first',
  params: z.strictObject({ channel: channelId }),
  query: z.strictObject({
    status: code.optional(),
    direction: direction.optional(),
    kind: code.optional(),
    q: z.string().min(1).max(searchTextLengthMax).optional(),
    cursor: cursor.optional(),
    limit: pageLimit.optional(),
  }),
  response: { kind: 'json', status: 200, schema: page(requestRow) },
  problems: ['channel.not-found', 'cursor.malformed'],
})

export const viewRequest = operation({
  name: 'viewRequest',
  method: 'GET',
  path: '/api/channels/{channel}/requests/{id}',
  policy: { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'One request: both halves, its clocks, and what may be done',
  params: z.strictObject({ channel: channelId, id: digest }),
  response: { kind: 'json', status: 200, schema: requestView },
  problems: ['channel.not-found', 'request.not-found'],
})
