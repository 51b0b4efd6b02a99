// Drafts: acts that somebody is still writing, at their own node. A save names the version it was made from; made from an
// older one it changes nothing, and the answer carries the newest to merge with.

import { channelId, dataObject, digest, entryType, moment, stateObject } from './identifiers.ts'
import { accountIdLengthMax, draftAuthorsMax, draftsMax, labelLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { contentChecks } from './request-tie.ts'
import { deskRoles, readerRoles } from './role.ts'
import { z } from './zod.ts'

export const draftId = z.string().regex(/^[0-9a-f]{32}$/)

/** Somebody of the own party. `name` is null for whoever has no account any more. */
export const colleague = z.strictObject({
  id: z.string().max(accountIdLengthMax),
  name: z.string().max(labelLengthMax).nullable(),
})
export type Colleague = z.output<typeof colleague>

export const draftRow = z.strictObject({
  id: draftId,
  channel: channelId,
  type: entryType,
  /** Absent when the act founds a subject. */
  subject: digest.optional(),
  version: z.int().min(1),
  created: moment,
  createdBy: colleague,
  changed: moment,
  changedBy: colleague,
  /** Everybody who ever saved it: none of them approves it. */
  authors: z.array(colleague).max(draftAuthorsMax),
  /** Whether this version waits for release. */
  submitted: z.boolean(),
})
export type DraftRow = z.output<typeof draftRow>

/** What a draft says, as far as it has been written. */
const draftContent = {
  data: dataObject,
  body: stateObject.optional(),
  exercise: z.literal(true).optional(),
}

export const draftView = z.strictObject({ ...draftRow.shape, ...draftContent, checks: contentChecks })
export type DraftView = z.output<typeof draftView>

/** `moved`: nothing was saved, for somebody else has saved meanwhile; the draft is theirs. */
export const draftSaved = z.strictObject({ outcome: z.enum(['saved', 'moved']), draft: draftView })
export type DraftSaved = z.output<typeof draftSaved>

const params = z.strictObject({ channel: channelId, draft: draftId })
const reading = { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'read', keepsSession: true } as const
// The machine writes no drafts: it has no second pair of eyes.
const writing = { access: 'roles', roles: deskRoles, scope: 'channel', rate: 'write', keepsSession: true } as const

export const createDraft = operation({
  name: 'createDraft',
  method: 'POST',
  path: '/api/channels/{channel}/drafts',
  policy: writing,
  summary: 'Begin a draft of an act',
  params: z.strictObject({ channel: channelId }),
  request: {
    kind: 'json',
    schema: z.strictObject({ type: entryType, subject: digest.optional(), ...draftContent }),
  },
  response: { kind: 'json', status: 201, schema: draftView },
  problems: ['channel.not-found', 'act.not-allowed', 'draft.limit'],
})

export const listDrafts = operation({
  name: 'listDrafts',
  method: 'GET',
  path: '/api/channels/{channel}/drafts',
  policy: reading,
  summary: 'The drafts of a channel, the one that changed last first',
  params: z.strictObject({ channel: channelId }),
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(draftRow).max(draftsMax) }) },
  problems: ['channel.not-found'],
})

export const viewDraft = operation({
  name: 'viewDraft',
  method: 'GET',
  path: '/api/channels/{channel}/drafts/{draft}',
  policy: reading,
  summary: 'One draft',
  params,
  response: { kind: 'json', status: 200, schema: draftView },
  problems: ['channel.not-found', 'draft.not-found'],
})

export const saveDraft = operation({
  name: 'saveDraft',
  method: 'POST',
  path: '/api/channels/{channel}/drafts/{draft}',
  policy: writing,
  summary: 'Save the next version of a draft',
  description:
    'Whatever waits for release of the draft waits no more, and its approvals are void, unless nothing was changed. When the version is not the newest, nothing is saved and the newest is answered.',
  params,
  request: { kind: 'json', schema: z.strictObject({ version: z.int().min(1), ...draftContent }) },
  response: { kind: 'json', status: 200, schema: draftSaved },
  problems: ['channel.not-found', 'draft.not-found', 'draft.limit'],
})

export const discardDraft = operation({
  name: 'discardDraft',
  method: 'POST',
  path: '/api/channels/{channel}/drafts/{draft}/discard',
  policy: writing,
  summary: 'Discard a draft, with whatever waits for release of it',
  params,
  request: { kind: 'json', schema: z.strictObject({ version: z.int().min(1) }) },
  response: { kind: 'none' },
  problems: ['channel.not-found', 'draft.not-found', 'draft.moved'],
})

export const joinDraft = operation({
  name: 'joinDraft',
  method: 'POST',
  path: '/api/channels/{channel}/drafts/{draft}/presence',
  policy: { access: 'roles', roles: deskRoles, scope: 'channel', rate: 'read', keepsSession: false },
  summary: 'Say that one is at a draft, and hear who else is',
  description: 'Holds for half a minute. Others who have the draft open hear of a newcomer by an event.',
  params,
  response: {
    kind: 'json',
    status: 200,
    schema: z.strictObject({ people: z.array(colleague).max(draftAuthorsMax) }),
  },
  problems: ['channel.not-found', 'draft.not-found'],
})
