// Bundles: the record as a file, for the air gap, for evidence, for keeping.

import { channelId, code, digest, origin, partyId, size } from './identifiers.ts'
import { bundleBytesMax } from './limits.ts'
import { operation } from './operation.ts'
import { changeOutcome } from './people.ts'
import { z } from './zod.ts'

/** What an import did. Importing the same bundle again finds nothing new. */
export const bundleImport = z.strictObject({
  /** The digest that names the bundle, for comparing it with the label of the medium. */
  label: digest,
  channel: channelId,
  /** The party that says it made the bundle, and its number among those it made for us. */
  from: partyId,
  sequence: size,
  /** Bundles with numbers between the newest one that was imported before and this one: they never came. */
  missed: size,
  logs: z.array(z.strictObject({ origin, from: size, size })),
  entries: size,
  bodies: size,
  cosignatures: size,
  /** What was not taken, and why. `position` names an entry, where it is one entry's fault. */
  refused: z.array(z.strictObject({ origin: origin.optional(), position: size.optional(), code })),
  /** Files of evidence of the channel that were handed to this party and are still to come: no bundle carries them. */
  awaited: z.array(
    z.strictObject({
      item: digest,
      from: partyId,
      /** SHA-256 of the sealed file. */
      digest,
      bytes: size,
    }),
  ),
})
export type BundleImport = z.output<typeof bundleImport>

export const exportBundle = operation({
  name: 'exportBundle',
  method: 'POST',
  path: '/api/bundles/export',
  policy: {
    access: 'roles',
    roles: ['auditor', 'duty', 'liaison', 'operator'],
    scope: 'any',
    rate: 'heavy',
    keepsSession: true,
  },
  summary: 'Write a bundle of a channel',
  request: {
    kind: 'json',
    schema: z.strictObject({
      channel: channelId,
      /** News for one party, a copy for anyone, or something for an outsider to verify. */
      purpose: z.enum(['transport', 'export', 'evidence']),
      /** Whom the bundle is for. A transport is always for somebody. */
      recipient: partyId.optional(),
      /** Whole logs, even what the recipient has given receipts for. */
      all: z.literal(true).optional(),
    }),
  },
  response: { kind: 'bytes', filename: 'bundle.parley' },
  problems: ['channel.not-found', 'peer.not-found', 'bundle.too-large', 'export.not-approved'],
})

export const addExport = operation({
  name: 'addExport',
  method: 'POST',
  path: '/api/channels/{channel}/exports',
  policy: {
    access: 'roles',
    roles: ['auditor', 'cochair', 'duty', 'liaison', 'policy', 'releasing'],
    scope: 'channel',
    rate: 'write',
    keepsSession: true,
  },
  summary: 'Ask that one may take much out of a channel: large copies, files of many cases',
  description: 'It opens when an administrator has approved it and the delay of the node is over, for a day.',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: changeOutcome },
  problems: ['channel.not-found', 'change.not-allowed'],
})

export const importBundle = operation({
  name: 'importBundle',
  method: 'POST',
  path: '/api/bundles/import',
  policy: { access: 'roles', roles: ['duty', 'liaison', 'operator'], scope: 'node', rate: 'heavy', keepsSession: true },
  summary: 'Read a bundle: check all of it, then take what is new',
  request: { kind: 'bytes', bytesMax: bundleBytesMax },
  response: { kind: 'json', status: 200, schema: bundleImport },
  problems: ['channel.not-found', 'bundle.malformed', 'bundle.recipient', 'node.storage'],
})
