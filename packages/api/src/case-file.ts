// The case file: one request as a document to print, to keep and to hand to a court.

import { channelId, digest } from './identifiers.ts'
import { operation } from './operation.ts'
import { readerRoles } from './role.ts'
import { z } from './zod.ts'

/** One language, or both with the named one leading. */
export const caseFileLanguage = z.enum(['en', 'zh-Hans', 'en+zh-Hans', 'zh-Hans+en'])
export type CaseFileLanguage = z.output<typeof caseFileLanguage>

export const viewCaseFile = operation({
  name: 'viewCaseFile',
  method: 'GET',
  path: '/api/channels/{channel}/requests/{id}/case-file',
  policy: { access: 'roles', roles: readerRoles, scope: 'channel', rate: 'heavy', keepsSession: true },
  summary: 'A request as a PDF: both halves, what was said as far as this node can open it, and the proofs',
  params: z.strictObject({ channel: channelId, id: digest }),
  query: z.strictObject({ language: caseFileLanguage.optional() }),
  response: { kind: 'bytes', filename: 'case.pdf' },
  problems: ['channel.not-found', 'request.not-found', 'case-file.too-large', 'export.not-approved'],
})
