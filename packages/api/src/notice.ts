// Notices: where a person is told to look, and when. A notice never says what there is to see. Webhooks are the node's, and
// the administrator's to set; a calendar feed has an address that is a secret.

import { moment } from './identifiers.ts'
import { mailAddressLengthMax, timeZoneLengthMax, webhooksMax, webhookUrlLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { insiderRoles } from './role.ts'
import { z } from './zod.ts'

export const noticePreferences = z.strictObject({
  /** By mail: never, once a day, or each time. */
  mail: z.enum(['never', 'digest', 'each']),
  address: z
    .string()
    .max(mailAddressLengthMax)
    .regex(/^[^\s@<>(),;:"\\[\]\p{C}]+@[A-Za-z0-9.-]+$/u)
    .nullable(),
  language: z.enum(['en', 'zh-Hans']),
  /** Of the IANA database. */
  timeZone: z.string().min(1).max(timeZoneLengthMax),
  /** Minute of the local day at which the digest goes. */
  digestMinute: z.int().min(0).max(1439),
  /** Every request, and not only those that are assigned to the person or watched. */
  everyRequest: z.boolean(),
})
export type NoticePreferences = z.output<typeof noticePreferences>

const reading = { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'read', keepsSession: true } as const
const writing = { access: 'roles', roles: insiderRoles, scope: 'any', rate: 'write', keepsSession: true } as const
/** Where the node tells other systems of itself is for those who run it. */
const managing = { access: 'roles', roles: ['administrator', 'operator'], scope: 'node', keepsSession: true } as const

export const viewNoticePreferences = operation({
  name: 'viewNoticePreferences',
  method: 'GET',
  path: '/api/notices/preferences',
  policy: reading,
  summary: 'How whoever calls wants to be told',
  response: { kind: 'json', status: 200, schema: noticePreferences },
  problems: [],
})

export const putNoticePreferences = operation({
  name: 'putNoticePreferences',
  method: 'POST',
  path: '/api/notices/preferences',
  policy: writing,
  summary: 'Set how whoever calls wants to be told',
  request: { kind: 'json', schema: noticePreferences },
  response: { kind: 'json', status: 200, schema: noticePreferences },
  problems: ['notice.preferences'],
})

export const addCalendarFeed = operation({
  name: 'addCalendarFeed',
  method: 'POST',
  path: '/api/notices/calendar',
  policy: writing,
  summary: 'Make the address of a calendar of deadlines; the one before it ends',
  response: { kind: 'json', status: 201, schema: z.strictObject({ path: z.string().max(256), created: moment }) },
  problems: [],
})

export const endCalendarFeed = operation({
  name: 'endCalendarFeed',
  method: 'DELETE',
  path: '/api/notices/calendar',
  policy: writing,
  summary: 'End the calendar of whoever calls',
  response: { kind: 'none' },
  problems: [],
})

export const viewCalendar = operation({
  name: 'viewCalendar',
  method: 'GET',
  path: '/api/calendar/{secret}',
  policy: { access: 'public', rate: 'probe', keepsSession: false },
  summary: 'Deadlines as a calendar (RFC 5545), for whoever knows its address',
  params: z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  response: { kind: 'text', media: 'text/calendar; charset=utf-8' },
  problems: ['calendar.not-found'],
})

export const webhook = z.strictObject({
  id: z.string().max(32),
  url: z.string().max(webhookUrlLengthMax),
  created: moment,
})
export type Webhook = z.output<typeof webhook>

export const listWebhooks = operation({
  name: 'listWebhooks',
  method: 'GET',
  path: '/api/notices/webhooks',
  policy: { ...managing, rate: 'read' },
  summary: 'The addresses that are told when there is something to look at',
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(webhook).max(webhooksMax) }) },
  problems: [],
})

export const addWebhook = operation({
  name: 'addWebhook',
  method: 'POST',
  path: '/api/notices/webhooks',
  policy: { ...managing, rate: 'write' },
  summary: 'Tell an address of the party’s own; the key of its signatures is shown only now',
  request: { kind: 'json', schema: z.strictObject({ url: z.string().min(1).max(webhookUrlLengthMax) }) },
  response: { kind: 'json', status: 201, schema: webhook.extend({ signingKey: z.string().max(64) }) },
  problems: ['webhook.address', 'webhook.too-many'],
})

export const removeWebhook = operation({
  name: 'removeWebhook',
  method: 'DELETE',
  path: '/api/notices/webhooks/{id}',
  policy: { ...managing, rate: 'write' },
  summary: 'Tell an address no longer',
  params: z.strictObject({ id: z.string().regex(/^[a-f0-9]{32}$/) }),
  response: { kind: 'none' },
  problems: ['webhook.not-found'],
})
