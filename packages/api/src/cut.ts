// A cut: how far each log of a channel is counted, and the digests that two sides compare.

import { channelId, digest, hashText, origin, size } from './identifiers.ts'
import { partiesMax } from './limits.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const cutView = z.strictObject({
  cut: z.strictObject({ logs: z.array(z.strictObject({ origin, size, root: hashText })).max(2 * partiesMax) }),
  cutDigest: digest,
  rulesDigest: digest,
  stateDigest: digest,
})
export type CutView = z.output<typeof cutView>

export const viewCut = operation({
  name: 'viewCut',
  method: 'GET',
  path: '/api/channels/{channel}/cut',
  policy: { access: 'roles', roles: insiderRoles, scope: 'channel', rate: 'heavy', keepsSession: true },
  summary: 'The newest cut of a channel and the digest of everything computed at it',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: cutView },
  problems: ['channel.not-found', 'cut.waiting'],
})
