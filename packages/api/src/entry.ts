// Entries as they stand in a log, with all that is needed to check one without trusting this node.

import {
  code,
  dataObject,
  digest,
  entryType,
  hashText,
  integerText,
  logId,
  moment,
  officialId,
  pageLimit,
  partyId,
  size,
} from './identifiers.ts'
import { approvalsMax, entryTextLengthMax, pageSizeMax, proofHashesMax } from './limits.ts'
import { noteText } from './log.ts'
import { operation } from './operation.ts'
import { standing, verdict } from './standing.ts'
import { readerRoles } from './role.ts'
import { z } from './zod.ts'

const position = integerText(0, Number.MAX_SAFE_INTEGER)

/** A key in the signed-note form, and whose it is. */
export const verifierKey = z.strictObject({
  key: z.string().max(512),
  party: partyId.nullable(),
  role: z.enum(['log', 'witness', 'mirror', 'neutral']),
})
export type VerifierKey = z.output<typeof verifierKey>

/** An official whose approval the entry carries, as the party's governance log has them. */
export const official = z.strictObject({
  official: officialId,
  party: partyId,
  algorithm: z.enum(['ed25519', 'es256']),
  key: z.base64().max(128),
  roles: z.array(code),
  /** The governance log and the position in it that enrolled the official. */
  enrolled: z.strictObject({ log: logId, position: size }),
})
export type Official = z.output<typeof official>

/** Why the entry is in the log, and why the log is whose it says. */
export const entryProof = z.strictObject({
  /** The size of the tree that the hashes lead to: the checkpoint's. */
  size,
  hashes: z.array(hashText).max(proofHashesMax),
  /** The signed note with every cosignature this node holds over it. */
  checkpoint: noteText,
  verifierKeys: z.array(verifierKey),
  officials: z.array(official).max(approvalsMax),
})
export type EntryProof = z.output<typeof entryProof>

const entryFields = {
  position: size,
  digest,
  party: partyId,
  bytes: z.base64().max(entryTextLengthMax),
  verdict,
  code: code.optional(),
  standing,
}

/** What is read off the bytes is null where they are not an entry: a peer's log may hold anything. */
export const entryRow = z.strictObject({
  ...entryFields,
  type: entryType.nullable(),
  subject: digest.nullable(),
  at: moment.nullable(),
})
export type EntryRow = z.output<typeof entryRow>

export const entryView = z.strictObject({
  ...entryFields,
  log: logId,
  /** The bytes as JSON; null where they are not an entry. */
  entry: dataObject.nullable(),
  /** Null until a signed checkpoint covers the entry. */
  proof: entryProof.nullable(),
})
export type EntryView = z.output<typeof entryView>

export const listEntries = operation({
  name: 'listEntries',
  method: 'GET',
  path: '/api/logs/{log}/entries',
  policy: { access: 'roles', roles: readerRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'Entries of a log from a position on',
  params: z.strictObject({ log: logId }),
  query: z.strictObject({
    from: position.optional(),
    limit: pageLimit.optional(),
  }),
  response: {
    kind: 'json',
    status: 200,
    schema: z.strictObject({ size, items: z.array(entryRow).max(pageSizeMax) }),
  },
  problems: ['log.not-found'],
})

export const viewEntry = operation({
  name: 'viewEntry',
  method: 'GET',
  path: '/api/logs/{log}/entries/{position}',
  policy: { access: 'roles', roles: readerRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'One entry and its proof',
  params: z.strictObject({ log: logId, position }),
  response: { kind: 'json', status: 200, schema: entryView },
  problems: ['log.not-found', 'entry.not-found'],
})

export const viewEntryProof = operation({
  name: 'viewEntryProof',
  method: 'GET',
  path: '/api/logs/{log}/entries/{position}/proof',
  policy: { access: 'roles', roles: readerRoles, scope: 'any', rate: 'read', keepsSession: true },
  summary: 'The proof of one entry as a c2sp.org/tlog-proof text',
  params: z.strictObject({ log: logId, position }),
  response: { kind: 'text', media: 'text/plain; charset=utf-8' },
  problems: ['log.not-found', 'entry.not-found', 'entry.not-published'],
})
