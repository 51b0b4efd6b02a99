// Pings: who was asked "are you there", who answered, and how many of each.

import { channelId, code, cursor, digest, moment, page, pageLimit, partyId } from './identifiers.ts'
import { operation } from './operation.ts'
import { direction } from './request.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const pingRow = z.strictObject({
  id: digest,
  channel: channelId,
  direction,
  from: partyId,
  to: partyId,
  contact: code,
  status: code,
  exercise: z.boolean(),
  /** As each author claims. */
  sent: moment,
  answered: z.strictObject({ at: moment, position: code }).nullable(),
})
export type PingRow = z.output<typeof pingRow>

export const pingFigures = z.strictObject({ to: partyId, sent: z.int().min(0), answered: z.int().min(0) })

const { shape } = page(pingRow)
export const pingPage = z.strictObject({
  ...shape,
  /** Of all pings of the channel, exercises left out, by who was asked. */
  figures: z.array(pingFigures),
})

export const listPings = operation({
  name: 'listPings',
  method: 'GET',
  path: '/api/channels/{channel}/pings',
  policy: { access: 'roles', roles: insiderRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'The pings of a channel with their figures, the one that changed last first',
  params: z.strictObject({ channel: channelId }),
  query: z.strictObject({ cursor: cursor.optional(), limit: pageLimit.optional() }),
  response: { kind: 'json', status: 200, schema: pingPage },
  problems: ['channel.not-found', 'cursor.malformed'],
})
