// Acts: what entries mean to the mechanism, as the console shows them, and the operation that makes one with the keys
// this node keeps. Which types there are and what each demands is the mechanism's to say.

import {
  channelId,
  code,
  dataObject,
  digest,
  entryType,
  interval,
  moment,
  officialId,
  origin,
  partyId,
  size,
  stateObject,
} from './identifiers.ts'
import { approvalsMax, idempotencyKeyLengthMax, partiesMax } from './limits.ts'
import { operation } from './operation.ts'
import { entryReference, recorded, standing, verdict } from './standing.ts'
import { writerRoles } from './role.ts'
import { z } from './zod.ts'

/** Whether the node's party may do this now, and by which rule not. */
export const may = z.strictObject({ type: entryType, allowed: z.boolean(), reason: code.optional() })
export type May = z.output<typeof may>

/** A body beside the log: never its content, only where it is. */
export const bodyMark = z.strictObject({
  digest,
  /** The size class in bytes: padding hides the size itself. */
  size,
  state: z.enum(['missing', 'sealed', 'opened', 'erased', 'mismatch']),
})
export type BodyMark = z.output<typeof bodyMark>

export const approvalMark = z.strictObject({
  official: officialId,
  kind: z.enum(['ed25519', 'passkey']),
  roles: z.array(code),
})
export type ApprovalMark = z.output<typeof approvalMark>

export const actView = z.strictObject({
  entry: entryReference,
  party: partyId,
  type: entryType,
  /** Absent on acts of the standing subjects; on a founding act, its own digest. */
  subject: digest.optional(),
  /** The author's claim of the time. */
  at: moment,
  /** What the evidence says of the time. */
  interval,
  data: dataObject,
  body: bodyMark.optional(),
  exercise: z.boolean(),
  approvals: z.array(approvalMark).max(approvalsMax),
  seen: z.array(z.strictObject({ origin, size })).max(2 * partiesMax),
  verdict,
  code: code.optional(),
  standing,
  /** The strictest marking that its channel may carry, where its own is stricter. The verdict does not ask. */
  aboveCeiling: code.optional(),
})
export type ActView = z.output<typeof actView>

export const appendAct = operation({
  name: 'appendAct',
  method: 'POST',
  path: '/api/channels/{channel}/acts',
  policy: { access: 'roles', roles: writerRoles, scope: 'channel', rate: 'write', keepsSession: true },
  summary: 'Record an act, approved with keys that this node keeps',
  description:
    'The node prepares the entry, seals the body, has it approved by the officials named (or, if none are, by those the type demands) and appends it. The answer comes when the entry is durable.',
  params: z.strictObject({ channel: channelId }),
  request: {
    kind: 'json',
    schema: z.strictObject({
      type: entryType,
      subject: digest.optional(),
      data: dataObject,
      /** What is said beside the coded fields. It is sealed before it is stored. */
      body: stateObject.optional(),
      exercise: z.literal(true).optional(),
      officials: z.array(officialId).min(1).max(approvalsMax).optional(),
      /** Sent again with the same act, the first answer is given again and nothing new is recorded. */
      idempotencyKey: z
        .string()
        .min(16)
        .max(idempotencyKeyLengthMax)
        .regex(/^[A-Za-z0-9_-]+$/)
        .optional(),
    }),
  },
  response: { kind: 'json', status: 201, schema: recorded },
  problems: [
    'channel.not-found',
    'act.malformed',
    'act.not-allowed',
    'act.not-approved',
    'act.repeated',
    'log.frozen',
    'node.read-only',
    'node.storage',
  ],
})
