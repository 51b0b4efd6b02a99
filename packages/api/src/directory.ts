// The directory of a channel: leads, agencies, contact points and duty desks, as the mechanism computes it.

import { actView, may } from './act.ts'
import { channelId, digest, stateObject } from './identifiers.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const directoryView = z.strictObject({
  state: stateObject,
  stateDigest: digest,
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
