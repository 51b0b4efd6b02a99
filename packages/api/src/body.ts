// Bodies: what was said beside the log, opened with this node's keys.

import { digest, partyId, stateObject } from './identifiers.ts'
import { operation } from './operation.ts'
import { entryReference } from './standing.ts'
import { readerRoles } from './role.ts'
import { z } from './zod.ts'

export const openedBody = z.strictObject({
  digest,
  entry: entryReference,
  party: partyId,
  plaintext: stateObject,
})
export type OpenedBody = z.output<typeof openedBody>

export const openBody = operation({
  name: 'openBody',
  method: 'GET',
  path: '/api/bodies/{digest}',
  policy: { access: 'roles', roles: readerRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'What a body says',
  description: 'The digest is that of the sealed bytes, as the entry carries it.',
  params: z.strictObject({ digest }),
  response: { kind: 'json', status: 200, schema: openedBody },
  problems: ['body.not-found', 'body.missing', 'body.sealed', 'body.mismatch', 'body.erased'],
})
