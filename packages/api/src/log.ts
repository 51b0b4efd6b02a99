// Logs, as this node holds them: its own and those of its peers.

import {
  channelId,
  cursor,
  hashText,
  logId,
  origin,
  page,
  pageLimit,
  partyId,
  size,
  unixSeconds,
} from './identifiers.ts'
import { noteLengthMax, partiesMax } from './limits.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const noteText = z.string().max(noteLengthMax)

/** Who has cosigned a log: how far, and when by its own clock. */
export const cosigner = z.strictObject({
  /** The key's name in the note. */
  name: origin,
  /** Null for a neutral witness. */
  party: partyId.nullable(),
  role: z.enum(['witness', 'mirror', 'neutral']),
  size,
  time: unixSeconds,
})
export type Cosigner = z.output<typeof cosigner>

export const logView = z.strictObject({
  id: logId,
  origin,
  party: partyId,
  channel: z.union([channelId, z.literal('governance')]),
  own: z.boolean(),
  /** Entries held here, and the root over them. */
  size,
  root: hashText,
  /** The newest head that the log's key has signed, as this node has it. */
  head: z.strictObject({ size, root: hashText, note: noteText }).nullable(),
  cosigners: z.array(cosigner).max(2 * partiesMax),
  frozen: z.boolean(),
})
export type LogView = z.output<typeof logView>

export const cosignature = z.strictObject({
  name: origin,
  party: partyId.nullable(),
  role: z.enum(['log', 'witness', 'mirror', 'neutral']),
  size,
  root: hashText,
  time: unixSeconds,
  /** The checkpoint with this one signature. */
  note: noteText,
})
export type Cosignature = z.output<typeof cosignature>

/** Two heads of one log that cannot both be true, each signed by the log's own key. */
export const forkProof = z.strictObject({
  log: logId,
  origin,
  first: noteText,
  second: noteText,
  /** Shows the contradiction when the sizes differ: the consistency proof that fails. */
  hashes: z.array(hashText),
})
export type ForkProof = z.output<typeof forkProof>

export const listLogs = operation({
  name: 'listLogs',
  method: 'GET',
  path: '/api/logs',
  policy: { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'The logs this node writes and replicates',
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(logView) }) },
  problems: [],
})

export const listCosignatures = operation({
  name: 'listCosignatures',
  method: 'GET',
  path: '/api/logs/{log}/cosignatures',
  policy: { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'Every signature over a head of this log, newest first',
  params: z.strictObject({ log: logId }),
  query: z.strictObject({ cursor: cursor.optional(), limit: pageLimit.optional() }),
  response: { kind: 'json', status: 200, schema: page(cosignature) },
  problems: ['log.not-found', 'cursor.malformed'],
})

export const viewForkProof = operation({
  name: 'viewForkProof',
  method: 'GET',
  path: '/api/logs/{log}/fork-proof',
  policy: { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'The proof that this log was forked',
  params: z.strictObject({ log: logId }),
  response: { kind: 'json', status: 200, schema: forkProof },
  problems: ['log.not-found', 'fork-proof.not-found'],
})
