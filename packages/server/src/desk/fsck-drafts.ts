// Checks what is about to be said: drafts that open and are what they say, and beside each what waits of it: the exact
// entry, its body, and approvals by officials that verify over its digest.

import {
  entryDigest,
  governanceOrigin,
  officialAt,
  parseEntry,
  parseUtf8,
  RecordError,
  relyingPartyAt,
  seenSize,
  verifyApprovals,
  withApprovals,
} from '@parley/record'
import type { Approval, Entry, GovernanceState } from '@parley/record'
import { open } from '@parley/record/node'
import type { Identity } from '@parley/record/node'
import { findType } from '@parley/mechanism'
import { listAuthors, pageDrafts } from '../db/drafts.ts'
import type { StoredDraft } from '../db/drafts.ts'
import { pageRowsMax } from '../db/page.ts'
import { pageReleases, readParts } from '../db/releases.ts'
import type { StoredApproval, StoredRelease } from '../db/releases.ts'
import type { ContentParts } from './fsck-content.ts'

export interface DraftParts extends ContentParts {
  readonly channels: ReadonlySet<string>
  /** Of our own party, undefined when it is not known. */
  readonly governance: GovernanceState | undefined
  /** What drafts are sealed to. @throws when the keys are not there. */
  readonly openArchive: () => Promise<Identity>
}

/** Returns how many drafts there are. */
export async function checkDrafts(parts: DraftParts): Promise<number> {
  const { differences, openArchive, reader } = parts
  const drafts = new Map<string, Omit<StoredDraft, 'content'>>()
  let archive: Identity | undefined
  for (let after = ''; ;) {
    const page = await pageDrafts(reader, after, pageRowsMax)
    if (page.length > 0 && drafts.size === 0) {
      archive = await openArchive().catch((error: unknown) => {
        differences.add('draft', { field: 'content' }, 'a key that opens it', (error as { code?: string }).code)
        return undefined
      })
    }
    for (const { content, ...draft } of page) {
      drafts.set(draft.id, draft)
      await checkDraft(parts, draft)
      if (archive !== undefined) checkContent(parts, draft.id, content, archive)
    }
    after = page.at(-1)?.id ?? ''
    if (page.length < pageRowsMax) break
  }
  for (let after = ''; ;) {
    const page = await pageReleases(reader, after, pageRowsMax)
    for (const release of page) await checkRelease(parts, release, drafts.get(release.draft))
    after = page.at(-1)?.draft ?? ''
    if (page.length < pageRowsMax) break
  }
  return drafts.size
}

async function checkDraft(
  { channels, differences, reader }: DraftParts,
  { changedBy, channel, createdBy, id: draft, type }: Omit<StoredDraft, 'content'>,
): Promise<void> {
  if (!channels.has(channel)) differences.add('draft', { draft, field: 'channel' }, 'a channel', channel)
  if (findType(type) === undefined) differences.add('draft', { draft, field: 'type' }, 'a type of entry', type)
  const authors = await listAuthors(reader, draft)
  for (const person of [createdBy, changedBy]) {
    if (!authors.includes(person)) differences.add('draft', { draft, field: 'authors' }, person, undefined)
  }
}

function checkContent({ differences }: DraftParts, draft: string, content: Uint8Array, archive: Identity): void {
  try {
    const opened: unknown = JSON.parse(parseUtf8(open(content, [archive])))
    const data = typeof opened === 'object' && opened !== null && 'data' in opened ? opened.data : undefined
    if (typeof data !== 'object' || data === null) {
      differences.add('draft', { draft, field: 'content' }, 'data and text', 'something else')
    }
  } catch (error) {
    const found = error instanceof RecordError ? error.code : 'no JSON'
    differences.add('draft', { draft, field: 'content' }, 'what our archive key opens', found)
  }
}

async function checkRelease(
  parts: DraftParts,
  release: StoredRelease,
  draft: Omit<StoredDraft, 'content'> | undefined,
): Promise<void> {
  const { crypto, differences, reader } = parts
  const where = { draft: release.draft }
  let entry: Entry
  try {
    entry = parseEntry(release.entry)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    differences.add('release', { ...where, field: 'entry' }, 'an entry', error.code)
    return
  }
  differences.compare('release', { ...where, field: 'digest' }, entryDigest(crypto, entry), release.digest)
  if (draft === undefined) differences.add('release', where, 'its draft', undefined)
  else {
    const said = (one: { channel: string; type: string; subject?: string | null | undefined }): string =>
      `${one.channel} ${one.type} ${one.subject ?? '-'}`
    differences.compare('release', { ...where, field: 'entry' }, said(draft), said(entry))
    if (release.version > draft.version) {
      differences.add('release', { ...where, field: 'version' }, `at most ${draft.version}`, release.version)
    }
  }
  const body = release.body === null ? undefined : crypto.sha256(release.body)
  differences.compare('release', { ...where, field: 'body' }, entry.body?.ciphertext, body?.toHex())
  const { approvals } = await readParts(reader, release.draft)
  const authors = findType(entry.type)?.demand.alone === true ? [] : await listAuthors(reader, release.draft)
  for (const approval of approvals) {
    if (authors.includes(approval.person)) {
      differences.add('release', { ...where, field: 'approval' }, 'somebody who did not write it', approval.person)
    }
    const code = await refuseApproval(parts, entry, approval)
    if (code !== undefined) {
      const place = { ...where, field: `approval ${approval.official}` }
      differences.add('release', place, 'a signature over these bytes', code)
    }
  }
}

/** The code by which every receiver would refuse it, or undefined. */
async function refuseApproval(
  { crypto, governance }: DraftParts,
  entry: Entry,
  { approval, official: id }: StoredApproval,
): Promise<string | undefined> {
  if (governance === undefined) return 'approval.official'
  const size = seenSize(entry.seen, governanceOrigin(governance.prefix))
  const official = officialAt(governance, id, size)
  if (official === undefined) return 'approval.official'
  try {
    const signed = withApprovals(entry, [JSON.parse(approval) as Approval])
    const demand = { count: 1, roles: official.roles }
    await verifyApprovals(crypto, signed, demand, new Map([[id, official]]), relyingPartyAt(governance, size))
    return undefined
  } catch (error) {
    if (error instanceof RecordError) return error.code
    if (error instanceof SyntaxError) return 'approval.malformed'
    throw error
  }
}
