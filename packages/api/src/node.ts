// The node itself: whose it is and in what condition.

import { code, logId, moment, officialId, origin, partyId } from './identifiers.ts'
import { operation } from './operation.ts'
import { z } from './zod.ts'

export const nodeView = z.strictObject({
  party: partyId,
  prefix: origin,
  version: z.string().max(32),
  /** The party's own governance log. */
  governance: logId,
  condition: z.enum(['normal', 'read-only']),
  /** Why the node is read-only. */
  reason: code.optional(),
  /** Whether it goes on without a party that has not been heard from since. */
  overridden: z.boolean(),
  /** The node's clock, so that a client can show ages without trusting its own. */
  now: moment,
  /** The officials in force, and whether this node keeps their keys. */
  officials: z.array(z.strictObject({ official: officialId, roles: z.array(code), kept: z.boolean() })),
})
export type NodeView = z.output<typeof nodeView>

export const viewNode = operation({
  name: 'viewNode',
  method: 'GET',
  path: '/api/node',
  policy: { access: 'signed-in', rate: 'read', keepsSession: true },
  summary: 'Whose node this is, its condition and its officials',
  response: { kind: 'json', status: 200, schema: nodeView },
  problems: [],
})

export const viewHealth = operation({
  name: 'viewHealth',
  method: 'GET',
  path: '/health',
  policy: { access: 'public', rate: 'probe', keepsSession: false },
  summary: 'Whether the process answers',
  response: { kind: 'json', status: 200, schema: z.strictObject({ status: z.literal('up') }) },
  problems: [],
})

export const viewReadiness = operation({
  name: 'viewReadiness',
  method: 'GET',
  path: '/ready',
  policy: { access: 'public', rate: 'probe', keepsSession: false },
  summary: 'Whether the node can do its work',
  response: { kind: 'json', status: 200, schema: z.strictObject({ status: z.literal('ready') }) },
  problems: ['node.not-ready'],
})

export const viewContract = operation({
  name: 'viewContract',
  method: 'GET',
  path: '/api/openapi.json',
  policy: { access: 'public', rate: 'probe', keepsSession: false },
  summary: 'This interface as an OpenAPI document',
  response: { kind: 'text', media: 'application/json' },
  problems: [],
})
