// Access tokens of programs. Only the hash of a token is kept: a stolen database opens nothing.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Token {
  /** SHA-256 of the token. */
  readonly hash: Uint8Array
  readonly name: string
  readonly roles: readonly string[]
  /** Unix milliseconds, as all times here. */
  readonly created: number
  readonly expires: number | null
  readonly lastUsed: number | null
  readonly revoked: number | null
}

const columns = ['hash', 'name', 'roles', 'created', 'expires', 'last_used as lastUsed', 'revoked'] as const

interface TokenRow extends Omit<Token, 'roles'> {
  roles: string
}

function parseRow(row: TokenRow): Token {
  return { ...row, roles: JSON.parse(row.roles) as string[] }
}

/** Refused (`db.conflict`) when the hash is known. */
export function addToken(token: Pick<Token, 'hash' | 'name' | 'roles' | 'created' | 'expires'>): Statement {
  return write((db) =>
    db.insertInto('tokens').values({ ...token, roles: JSON.stringify(token.roles), last_used: null, revoked: null }),
  )
}

/** Refused (`db.conflict`) when it is unknown or revoked already. */
export function revokeToken(hash: Uint8Array, at: number): Statement {
  return write(
    (db) => db.updateTable('tokens').set({ revoked: at }).where('hash', '=', hash).where('revoked', 'is', null),
    1,
  )
}

export function noteTokenUse(hash: Uint8Array, at: number): Statement {
  return write((db) => db.updateTable('tokens').set({ last_used: at }).where('hash', '=', hash))
}

/** The token with this hash, whatever has become of it: whether it may still be used is for the caller to judge. */
export async function readToken(reader: Reader, hash: Uint8Array): Promise<Token | undefined> {
  const row = await reader.selectFrom('tokens').select(columns).where('hash', '=', hash).executeTakeFirst()
  return row === undefined ? undefined : parseRow(row)
}

export async function listTokens(reader: Reader): Promise<Token[]> {
  const rows = await reader.selectFrom('tokens').select(columns).orderBy('created').orderBy('hash').execute()
  return rows.map(parseRow)
}
