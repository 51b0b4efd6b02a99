// Entries prepared elsewhere: what an author must know to make one away from the node, and handing it in.

import { channelId, partyId, hashText, origin, size, unixSeconds } from './identifiers.ts'
import { entryTextLengthMax, partiesMax, sealedBodyTextLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { recorded } from './standing.ts'
import { writerRoles } from './role.ts'
import { z } from './zod.ts'

/** One line of an entry's `seen`, exactly as the entry must carry it. */
export const seenHead = z.strictObject({ origin, size: size.min(1), root: hashText, time: unixSeconds })
export type SeenHead = z.output<typeof seenHead>

/** A key that a body is sealed to. `authority`: who is to read it; `archive`: the author's own, against loss. */
export const sealingRecipient = z.strictObject({
  party: partyId,
  purpose: z.enum(['authority', 'archive']),
  key: z
    .string()
    .max(128)
    .regex(/^age1[a-z0-9]+$/),
})
export type SealingRecipient = z.output<typeof sealingRecipient>

export const seenView = z.strictObject({
  channel: channelId,
  from: partyId,
  seen: z.array(seenHead).max(2 * partiesMax),
  recipients: z.array(sealingRecipient).max(2 * partiesMax),
})
export type SeenView = z.output<typeof seenView>

export const viewSeen = operation({
  name: 'viewSeen',
  method: 'GET',
  path: '/api/channels/{channel}/seen',
  policy: { access: 'roles', roles: writerRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'What an entry of this channel must say it has seen, and whom its body is sealed to',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: seenView },
  problems: ['channel.not-found'],
})

export const appendEntry = operation({
  name: 'appendEntry',
  method: 'POST',
  path: '/api/channels/{channel}/entries',
  policy: { access: 'roles', roles: writerRoles, scope: 'channel', rate: 'write', keepsSession: true },
  summary: 'Hand in an entry that was prepared and approved elsewhere',
  description:
    'Handing in the same entry again changes nothing and gives the same answer. An entry that would not be valid is refused here: only a peer’s log can hold invalid entries.',
  params: z.strictObject({ channel: channelId }),
  request: {
    kind: 'json',
    schema: z.strictObject({
      entry: z.base64().min(1).max(entryTextLengthMax),
      body: z.base64().min(1).max(sealedBodyTextLengthMax).optional(),
    }),
  },
  response: { kind: 'json', status: 201, schema: recorded },
  problems: [
    'channel.not-found',
    'entry.malformed',
    'entry.refused',
    'body.malformed',
    'log.frozen',
    'node.read-only',
    'node.storage',
  ],
})
