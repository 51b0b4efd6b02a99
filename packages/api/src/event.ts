// Events say that something changed and where to look, never what changed.

import { channelId, digest } from './identifiers.ts'
import { operation } from './operation.ts'
import { z } from './zod.ts'

export const eventTopics = [
  'entry',
  'standing',
  'request',
  'evidence',
  'hotline',
  'ping',
  'directory',
  'log',
  'peer',
  'channel',
  'node',
  'draft',
  'release',
] as const

export const nodeEvent = z.strictObject({
  topic: z.enum(eventTopics),
  channel: channelId.optional(),
  /** The digest of the subject, or the identifier of the log. */
  id: digest.optional(),
})
export type NodeEvent = z.output<typeof nodeEvent>

export const streamEvents = operation({
  name: 'streamEvents',
  method: 'GET',
  path: '/api/events',
  policy: { access: 'signed-in', rate: 'stream', keepsSession: false },
  summary: 'What changes, as server-sent events',
  description:
    'Nothing is sent again: whoever connects, or connects anew, reads the current state first. The stream ends with the session, and when the reader is too slow.',
  response: { kind: 'events', schema: nodeEvent },
  problems: [],
})
