// The inbox: requests of every channel, what will be late first, with who has each, who watches and what is new; and the
// filters that people keep. A filter is a value with named fields and lists of codes; nothing in it is a pattern.

import { channelId, code, cursor, digest, integerText, page, pageLimit } from './identifiers.ts'
import {
  accountLengthMax,
  filterNameLengthMax,
  filterValuesMax,
  savedFiltersMax,
  searchTextLengthMax,
} from './limits.ts'
import { operation } from './operation.ts'
import { readerRoles } from './role.ts'
import { direction, requestRow } from './request.ts'
import { z } from './zod.ts'

export const accountId = z.string().min(1).max(accountLengthMax)

/** `me` is whoever asks; `nobody`: what is not assigned. Any other text is an account. */
const assignedTo = z.string().min(1).max(accountLengthMax)

export const inboxRow = requestRow.extend({
  /** Who has it; null when nobody does. */
  assigned: accountId.nullable(),
  watched: z.boolean(),
  /** Something changed since whoever asks last marked it as read. */
  unread: z.boolean(),
})
export type InboxRow = z.output<typeof inboxRow>

/** All conditions hold at once; a list means any of its values. */
export const inboxFilter = z.strictObject({
  channel: channelId.optional(),
  direction: direction.optional(),
  statuses: z.array(code).min(1).max(filterValuesMax).optional(),
  kinds: z.array(code).min(1).max(filterValuesMax).optional(),
  urgencies: z.array(code).min(1).max(filterValuesMax).optional(),
  assigned: assignedTo.optional(),
  watched: z.literal(true).optional(),
  unread: z.literal(true).optional(),
  /** Something is due within so many hours, or was due. */
  dueHours: z.int().min(0).max(8784).optional(),
  q: z.string().min(1).max(searchTextLengthMax).optional(),
})
export type InboxFilter = z.output<typeof inboxFilter>

/** Codes in a query string, separated by commas. */
const codeList = z
  .string()
  .max(filterValuesMax * 65)
  .regex(/^[a-z0-9.-]+(,[a-z0-9.-]+)*$/)

const flag = z.literal('true')

export const listInbox = operation({
  name: 'listInbox',
  method: 'GET',
  path: '/api/inbox',
  policy: { access: 'roles', roles: readerRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'Requests of every channel, what is due first; with words to look for, the newest first',
  query: z.strictObject({
    channel: channelId.optional(),
    direction: direction.optional(),
    statuses: codeList.optional(),
    kinds: codeList.optional(),
    urgencies: codeList.optional(),
    assigned: assignedTo.optional(),
    watched: flag.optional(),
    unread: flag.optional(),
    due: integerText(0, 8784).optional(),
    q: z.string().min(1).max(searchTextLengthMax).optional(),
    cursor: cursor.optional(),
    limit: pageLimit.optional(),
  }),
  response: { kind: 'json', status: 200, schema: page(inboxRow) },
  problems: ['channel.not-found', 'cursor.malformed', 'filter.malformed'],
})

const requestPath = z.strictObject({ channel: channelId, id: digest })
const marking = { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'write', keepsSession: true } as const
const keeping = { access: 'roles', roles: readerRoles, scope: 'any', rate: 'write', keepsSession: true } as const

export const assignRequest = operation({
  name: 'assignRequest',
  method: 'POST',
  path: '/api/channels/{channel}/requests/{id}/assignment',
  policy: marking,
  summary: 'Give a request to somebody, or to nobody; nothing of it is recorded in a log',
  params: requestPath,
  request: { kind: 'json', schema: z.strictObject({ account: assignedTo.nullable() }) },
  description: '`me` is whoever calls.',
  response: { kind: 'json', status: 200, schema: z.strictObject({ assigned: accountId.nullable() }) },
  problems: ['channel.not-found', 'request.not-found'],
})

export const watchRequest = operation({
  name: 'watchRequest',
  method: 'POST',
  path: '/api/channels/{channel}/requests/{id}/watch',
  policy: marking,
  summary: 'Be told of what happens to a request, or no more',
  params: requestPath,
  request: { kind: 'json', schema: z.strictObject({ watched: z.boolean() }) },
  response: { kind: 'json', status: 200, schema: z.strictObject({ watched: z.boolean() }) },
  problems: ['channel.not-found', 'request.not-found'],
})

export const markRequestRead = operation({
  name: 'markRequestRead',
  method: 'POST',
  path: '/api/channels/{channel}/requests/{id}/read',
  policy: marking,
  summary: 'Note that whoever calls has seen all that has happened so far',
  params: requestPath,
  response: { kind: 'none' },
  problems: ['channel.not-found', 'request.not-found'],
})

const filterName = z.string().min(1).max(filterNameLengthMax)
export const savedFilter = z.strictObject({ name: filterName, filter: inboxFilter })
export type SavedFilter = z.output<typeof savedFilter>

export const listSavedFilters = operation({
  name: 'listSavedFilters',
  method: 'GET',
  path: '/api/inbox/filters',
  policy: { access: 'roles', roles: readerRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'The filters that whoever calls keeps',
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(savedFilter).max(savedFiltersMax) }) },
  problems: [],
})

export const putSavedFilter = operation({
  name: 'putSavedFilter',
  method: 'POST',
  path: '/api/inbox/filters',
  policy: keeping,
  summary: 'Keep a filter under a name, in place of one of the same name',
  request: { kind: 'json', schema: savedFilter },
  response: { kind: 'json', status: 200, schema: savedFilter },
  problems: ['filter.too-many'],
})

export const removeSavedFilter = operation({
  name: 'removeSavedFilter',
  method: 'POST',
  path: '/api/inbox/filters/removal',
  policy: keeping,
  summary: 'Keep a filter no longer',
  request: { kind: 'json', schema: z.strictObject({ name: filterName }) },
  response: { kind: 'none' },
  problems: ['filter.not-found'],
})
