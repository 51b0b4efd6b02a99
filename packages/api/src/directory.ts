// The directory of a channel: leads, agencies, contact points and duty desks, as the mechanism computes it.

import { actView, may } from './act.ts'
import { channelId, code, digest, moment, partyId, stateObject } from './identifiers.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

/** Who is to be found at a contact point now, by the party's own statements and this node's clock. */
export const contactState = z.strictObject({
  party: partyId,
  contact: code,
  /** The office code of the contact point, and of the office that answers for it. */
  contactPoint: code,
  office: code,
  state: z.enum(['on-duty', 'out-of-hours', 'unknown', 'expired', 'nobody']),
  position: code.nullable(),
  /** The absence by which another office answers. */
  absence: digest.nullable(),
  /** The newest ping to this kind of contact point of the party, as each side claims its times. */
  ping: z.strictObject({ id: digest, sent: moment, answered: moment.nullable() }).nullable(),
})
export type ContactState = z.output<typeof contactState>

export const directoryView = z.strictObject({
  state: stateObject,
  stateDigest: digest,
  contacts: z.array(contactState),
  /** The parties that have let the time of their review pass. */
  overdue: z.array(partyId),
  acts: z.array(actView),
  may: z.array(may),
})
export type DirectoryView = z.output<typeof directoryView>

export const viewDirectory = operation({
  name: 'viewDirectory',
  method: 'GET',
  path: '/api/channels/{channel}/directory',
  policy: { access: 'roles', roles: insiderRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'Who is designated for what, on each side',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: directoryView },
  problems: ['channel.not-found'],
})
