// Passkeys: the public keys that people sign in with.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredPasskey {
  /** The credential id, base64url. */
  readonly id: string
  readonly account: string
  readonly algorithm: 'ed25519' | 'es256'
  /** 32 bytes of Ed25519, or an uncompressed P-256 point of 65 bytes. */
  readonly key: Uint8Array
  readonly counter: number
  readonly label: string
  /** Unix milliseconds. */
  readonly created: number
  readonly lastUsed: number | null
}

const columns = ['id', 'account', 'algorithm', 'key', 'counter', 'label', 'created', 'last_used as lastUsed'] as const

/** Refused (`db.conflict`) when the credential is enrolled already, whoever has it. */
export function addPasskey({ lastUsed, ...passkey }: StoredPasskey): Statement {
  return write((db) => db.insertInto('passkeys').values({ ...passkey, last_used: lastUsed }))
}

/** Refused (`db.conflict`) when the counter has moved meanwhile: two uses of one answer, or of one copied key. */
export function notePasskeyUse(passkey: StoredPasskey, counter: number, at: number): Statement {
  return write(
    (db) =>
      db
        .updateTable('passkeys')
        .set({ counter, last_used: at })
        .where('id', '=', passkey.id)
        .where('counter', '=', passkey.counter),
    1,
  )
}

/** Refused (`db.conflict`) when the account has no such passkey. */
export function removePasskey(account: string, id: string): Statement {
  return write((db) => db.deleteFrom('passkeys').where('id', '=', id).where('account', '=', account), 1)
}

export function removePasskeys(account: string): Statement {
  return write((db) => db.deleteFrom('passkeys').where('account', '=', account))
}

export function readPasskey(reader: Reader, id: string): Promise<StoredPasskey | undefined> {
  return reader.selectFrom('passkeys').select(columns).where('id', '=', id).executeTakeFirst()
}

/** All passkeys, or those of one account, oldest first. */
export function listPasskeys(reader: Reader, account?: string): Promise<StoredPasskey[]> {
  const query = reader.selectFrom('passkeys').select(columns).orderBy('created').orderBy('id')
  return (account === undefined ? query : query.where('account', '=', account)).execute()
}
