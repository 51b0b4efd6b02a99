// Evidence: files with custody. Uploads speak tus 1.0 (tus.io/protocols/resumable-upload) with its extensions creation,
// checksum, expiration and termination; everything else is what each party says of its copy.

import { actView, may } from './act.ts'
import { channelId, code, cursor, digest, moment, page, pageLimit, partyId, stateObject, size } from './identifiers.ts'
import { uploadMetadataLengthMax, uploadPieceBytesMax } from './limits.ts'
import { operation } from './operation.ts'
import { readerRoles } from './role.ts'
import { z } from './zod.ts'

const uploaders = ['duty', 'liaison', 'releasing', 'operator'] as const
const readers = [...readerRoles] as const

export const evidenceRow = z.strictObject({
  id: digest,
  from: partyId,
  request: digest.nullable(),
  status: code,
  media: code,
  handling: code,
  exercise: z.boolean(),
  /** Length of the sealed file in bytes. */
  bytes: size,
  /** From the opened body; null while this node cannot read it. A name from outside: show it as untrusted text. */
  name: z.string().nullable(),
  /** What each party that it is sealed to says of its own copy. */
  custody: z.array(z.strictObject({ party: partyId, status: code })),
  /** Whether this node holds the sealed file, and how much of it has come. */
  held: z.strictObject({ state: z.enum(['held', 'arriving', 'absent']), bytes: size }),
})
export type EvidenceRow = z.output<typeof evidenceRow>

export const evidenceView = z.strictObject({
  item: evidenceRow,
  /** The state as the mechanism computes it, with the custody of each party, and its digest. */
  state: stateObject,
  stateDigest: digest,
  acts: z.array(actView),
  may: z.array(may),
  /** The act of our own party for which the file is handed out now, and until when; null when there is none. */
  handOut: z.strictObject({ act: digest, until: moment }).nullable(),
})
export type EvidenceView = z.output<typeof evidenceView>

export const uploadView = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  length: size,
  offset: size,
  /** What the file was called when the upload began, and the request it is for: what its owner said. */
  name: z.string(),
  request: digest.nullable(),
  /** The item that came of it, once all of it has come. */
  item: digest.nullable(),
  /** After this it is thrown away, unless something is added. */
  expires: moment,
})
export type UploadView = z.output<typeof uploadView>

const item = z.strictObject({ channel: channelId, id: digest })
const upload = z.strictObject({ channel: channelId, id: z.string().regex(/^[0-9a-f]{32}$/) })
const decimal = z.string().regex(/^(0|[1-9][0-9]{0,14})$/)
const version = z.string().max(16)
const tusAnswer = ['tus-resumable', 'upload-offset', 'upload-length', 'upload-expires'] as const

export const listEvidence = operation({
  name: 'listEvidence',
  method: 'GET',
  path: '/api/channels/{channel}/evidence',
  policy: { access: 'roles', roles: readers, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'The evidence of a channel or of one request, changed last first',
  params: z.strictObject({ channel: channelId }),
  query: z.strictObject({ request: digest.optional(), cursor: cursor.optional(), limit: pageLimit.optional() }),
  response: { kind: 'json', status: 200, schema: page(evidenceRow) },
  problems: ['channel.not-found', 'cursor.malformed'],
})

export const viewEvidence = operation({
  name: 'viewEvidence',
  method: 'GET',
  path: '/api/channels/{channel}/evidence/{id}',
  policy: { access: 'roles', roles: readers, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'One item with the custody of each party, and what may be done',
  params: item,
  response: { kind: 'json', status: 200, schema: evidenceView },
  problems: ['channel.not-found', 'evidence.not-found'],
})

export const exportEvidence = operation({
  name: 'exportEvidence',
  method: 'GET',
  path: '/api/channels/{channel}/evidence/{id}/file',
  policy: {
    access: 'roles',
    roles: ['liaison', 'releasing', 'operator'],
    scope: 'channel',
    rate: 'heavy',
    keepsSession: true,
  },
  summary: 'The file itself, unsealed, for the act that says what for',
  description:
    'Record `evidence.opened` or `evidence.copied` first and name that entry: the file is handed out for it within fifteen minutes. Every chunk is verified before it leaves; an answer that ends early is not the file.',
  params: item,
  query: z.strictObject({ act: digest }),
  response: { kind: 'download' },
  problems: ['channel.not-found', 'evidence.not-found', 'evidence.missing', 'evidence.damaged', 'evidence.unstated'],
})

export const exportBag = operation({
  name: 'exportBag',
  method: 'GET',
  path: '/api/channels/{channel}/evidence/{id}/bag',
  policy: {
    access: 'roles',
    roles: ['liaison', 'releasing', 'operator'],
    scope: 'channel',
    rate: 'heavy',
    keepsSession: true,
  },
  summary: 'The file with its digests and the certificate of custody, as a bag (RFC 8493) in a tar archive',
  description: 'For an act that says what for, as the file itself is. An answer that ends early is not the bag.',
  params: item,
  query: z.strictObject({ act: digest }),
  response: { kind: 'download' },
  problems: [
    'channel.not-found',
    'evidence.not-found',
    'evidence.missing',
    'evidence.damaged',
    'evidence.unstated',
    'entry.not-published',
  ],
})

export const exportSealedEvidence = operation({
  name: 'exportSealedEvidence',
  method: 'GET',
  path: '/api/channels/{channel}/evidence/{id}/sealed',
  policy: {
    access: 'roles',
    roles: ['liaison', 'releasing', 'auditor', 'operator'],
    scope: 'channel',
    rate: 'heavy',
    keepsSession: true,
  },
  summary: 'The sealed file, an age v1 file, as its entry names it by digest',
  params: item,
  response: { kind: 'download' },
  problems: ['channel.not-found', 'evidence.not-found', 'evidence.missing'],
})

export const viewCertificate = operation({
  name: 'viewCertificate',
  method: 'GET',
  path: '/api/channels/{channel}/evidence/{id}/certificate',
  policy: { access: 'roles', roles: readers, scope: 'channel', rate: 'heavy', keepsSession: true },
  summary: 'The custody of an item with a proof of each entry, to be verified offline',
  params: item,
  response: { kind: 'text', media: 'application/json' },
  problems: ['channel.not-found', 'evidence.not-found', 'entry.not-published'],
})

export const listUploads = operation({
  name: 'listUploads',
  method: 'GET',
  path: '/api/channels/{channel}/uploads',
  policy: { access: 'roles', roles: uploaders, scope: 'channel', rate: 'read', keepsSession: true },
  summary: 'The caller’s own uploads, to go on with one that was left',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(uploadView) }) },
  problems: ['channel.not-found'],
})

