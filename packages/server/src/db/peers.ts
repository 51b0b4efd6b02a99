// The other parties' nodes: the card that pins each, the address and transport key in force, and how the link has been.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Peer {
  readonly party: string
  /** The bytes of its founding entry. */
  readonly card: Uint8Array
  readonly address: string
  /** SHA-256 of the key that its TLS certificate must have, in hexadecimal. */
  readonly transport: string
  /** Unix milliseconds, null for never. */
  readonly lastAttempt: number | null
  /** When it last answered as itself. */
  readonly lastContact: number | null
  /** The code of the last failure, null when the last attempt succeeded. */
  readonly lastError: string | null
  /** Its clock minus ours at the last contact, in milliseconds. */
  readonly clockOffset: number | null
}

const columns = [
  'party',
  'card',
  'address',
  'transport',
  'last_attempt as lastAttempt',
  'last_contact as lastContact',
  'last_error as lastError',
  'clock_offset as clockOffset',
] as const

/** Adds a peer, or puts the address and transport key that its governance log names now. Its card never changes. */
export function putPeer(peer: Pick<Peer, 'party' | 'card' | 'address' | 'transport'>): Statement {
  return write((db) =>
    db
      .insertInto('peers')
      .values({ ...peer, last_attempt: null, last_contact: null, last_error: null, clock_offset: null })
      .onConflict((conflict) =>
        conflict.column('party').doUpdateSet({
          address: (row) => row.ref('excluded.address'),
          transport: (row) => row.ref('excluded.transport'),
        }),
      ),
  )
}

/** The peer answered at `at` (Unix milliseconds). */
export function notePeerContact(party: string, at: number, clockOffset: number | null): Statement {
  const contact = { last_attempt: at, last_contact: at, last_error: null, clock_offset: clockOffset }
  return write((db) => db.updateTable('peers').set(contact).where('party', '=', party))
}

/** An attempt at `at` failed with this code. */
export function notePeerFailure(party: string, at: number, code: string): Statement {
  return write((db) => db.updateTable('peers').set({ last_attempt: at, last_error: code }).where('party', '=', party))
}

export function listPeers(reader: Reader): Promise<Peer[]> {
  return reader.selectFrom('peers').select(columns).orderBy('party').execute()
}
