// Drafts and who wrote them. A save names the version that it was made from; one made from an older version changes nothing.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredDraft {
  /** 128 bits at random, hexadecimal. */
  readonly id: string
  readonly channel: string
  readonly type: string
  readonly subject: string | null
  readonly version: number
  /** Sealed to our own archive. */
  readonly content: Uint8Array
  /** Unix milliseconds, like `changed`. */
  readonly created: number
  readonly createdBy: string
  readonly changed: number
  readonly changedBy: string
}

const columns = [
  'id',
  'channel',
  'type',
  'subject',
  'version',
  'content',
  'created',
  'created_by as createdBy',
  'changed',
  'changed_by as changedBy',
] as const

/** Adds a draft with its first author. */
export function addDraft(draft: StoredDraft): Statement[] {
  const { changedBy, createdBy, ...row } = draft
  return [
    write((db) => db.insertInto('drafts').values({ ...row, created_by: createdBy, changed_by: changedBy })),
    addAuthor(draft.id, createdBy),
  ]
}

function addAuthor(draft: string, person: string): Statement {
  return write((db) =>
    db
      .insertInto('draft_authors')
      .values({ draft, person })
      .onConflict((conflict) => conflict.doNothing()),
  )
}

/** Puts the next version in place of `version`. Refused (`db.conflict`) when that is not the stored one any more. */
export function saveDraft(
  id: string,
  version: number,
  saved: Pick<StoredDraft, 'content' | 'changed' | 'changedBy'>,
): Statement[] {
  const { changed, changedBy, content } = saved
  return [
    write(
      (db) =>
        db
          .updateTable('drafts')
          .set({ version: version + 1, content, changed, changed_by: changedBy })
          .where('id', '=', id)
          .where('version', '=', version),
      1,
    ),
    addAuthor(id, changedBy),
  ]
}

/** Removes a draft with its authors. Refused (`db.conflict`) when `version` is not the stored one. */
export function removeDraft(id: string, version: number): Statement[] {
  return [
    write((db) => db.deleteFrom('draft_authors').where('draft', '=', id)),
    write((db) => db.deleteFrom('drafts').where('id', '=', id).where('version', '=', version), 1),
  ]
}

export function readDraft(reader: Reader, id: string): Promise<StoredDraft | undefined> {
  return reader.selectFrom('drafts').select(columns).where('id', '=', id).executeTakeFirst()
}

/** The drafts of a channel, the one that changed last first. */
export function listDrafts(reader: Reader, channel: string, limit: number): Promise<StoredDraft[]> {
  return reader
    .selectFrom('drafts')
    .select(columns)
    .where('channel', '=', channel)
    .orderBy('changed', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** All drafts in the order of their ids, from behind one of them on. */
export function pageDrafts(reader: Reader, after: string, limit: number): Promise<StoredDraft[]> {
  return reader.selectFrom('drafts').select(columns).where('id', '>', after).orderBy('id').limit(limit).execute()
}

/** Everybody who ever saved the draft, sorted. */
export async function listAuthors(reader: Reader, draft: string): Promise<string[]> {
  const rows = await reader
    .selectFrom('draft_authors')
    .select('person')
    .where('draft', '=', draft)
    .orderBy('person')
    .execute()
  return rows.map(({ person }) => person)
}
