// Entries that wait for release, and who had which part in each. What is stored here is what is approved and what is
// recorded: the same bytes.

import { insertRows, write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredRelease {
  readonly draft: string
  readonly version: number
  readonly digest: Uint8Array
  readonly entry: Uint8Array
  readonly body: Uint8Array | null
  readonly ownSize: number
  /** Unix milliseconds. */
  readonly frozen: number
  readonly frozenBy: string
}

export interface StoredApproval {
  readonly person: string
  readonly official: string
  /** JSON, as it stands in an entry. */
  readonly approval: string
  /** Unix milliseconds. */
  readonly at: number
}

const columns = [
  'draft',
  'version',
  'digest',
  'entry',
  'body',
  'own_size as ownSize',
  'frozen',
  'frozen_by as frozenBy',
] as const

const insertParts = insertRows('release_parts', ['draft', 'person', 'part', 'official', 'approval', 'at'])

/** Has an entry wait, in place of what waited for this draft. `authors` are those who may not approve it. */
export function putRelease(release: StoredRelease, authors: readonly string[]): Statement[] {
  const { frozenBy, ownSize, ...row } = release
  const { draft, frozen } = release
  return [
    ...removeRelease(draft),
    write((db) => db.insertInto('releases').values({ ...row, own_size: ownSize, frozen_by: frozenBy })),
    ...insertParts(
      authors.map((person) => ({ draft, person, part: 'author' as const, official: null, approval: null, at: frozen })),
    ),
  ]
}

/** Removes what waits for this draft, with every approval of it. */
export function removeRelease(draft: string): Statement[] {
  return [
    write((db) => db.deleteFrom('release_parts').where('draft', '=', draft)),
    write((db) => db.deleteFrom('releases').where('draft', '=', draft)),
  ]
}

/**
 * Removes what was released. Refused (`db.conflict`) unless exactly these bytes, under exactly so many approvals, still
 * wait: then what is recorded along with it is not recorded either.
 */
export function settleRelease(draft: string, digest: Uint8Array, approvalCount: number): Statement[] {
  return [
    write((db) => db.deleteFrom('release_parts').where('draft', '=', draft).where('part', '=', 'author')),
    write(
      (db) => db.deleteFrom('release_parts').where('draft', '=', draft).where('part', '=', 'approver'),
      approvalCount,
    ),
    write((db) => db.deleteFrom('releases').where('draft', '=', draft).where('digest', '=', digest), 1),
  ]
}

/**
 * Adds an approval of exactly these bytes. Refused (`db.conflict`) when others wait now, and when the person has a part in
 * them already, as an author or as an approver.
 */
export function addApproval(draft: string, digest: Uint8Array, approved: StoredApproval): Statement {
  const { approval, at, official, person } = approved
  return write(
    (db) =>
      db
        .insertInto('release_parts')
        .columns(['draft', 'person', 'part', 'official', 'approval', 'at'])
        .expression(
          db
            .selectFrom('releases')
            .select((select) => [
              'draft',
              select.cast<string>(select.val(person), 'text').as('person'),
              select.cast<'approver'>(select.val('approver'), 'text').as('part'),
              select.cast<string>(select.val(official), 'text').as('official'),
              select.cast<string>(select.val(approval), 'text').as('approval'),
              select.cast<number>(select.val(at), 'bigint').as('at'),
            ])
            .where('draft', '=', draft)
            .where('digest', '=', digest),
        ),
    1,
  )
}

/** Takes an approval back. Refused (`db.conflict`) when the person has not approved these bytes. */
export function removeApproval(draft: string, digest: Uint8Array, person: string): Statement {
  return write(
    (db) =>
      db
        .deleteFrom('release_parts')
        .where('draft', '=', draft)
        .where('person', '=', person)
        .where('part', '=', 'approver')
        .where((where) =>
          where.exists(
            where
              .selectFrom('releases')
              .select('releases.draft')
              .where('releases.draft', '=', draft)
              .where('releases.digest', '=', digest),
          ),
        ),
    1,
  )
}

export function readRelease(reader: Reader, draft: string): Promise<StoredRelease | undefined> {
  return reader.selectFrom('releases').select(columns).where('draft', '=', draft).executeTakeFirst()
}

/** What waits in a channel, the oldest first. */
export function listReleases(reader: Reader, channel: string, limit: number): Promise<StoredRelease[]> {
  return reader
    .selectFrom('releases')
    .innerJoin('drafts', 'drafts.id', 'releases.draft')
    .select([
      'releases.draft',
      'releases.version',
      'releases.digest',
      'releases.entry',
      'releases.body',
      'releases.own_size as ownSize',
      'releases.frozen',
      'releases.frozen_by as frozenBy',
    ])
    .where('drafts.channel', '=', channel)
    .orderBy('releases.frozen')
    .orderBy('releases.draft')
    .limit(limit)
    .execute()
}

/** Who may not approve it, and who has. */
export async function readParts(
  reader: Reader,
  draft: string,
): Promise<{ readonly authors: readonly string[]; readonly approvals: readonly StoredApproval[] }> {
  const rows = await reader
    .selectFrom('release_parts')
    .select(['person', 'part', 'official', 'approval', 'at'])
    .where('draft', '=', draft)
    .orderBy('at')
    .orderBy('person')
    .execute()
  return {
    authors: rows.filter(({ part }) => part === 'author').map(({ person }) => person),
    approvals: rows.flatMap(({ approval, at, official, person }) =>
      official === null || approval === null ? [] : [{ person, official, approval, at }],
    ),
  }
}

/** Everything that waits, in the order of the drafts' ids, from behind one of them on. */
export function pageReleases(reader: Reader, after: string, limit: number): Promise<StoredRelease[]> {
  return reader
    .selectFrom('releases')
    .select(columns)
    .where('draft', '>', after)
    .orderBy('draft')
    .limit(limit)
    .execute()
}
