// Channels: who speaks with whom under which agreement, and joining one.

import { may } from './act.ts'
import { channelId, digest, logId, packId, partyId, size } from './identifiers.ts'
import { entryTextLengthMax, genesisTextLengthMax, jsonBytesBulkMax, partiesMax } from './limits.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

const channelFields = {
  id: channelId,
  agreement: packId,
  /** Digest of the document that fixes the parties and their keys. */
  genesis: digest,
  own: partyId,
  parties: z.array(partyId).min(2).max(partiesMax),
  /** Requests that wait for an answer. */
  outstanding: z.strictObject({ incoming: size, outgoing: size }),
}

export const channelRow = z.strictObject(channelFields)
export type ChannelRow = z.output<typeof channelRow>

export const channelView = z.strictObject({
  ...channelFields,
  logs: z.array(z.strictObject({ party: partyId, log: logId })).max(partiesMax),
  /** The acts that found a subject, such as opening a request. */
  may: z.array(may),
})
export type ChannelView = z.output<typeof channelView>

export const listChannels = operation({
  name: 'listChannels',
  method: 'GET',
  path: '/api/channels',
  policy: { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'The channels this node is a member of',
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(channelRow) }) },
  problems: [],
})

export const viewChannel = operation({
  name: 'viewChannel',
  method: 'GET',
  path: '/api/channels/{channel}',
  policy: { access: 'roles', roles: insiderRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'One channel, its logs and what may be begun in it',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: channelView },
  problems: ['channel.not-found'],
})

export const importChannel = operation({
  name: 'importChannel',
  method: 'POST',
  path: '/api/channels',
  policy: { access: 'roles', roles: ['administrator', 'operator'], scope: 'node', rate: 'heavy', keepsSession: true },
  summary: 'Join a channel: its genesis, and the cards of its parties',
  description:
    'Cards of parties that the node knows already may be left out. Each card must be the one that the genesis pins.',
  request: {
    kind: 'json',
    bytesMax: jsonBytesBulkMax,
    schema: z.strictObject({
      genesis: z.base64().min(1).max(genesisTextLengthMax),
      cards: z.array(z.base64().min(1).max(entryTextLengthMax)).max(partiesMax),
    }),
  },
  response: { kind: 'json', status: 201, schema: z.strictObject({ channel: channelId }) },
  problems: ['channel.exists', 'channel.refused', 'peer.not-found', 'node.read-only', 'node.storage'],
})
