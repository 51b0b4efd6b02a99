// Release: a version of a draft as the exact entry that is to be said, who has approved it, and letting it go. What is
// approved is the digest of exactly what is shown here.

import { channelId, code, dataObject, digest, entryType, moment, officialId, stateObject } from './identifiers.ts'
import { colleague, draftId } from './draft.ts'
import {
  approvalsMax,
  authenticatorDataTextLengthMax,
  draftAuthorsMax,
  draftsMax,
  officialsOwnMax,
  partiesMax,
} from './limits.ts'
import { operation } from './operation.ts'
import { sealingRecipient } from './prepared-entry.ts'
import { contentChecks } from './request-tie.ts'
import { deskRoles, readerRoles } from './role.ts'
import { base64url } from './sign-in.ts'
import { recorded } from './standing.ts'
import { z } from './zod.ts'

const base64 = z.base64().min(1).max(authenticatorDataTextLengthMax)

/** A signature over the digest: a passkey's assertion whose challenge it is, or that of an Ed25519 key. */
export const approval = z.union([
  z.strictObject({ official: officialId, signature: z.base64().length(88) }),
  z.strictObject({
    official: officialId,
    assertion: z.strictObject({ authenticatorData: base64, clientData: base64, signature: base64 }),
  }),
])
export type ApprovalText = z.output<typeof approval>

export const releaseApproval = z.strictObject({
  person: colleague,
  official: officialId,
  kind: z.enum(['ed25519', 'passkey']),
  roles: z.array(code),
  at: moment,
  /** Whether the key is still an official's. If not, nothing leaves with it. */
  inForce: z.boolean(),
})

/** Whether something may be done, and by which rule not. */
const ability = z.strictObject({ allowed: z.boolean(), reason: code.optional() })

export const releaseRow = z.strictObject({
  draft: draftId,
  channel: channelId,
  version: z.int().min(1),
  digest,
  type: entryType,
  subject: digest.optional(),
  submitted: moment,
  submittedBy: colleague,
  /** Who wrote it and so does not approve it. */
  authors: z.array(colleague).max(draftAuthorsMax),
  approvals: z.array(releaseApproval).max(approvalsMax),
  /** How many people must approve, each with one of the roles; and how many of them are still missing. */
  demand: z.strictObject({ count: z.int().min(1), roles: z.array(code) }),
  missing: z.int().min(0),
  /** The case has moved since it was submitted: somebody must look again. */
  stale: z.boolean(),
  /** What the caller may do with it, and why not. */
  may: z.strictObject({ approve: ability, release: ability }),
})
export type ReleaseRow = z.output<typeof releaseRow>

export const releaseView = z.strictObject({
  ...releaseRow.shape,
  data: dataObject,
  exercise: z.boolean(),
  /** The sealed body: its digest, its size class, what it says and whom it is sealed to. */
  body: z
    .strictObject({
      digest,
      size: z.int().min(0),
      plaintext: stateObject,
      recipients: z.array(sealingRecipient).max(2 * partiesMax),
    })
    .optional(),
  /** The caller's own keys that could approve it. */
  keys: z
    .array(z.strictObject({ official: officialId, roles: z.array(code), passkey: base64url.nullable() }))
    .max(officialsOwnMax),
  checks: contentChecks,
})
export type ReleaseView = z.output<typeof releaseView>

const params = z.strictObject({ channel: channelId, draft: draftId })
const reading = { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: true } as const
const writing = { access: 'roles', roles: deskRoles, scope: 'channel', rate: 'write', keepsSession: true } as const
const meant = z.strictObject({ digest })

export const submitDraft = operation({
  name: 'submitDraft',
  method: 'POST',
  path: '/api/channels/{channel}/drafts/{draft}/submit',
  policy: writing,
  summary: 'Submit a version of a draft for release',
  description:
    'The entry is made, its body sealed, and its digest fixed. Submitted again, the same draft is made anew with what has been seen by now, and earlier approvals are void.',
  params,
  request: { kind: 'json', schema: z.strictObject({ version: z.int().min(1) }) },
  response: { kind: 'json', status: 201, schema: releaseView },
  problems: ['channel.not-found', 'draft.not-found', 'draft.moved', 'act.malformed', 'act.not-allowed'],
})

export const listReleases = operation({
  name: 'listReleases',
  method: 'GET',
  path: '/api/channels/{channel}/releases',
  policy: reading,
  summary: 'What waits for release, the oldest first',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(releaseRow).max(draftsMax) }) },
  problems: ['channel.not-found'],
})

export const viewRelease = operation({
  name: 'viewRelease',
  method: 'GET',
  path: '/api/channels/{channel}/releases/{draft}',
  policy: reading,
  summary: 'What waits for release: exactly what would be said, and to whom',
  params,
  response: { kind: 'json', status: 200, schema: releaseView },
  problems: ['channel.not-found', 'release.not-found'],
})

export const approveRelease = operation({
  name: 'approveRelease',
  method: 'POST',
  path: '/api/channels/{channel}/releases/{draft}/approve',
  policy: writing,
  summary: 'Approve what waits, by a signature over its digest',
  description:
    'The signature is the proof of the person: a passkey must have verified them for this very digest. Nobody approves what they wrote, nor the same thing twice.',
  params,
  request: { kind: 'json', schema: z.strictObject({ digest, approval }) },
  response: { kind: 'json', status: 200, schema: releaseView },
  problems: ['channel.not-found', 'release.not-found', 'release.changed', 'release.not-approved'],
})

export const revokeApproval = operation({
  name: 'revokeApproval',
  method: 'POST',
  path: '/api/channels/{channel}/releases/{draft}/revoke',
  policy: writing,
  summary: 'Take one’s own approval back',
  params,
  request: { kind: 'json', schema: meant },
  response: { kind: 'json', status: 200, schema: releaseView },
  problems: ['channel.not-found', 'release.not-found', 'release.changed'],
})

export const releaseDraft = operation({
  name: 'releaseDraft',
  method: 'POST',
  path: '/api/channels/{channel}/releases/{draft}/release',
  policy: { ...writing, stepUp: 'key' },
  summary: 'Let what was approved leave, for good',
  description:
    'Records exactly the bytes whose digest is named, together with the end of the draft. Asked again, it answers where they were recorded.',
  params,
  request: { kind: 'json', schema: meant },
  response: { kind: 'json', status: 201, schema: recorded },
  problems: [
    'channel.not-found',
    'release.not-found',
    'release.changed',
    'release.not-ready',
    'act.not-allowed',
    'log.frozen',
    'node.read-only',
    'node.storage',
  ],
})
