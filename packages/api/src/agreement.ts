// The agreement of a channel: the pack's texts and commitments, who adopted which digest, and since when it is in
// force.

import { actView, may } from './act.ts'
import { channelId, code, digest, interval, language, moment, packId, partyId, stateObject } from './identifiers.ts'
import { jsonBytesBulkMax, packFileLengthMax, packFilesMax, partiesMax } from './limits.ts'
import { operation } from './operation.ts'
import { entryReference, standing } from './standing.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

/** One name or sentence in each language of the pack, by language tag. */
export const wordings = z.record(language, z.string())
export type Wordings = z.output<typeof wordings>

/** Words of a text, found again by what stands before and after them (W3C Web Annotation, text quote selector). */
export const anchor = z.strictObject({
  text: code,
  exact: z.string().min(1),
  prefix: z.string().optional(),
  suffix: z.string().optional(),
})
export type Anchor = z.output<typeof anchor>

export const agreementText = z.strictObject({
  id: code,
  language,
  /** Who published it, in words, and the party that did, when it was one. */
  issuer: z.string(),
  party: partyId.optional(),
  source: z.string(),
  date: z.iso.date(),
  status: code,
  /** Who translated or summarised it. */
  by: z.string().optional(),
  /** The text that a translation is of. */
  of: code.optional(),
  /** Plain text; paragraphs are parted by empty lines. */
  body: z.string(),
})
export type AgreementText = z.output<typeof agreementText>

export const commitment = z.strictObject({
  id: code,
  names: wordings,
  kind: code,
  force: code,
  /** Who is to do or not to do it, and the parties that are bound. */
  actors: z.array(code),
  parties: z.array(partyId).max(partiesMax),
  negative: z.boolean().optional(),
  qualifiers: z.array(code).optional(),
  anchors: z.array(anchor),
})
export type Commitment = z.output<typeof commitment>

export const packView = z.strictObject({
  id: packId,
  digest,
  title: wordings,
  date: z.iso.date(),
  languages: z.array(language),
  parties: z.array(z.strictObject({ id: partyId, names: wordings })).max(partiesMax),
  texts: z.array(agreementText),
  commitments: z.array(commitment),
  /** Meetings, hotline and review, as the pack states them. */
  mechanism: stateObject,
  /** Its guidelines for requests, as the pack states them; null where it has none. */
  guidelines: stateObject.nullable(),
})
export type PackView = z.output<typeof packView>

export const adoption = z.strictObject({
  party: partyId,
  pack: digest,
  entry: entryReference,
  at: moment,
  standing,
  withdrawn: z.boolean(),
})
export type Adoption = z.output<typeof adoption>

export const agreementView = z.strictObject({
  pack: packView,
  adoptions: z.array(adoption).max(partiesMax),
  /** Null until every party has adopted the same digest. */
  inForce: z.strictObject({ pack: digest, since: interval }).nullable(),
  acts: z.array(actView),
  may: z.array(may),
})
export type AgreementView = z.output<typeof agreementView>

export const viewAgreement = operation({
  name: 'viewAgreement',
  method: 'GET',
  path: '/api/channels/{channel}/agreement',
  policy: { access: 'roles', roles: insiderRoles, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'The agreement: its texts, its commitments and its adoption',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: agreementView },
  problems: ['channel.not-found', 'agreement.not-found'],
})

/** The pack's own file and the texts that it names, by their names. */
export const packFiles = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(128), text: z.string().max(packFileLengthMax) }))
    .min(1)
    .max(packFilesMax),
})
export type PackFiles = z.output<typeof packFiles>

export const importPack = operation({
  name: 'importPack',
  method: 'POST',
  path: '/api/packs',
  policy: {
    access: 'roles',
    roles: ['administrator', 'policy', 'operator'],
    scope: 'node',
    rate: 'heavy',
    keepsSession: true,
  },
  summary: 'Hand the node an agreement pack',
  description:
    'The node compiles the pack and keeps it by its digest. That a party agrees to it is said by an entry of its own.',
  request: { kind: 'json', bytesMax: jsonBytesBulkMax, schema: packFiles },
  response: { kind: 'json', status: 201, schema: z.strictObject({ id: packId, digest }) },
  problems: ['pack.refused', 'node.storage'],
})
