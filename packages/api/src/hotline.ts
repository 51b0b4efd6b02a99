// Hotline calls: the open and past ones of a channel, and one call with its ladder. Every step of a call is an act and is
// made by `appendAct`; statuses, rungs and reasons pass through here as codes.

import { actView, may } from './act.ts'
import {
  channelId,
  code,
  cursor,
  digest,
  entryType,
  moment,
  page,
  pageLimit,
  partyId,
  stateObject,
} from './identifiers.ts'
import { operation } from './operation.ts'
import { direction } from './request.ts'
import { readerRoles } from './role.ts'
import { standing } from './standing.ts'
import { z } from './zod.ts'

export const callRow = z.strictObject({
  id: digest,
  channel: channelId,
  direction,
  raising: partyId,
  called: partyId,
  level: code,
  /** A test of the line, or its use. */
  purpose: code,
  reason: code,
  status: code,
  /** The highest rung that has been rung. */
  rung: code,
  /** The request that the call is about. */
  request: digest.nullable(),
  exercise: z.boolean(),
  /** When it was raised, as the raising side claims. */
  raised: moment,
  /** The newest act: its standing says whether the other side has received it. */
  last: z.strictObject({ type: entryType, party: partyId, at: moment, standing }),
  /** When a person first took it, as they claim, and the rung that had been reached. */
  taken: z.strictObject({ at: moment, rung: code }).nullable(),
  /** When the time of the rung that rings now is over, counted from the claim of who rang it; null when none rings. */
  rungUntil: moment.nullable(),
  /** Raised at the same time as a call of the other side: the call that both sides go on with. */
  keep: digest.nullable(),
})
export type CallRow = z.output<typeof callRow>

export const callView = z.strictObject({
  call: callRow,
  /** The state as the mechanism computes it, and its digest: equal on both sides, or something is wrong. */
  state: stateObject,
  stateDigest: digest,
  /** The rungs of the call's level, the lowest first, with the minutes that each is given. */
  ladder: z.array(z.strictObject({ rung: code, minutes: z.int().min(1) })),
  acts: z.array(actView),
  may: z.array(may),
})
export type CallView = z.output<typeof callView>

export const listCalls = operation({
  name: 'listCalls',
  method: 'GET',
  path: '/api/channels/{channel}/calls',
  policy: { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: false },
  summary: 'The hotline calls of a channel, the one that changed last first',
  params: z.strictObject({ channel: channelId }),
  query: z.strictObject({
    status: code.optional(),
    direction: direction.optional(),
    cursor: cursor.optional(),
    limit: pageLimit.optional(),
  }),
  response: { kind: 'json', status: 200, schema: page(callRow) },
  problems: ['channel.not-found', 'cursor.malformed'],
})

export const viewCall = operation({
  name: 'viewCall',
  method: 'GET',
  path: '/api/channels/{channel}/calls/{id}',
  policy: { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'One hotline call: its ladder, both halves, and what may be done',
  params: z.strictObject({ channel: channelId, id: digest }),
  response: { kind: 'json', status: 200, schema: callView },
  problems: ['channel.not-found', 'call.not-found'],
})

export const callFigures = z.strictObject({
  called: partyId,
  purpose: code,
  raised: z.int().min(0),
  taken: z.int().min(0),
  takenOn: z.array(z.strictObject({ rung: code, count: z.int().min(1) })),
  declined: z.int().min(0),
  unanswered: z.int().min(0),
  /** The middle time from the raising to a person in milliseconds, as the record bounds it; null while there is none. */
  toHuman: z.strictObject({ atLeast: z.int().min(0), atMost: z.int().min(0).nullable() }).nullable(),
})
export type CallFigures = z.output<typeof callFigures>

export const viewCallFigures = operation({
  name: 'viewCallFigures',
  method: 'GET',
  path: '/api/channels/{channel}/call-figures',
  policy: { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'What all hotline calls of a channel come to, exercises left out, by who was called and for what',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(callFigures) }) },
  problems: ['channel.not-found'],
})
