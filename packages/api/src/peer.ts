// Peers: how each link stands, both ways, and trying one out.

import { code, logId, moment, partyId, size } from './identifiers.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const peerView = z.strictObject({
  party: partyId,
  address: z.string().max(512),
  state: z.enum(['linked', 'late', 'silent', 'never']),
  /** When anything last came from the peer. */
  lastContact: moment.nullable(),
  /** When its mirror last cosigned a log of ours. */
  lastReceipt: moment.nullable(),
  outgoing: z.array(z.strictObject({ log: logId, size, acked: size })),
  /** `head`: how far the peer says its log goes; `size`: how far we hold it. */
  incoming: z.array(z.strictObject({ log: logId, size, head: size })),
  /** The peer's clock less ours; null before the first contact. */
  clockOffsetSeconds: z.int().nullable(),
  lastError: z.strictObject({ code, at: moment }).nullable(),
})
export type PeerView = z.output<typeof peerView>

export const peerTest = z.strictObject({
  party: partyId,
  passed: z.boolean(),
  steps: z.array(
    z.strictObject({
      step: z.enum(['address', 'connect', 'tls', 'identity', 'protocol', 'clock']),
      outcome: z.enum(['passed', 'failed', 'skipped']),
      code: code.optional(),
      milliseconds: z.int().min(0),
      /** The peer's clock less ours, where it said what its clock shows. */
      offsetSeconds: z.int().optional(),
    }),
  ),
})
export type PeerTest = z.output<typeof peerTest>

export const listPeers = operation({
  name: 'listPeers',
  method: 'GET',
  path: '/api/peers',
  policy: { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'The peers and how each link stands',
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(peerView) }) },
  problems: [],
})

export const testPeer = operation({
  name: 'testPeer',
  method: 'POST',
  path: '/api/peers/{party}/test',
  policy: {
    access: 'roles',
    roles: ['administrator', 'duty', 'operator'],
    scope: 'any',
    rate: 'heavy',
    keepsSession: true,
  },
  summary: 'Try the link to a peer, step by step',
  params: z.strictObject({ party: partyId }),
  response: { kind: 'json', status: 200, schema: peerTest },
  problems: ['peer.not-found', 'peer.busy'],
})
