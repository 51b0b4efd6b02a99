// One request for people outside: as a document to print and to keep, and as a file that they can verify.

import { channelId, digest } from './identifiers.ts'
import { disclosedBodiesMax } from './limits.ts'
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

export const exportCase = operation({
  name: 'exportCase',
  method: 'POST',
  path: '/api/channels/{channel}/requests/{id}/case-bundle',
  policy: {
    access: 'roles',
    roles: ['releasing', 'operator'],
    scope: 'channel',
    rate: 'heavy',
    keepsSession: true,
    stepUp: 'key',
  },
  summary: 'A request as one file that anybody can verify offline, with the chosen texts disclosed',
  description:
    'Holds each valid entry of the request and of its evidence with its proof, the key histories, and an opening of the body of each entry in `disclose`. Every other text stays a digest. Who did it and what was disclosed goes into the security log before the file leaves.',
  params: z.strictObject({ channel: channelId, id: digest }),
  request: {
    kind: 'json',
    schema: z.strictObject({
      /** Entries of the case whose texts are to be readable by whoever holds the file. */
      disclose: z.array(digest).max(disclosedBodiesMax),
    }),
  },
  response: { kind: 'bytes', filename: 'case.parley' },
  problems: [
    'export.not-approved',
    'channel.not-found',
    'request.not-found',
    'entry.not-found',
    'entry.not-published',
    'body.not-found',
    'body.sealed',
    'body.mismatch',
    'body.missing',
    'body.erased',
    'bundle.too-large',
  ],
})
