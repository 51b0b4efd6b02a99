// Sealed bodies by the digest of their ciphertext. Nobody here can open them. A body is missing until it arrives, held
// until it is erased, and what has been erased never comes back by being delivered again.

import { sql } from 'kysely'
import { checkLimit } from './page.ts'
import type { BodyState } from './schema.ts'
import { padList } from './padded-list.ts'
import { insertRows, write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Body {
  readonly digest: Uint8Array
  /** The first entry that commits to it. */
  readonly log: number
  readonly position: number
  readonly state: BodyState
  /** Null unless it is held. */
  readonly bytes: Uint8Array | null
  /** On what ground it was erased. */
  readonly ground: string | null
}

const columns = ['digest', 'log', 'position', 'state', 'bytes', 'ground'] as const

const insertHeld = insertRows('bodies', columns, (insert) =>
  insert.onConflict((conflict) =>
    conflict
      .column('digest')
      .doUpdateSet({ state: sql.lit('held'), bytes: (row) => row.ref('excluded.bytes') })
      .where((where) => where('bodies.state', '=', sql.lit('missing'))),
  ),
)

const insertMissing = insertRows('bodies', columns, (insert) =>
  insert.onConflict((conflict) => conflict.column('digest').doNothing()),
)

/** Keeps bodies whose bytes have been checked against their digest, no digest twice. Held and erased ones stay as they are. */
export function holdBodies(
  bodies: readonly (Pick<Body, 'digest' | 'log' | 'position'> & { bytes: Uint8Array })[],
): Statement[] {
  return insertHeld(bodies.map((body) => ({ ...body, state: 'held', ground: null })))
}

/** Notes that entries commit to these bodies and that they have not arrived. */
export function missBodies(bodies: readonly Pick<Body, 'digest' | 'log' | 'position'>[]): Statement[] {
  return insertMissing(bodies.map((body) => ({ ...body, state: 'missing', bytes: null, ground: null })))
}

/**
 * Erases the bytes for good; `Database.purge` then removes them from the files. One that is erased keeps its ground, and one
 * that is unknown stays so.
 */
export function eraseBody(digest: Uint8Array, ground: string): Statement {
  return write((db) =>
    db
      .updateTable('bodies')
      .set({ state: 'erased', bytes: null, ground })
      .where('digest', '=', digest)
      .where('state', '<>', 'erased'),
  )
}

export function readBody(reader: Reader, digest: Uint8Array): Promise<Body | undefined> {
  return reader.selectFrom('bodies').select(columns).where('digest', '=', digest).executeTakeFirst()
}

/** The bodies among `digests` (as many as fit a page) that are known, in the order of their digests. @throws DatabaseError `db.limit` */
export async function readBodies(reader: Reader, digests: readonly Uint8Array[]): Promise<Body[]> {
  if (digests.length === 0) return []
  checkLimit(digests.length)
  return reader.selectFrom('bodies').select(columns).where('digest', 'in', padList(digests)).orderBy('digest').execute()
}

/** Bodies that have not arrived, of one log, by position from `start`. @throws DatabaseError `db.limit` */
export function listMissingBodies(
  reader: Reader,
  query: { readonly log: number; readonly start?: number; readonly limit: number },
): Promise<Pick<Body, 'digest' | 'log' | 'position'>[]> {
  return reader
    .selectFrom('bodies')
    .select(['digest', 'log', 'position'])
    .where((where) => where('state', '=', sql.lit('missing')))
    .where('log', '=', query.log)
    .where('position', '>=', query.start ?? 0)
    .orderBy('position')
    .orderBy('digest')
    .limit(checkLimit(query.limit))
    .execute()
}

/** Every body that is known, by digest behind `after`. @throws DatabaseError `db.limit` */
export function listBodies(
  reader: Reader,
  query: { readonly after?: Uint8Array; readonly limit: number },
): Promise<Body[]> {
  let select = reader.selectFrom('bodies').select(columns)
  if (query.after !== undefined) select = select.where('digest', '>', query.after)
  return select.orderBy('digest').limit(checkLimit(query.limit)).execute()
}