export const openUpload = operation({
  name: 'openUpload',
  method: 'POST',
  path: '/api/channels/{channel}/uploads',
  policy: { access: 'roles', roles: uploaders, scope: 'channel', rate: 'write', keepsSession: true },
  summary: 'Begin an upload (tus: creation)',
  description:
    'Metadata: `filename`, `media`, `handling`, and optionally `request`, `to` (parties, with commas), `description`, `language`, `use`, `conditions` (with commas), `exercise`.',
  params: z.strictObject({ channel: channelId }),
  headers: z.strictObject({
    'tus-resumable': version,
    'upload-length': decimal,
    'upload-metadata': z.string().max(uploadMetadataLengthMax),
  }),
  answerHeaders: [...tusAnswer, 'location'],
  response: { kind: 'json', status: 201, schema: uploadView },
  problems: [
    'channel.not-found',
    'upload.version',
    'upload.metadata',
    'upload.length',
    'upload.limit',
    'act.not-allowed',
    'node.storage',
  ],
})

export const viewUpload = operation({
  name: 'viewUpload',
  method: 'GET',
  path: '/api/channels/{channel}/uploads/{id}',
  policy: { access: 'roles', roles: uploaders, scope: 'channel', rate: 'upload', keepsSession: true },
  summary: 'How far an upload has got (tus: HEAD)',
  params: upload,
  answerHeaders: tusAnswer,
  response: { kind: 'json', status: 200, schema: uploadView },
  problems: ['channel.not-found', 'upload.not-found'],
})

export const appendUpload = operation({
  name: 'appendUpload',
  method: 'PATCH',
  path: '/api/channels/{channel}/uploads/{id}',
  policy: { access: 'roles', roles: uploaders, scope: 'channel', rate: 'upload', keepsSession: true },
  summary: 'Add the next bytes of an upload; with the last of them the item is sealed into the record',
  params: upload,
  headers: z.strictObject({
    'tus-resumable': version,
    'upload-offset': decimal,
    'upload-checksum': z.string().max(128).optional(),
  }),
  // An empty file has no bytes to send, and an upload that was left when only its record was missing has none any more.
  request: { kind: 'bytes', bytesMax: uploadPieceBytesMax, media: 'application/offset+octet-stream', mayBeEmpty: true },
  answerHeaders: tusAnswer,
  response: { kind: 'none' },
  problems: [
    'channel.not-found',
    'upload.not-found',
    'upload.version',
    'upload.offset',
    'upload.length',
    'upload.checksum',
    'node.storage',
    'node.read-only',
    'act.not-allowed',
    'act.malformed',
  ],
})

export const endUpload = operation({
  name: 'endUpload',
  method: 'DELETE',
  path: '/api/channels/{channel}/uploads/{id}',
  policy: { access: 'roles', roles: uploaders, scope: 'channel', rate: 'write', keepsSession: true },
  summary: 'Throw an upload away (tus: termination)',
  params: upload,
  headers: z.strictObject({ 'tus-resumable': version }),
  answerHeaders: ['tus-resumable'],
  response: { kind: 'none' },
  problems: ['channel.not-found', 'upload.not-found', 'upload.version'],
})
