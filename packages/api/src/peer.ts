// Peers: how each link stands, both ways, and trying one out.

import { code, logId, moment, partyId, size } from './identifiers.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const peerView = z.strictObject({
  party: partyId,
  address: z.string().max(512),
  /** `unreachable`: nothing has come from the peer since it could last not be reached. */
  state: z.enum(['linked', 'unreachable', 'late', 'silent', 'never']),
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
  /** Our own logs that take nothing in before this party has said what it holds of them. */
  holdsUp: z.array(logId),
  /** Going on without its answer: one person has asked for it, or two have done it, for these logs, until the node stops. */
  override: z
    .strictObject({
      state: z.enum(['asked', 'done']),
      at: moment,
      logs: z.array(logId),
      /** Whether the party has been heard from since. */
      heardSince: z.boolean(),
    })
    .nullable(),
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

export const overridePeer = operation({
  name: 'overridePeer',
  method: 'POST',
  path: '/api/peers/{party}/override',
  policy: {
    access: 'roles',
    roles: ['administrator', 'cochair', 'releasing', 'operator'],
    scope: 'node',
    rate: 'write',
    keepsSession: true,
    stepUp: 'key',
  },
  summary: 'Go on without what a silent party may hold of our logs; it takes two people',
  description:
    'After a start a log takes nothing in before every member has said what it holds of it. The second person who says so opens the logs that wait for nobody else; who says so is in the security log. The machine’s token counts only where the party has fewer than two people for it. It holds until the node stops.',
  params: z.strictObject({ party: partyId }),
  request: {
    kind: 'json',
    schema: z.strictObject({
      /** The logs that the person has seen to wait. */
      logs: z.array(logId).min(1),
    }),
  },
  response: { kind: 'json', status: 200, schema: peerView },
  problems: ['peer.not-found', 'override.refused'],
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
