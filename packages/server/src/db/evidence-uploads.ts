// Uploads of evidence under way. What is said of the file is sealed; how far it got, the file itself says.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredUpload {
  readonly id: string
  readonly channel: string
  readonly account: string
  /** Of the file, in bytes. */
  readonly length: number
  /** What was said when it began, sealed to our archive key. */
  readonly said: Uint8Array
  /** JSON of what the entry will say, once all of it has come. */
  readonly sealed: string | null
  /** The item that came of it, hexadecimal. */
  readonly subject: string | null
  /** Unix milliseconds. */
  readonly created: number
}

const columns = ['id', 'channel', 'account', 'length', 'said', 'sealed', 'subject', 'created'] as const
/** Accounts keep few; this bounds a list, not what is kept. */
const rowsMax = 500

export function addUpload(upload: StoredUpload): Statement {
  return write((db) => db.insertInto('evidence_uploads').values(upload))
}

export function noteSealed(id: string, sealed: string): Statement {
  return write((db) => db.updateTable('evidence_uploads').set({ sealed }).where('id', '=', id), 1)
}

export function noteSubject(id: string, subject: string): Statement {
  return write((db) => db.updateTable('evidence_uploads').set({ subject }).where('id', '=', id), 1)
}

export function endUpload(id: string): Statement {
  return write((db) => db.deleteFrom('evidence_uploads').where('id', '=', id))
}

export function readUpload(reader: Reader, id: string): Promise<StoredUpload | undefined> {
  return reader.selectFrom('evidence_uploads').select(columns).where('id', '=', id).executeTakeFirst()
}

/** The uploads of an account in a channel, or all of them; the newest first. */
export function listUploads(
  reader: Reader,
  owner: { readonly channel: string; readonly account: string } | undefined,
): Promise<StoredUpload[]> {
  const select = reader.selectFrom('evidence_uploads').select(columns).orderBy('created', 'desc').limit(rowsMax)
  if (owner === undefined) return select.execute()
  return select.where('channel', '=', owner.channel).where('account', '=', owner.account).execute()
}

/** All uploads in the order of their ids, from behind one of them on. */
export function pageUploads(reader: Reader, after: string, limit: number): Promise<StoredUpload[]> {
  const select = reader.selectFrom('evidence_uploads').select(columns).where('id', '>', after)
  return select.orderBy('id').limit(limit).execute()
}
