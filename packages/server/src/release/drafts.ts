// Drafts of acts: made, saved while somebody types, listed, discarded. Two people may write one draft; a save on a version
// that is not the newest changes nothing, and whoever made it is given the newest to merge. An edit voids every approval.

import { randomBytes } from 'node:crypto'
import { findType } from '@parley/mechanism'
import { addDraft, listAuthors, listDrafts, readDraft, removeDraft, saveDraft } from '../db/drafts.ts'
import type { StoredDraft } from '../db/drafts.ts'
import { readRelease, removeRelease } from '../db/releases.ts'
import type { ParleyNode } from '../node.ts'
import { ServerError } from '../error.ts'
import { createNamedTurns } from '../turns.ts'
import type { NamedTurns } from '../turns.ts'
import { isSameContent, openContent, sealContent } from './draft-content.ts'
import type { DraftContent } from './draft-content.ts'
import { ReleaseError } from './error.ts'

/** Drafts that one channel may have at a time. */
export const draftsMax = 200

export interface Draft extends Omit<StoredDraft, 'content'> {
  readonly content: DraftContent
  readonly authors: readonly string[]
  /** Whether this version waits for release. */
  readonly submitted: boolean
}

export type Saved = { readonly kind: 'saved' | 'moved'; readonly draft: Draft }

/** What is done to one draft is done one after the other: an entry is recorded while nothing of its draft can change. */
const turns = new WeakMap<ParleyNode, NamedTurns>()

export function takeTurn<Result>(node: ParleyNode, draft: string, work: () => Promise<Result>): Promise<Result> {
  const ofNode = turns.get(node) ?? createNamedTurns()
  turns.set(node, ofNode)
  return ofNode.take(draft, work)
}

/** @throws ReleaseError `draft.limit`; ServerError `channel.unknown`, `entry.refused` for a type that is not known. */
export async function createDraft(
  node: ParleyNode,
  person: string,
  draft: { readonly channel: string; readonly type: string; readonly subject?: string; readonly content: DraftContent },
): Promise<Draft> {
  const { channel, content, subject, type } = draft
  const { database } = node
  node.registry.channel(channel)
  if (findType(type) === undefined) {
    throw new ServerError('entry.refused', 'there is no such type of entry', { detail: 'entry.unknown' })
  }
  // One more may slip in beside this one; the bound is for memory and pages, not for the byte.
  const rows = await listDrafts(database.reader, channel, draftsMax)
  if (rows.length >= draftsMax) throw new ReleaseError('draft.limit', 'the channel has as many drafts as it may have')
  const at = node.clock()
  const row: StoredDraft = {
    id: randomBytes(16).toString('hex'),
    channel,
    type,
    subject: subject ?? null,
    version: 1,
    content: sealContent(node, content),
    created: at,
    createdBy: person,
    changed: at,
    changedBy: person,
  }
  await database.writer.commit(addDraft(row))
  return { ...row, content, authors: [person], submitted: false }
}

/** @throws ReleaseError `draft.unknown` */
export async function viewDraft(node: ParleyNode, channel: string, id: string): Promise<Draft> {
  const row = await openDraft(node, channel, id)
  const { reader } = node.database
  const [authors, release] = await Promise.all([listAuthors(reader, id), readRelease(reader, id)])
  return { ...row, content: openContent(node, row.content), authors, submitted: release !== undefined }
}

/** @throws ReleaseError `draft.unknown` */
export async function openDraft({ database }: ParleyNode, channel: string, id: string): Promise<StoredDraft> {
  const row = await readDraft(database.reader, id)
  if (row === undefined || row.channel !== channel) throw new ReleaseError('draft.unknown', 'there is no such draft')
  return row
}

/** Every draft of the channel, the one that changed last first. @throws ServerError `channel.unknown` */
export async function listChannelDrafts(node: ParleyNode, channel: string): Promise<Draft[]> {
  node.registry.channel(channel)
  const rows = await listDrafts(node.database.reader, channel, draftsMax)
  const drafts = await Promise.all(
    rows.map(({ id }) => viewDraft(node, channel, id).catch((error: unknown) => passUnknown(error))),
  )
  return drafts.filter((draft) => draft !== undefined)
}

/** A draft that went while the list was read. */
function passUnknown(error: unknown): undefined {
  if (error instanceof ReleaseError && error.code === 'draft.unknown') return undefined
  throw error
}

/**
 * Saves what somebody made of `version`. What is already there is not saved again and keeps its approvals.
 *
 * @throws ReleaseError `draft.unknown`, `draft.limit`
 */
export async function saveNextVersion(
  node: ParleyNode,
  person: string,
  saved: { readonly channel: string; readonly id: string; readonly version: number; readonly content: DraftContent },
): Promise<Saved> {
  const { channel, content, id, version } = saved
  const sealed = sealContent(node, content)
  return takeTurn(node, id, async () => {
    const before = await viewDraft(node, channel, id)
    // A save whose answer was lost is sent again from the older version, and is no conflict.
    if (isSameContent(before.content, content)) return { kind: 'saved', draft: before }
    if (before.version !== version) return { kind: 'moved', draft: before }
    const changed = node.clock()
    await node.database.writer.commit([
      ...removeRelease(id),
      ...saveDraft(id, version, { content: sealed, changed, changedBy: person }),
    ])
    return { kind: 'saved', draft: await viewDraft(node, channel, id) }
  })
}

/** Discards the draft with whatever waits for release of it. @throws ReleaseError `draft.unknown`, `draft.moved` */
export async function discardDraft(node: ParleyNode, channel: string, id: string, version: number): Promise<void> {
  await takeTurn(node, id, async () => {
    const row = await openDraft(node, channel, id)
    if (row.version !== version) throw new ReleaseError('draft.moved', 'the draft has been changed since')
    await node.database.writer.commit([...removeRelease(id), ...removeDraft(id, version)])
  })
}
