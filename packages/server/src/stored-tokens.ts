// Whose a token is, by its hash in the database. A program that calls all day is looked up once a second.

import { roles } from '@parley/api'
import { readToken } from './db/tokens.ts'
import type { Token } from './db/tokens.ts'
import { hashToken } from './http/index.ts'
import type { Account, OperatorTokens } from './http/index.ts'
import type { Reader } from './db/statement.ts'

/** For so long a token that was revoked may still open something. */
const tokenMillisecondsMax = 1_000
const tokensRememberedMax = 256

interface Remembered {
  readonly token: Token
  /** Unix milliseconds. */
  readonly read: number
}

/** Tokens as the database holds them; one that was revoked or has expired opens nothing. `clock` in Unix milliseconds. */
export function createStoredTokens(reader: Reader, clock: () => number): OperatorTokens {
  const remembered = new Map<string, Remembered>()

  async function find(hash: Uint8Array): Promise<Token | undefined> {
    const name = hash.toHex()
    const now = clock()
    const known = remembered.get(name)
    // A clock that was set back makes nothing last longer.
    if (known !== undefined && now >= known.read && now - known.read < tokenMillisecondsMax) return known.token
    remembered.delete(name)
    const token = await readToken(reader, hash)
    // Only those that are there are remembered: nobody can crowd them out by guessing.
    if (token === undefined) return undefined
    if (remembered.size >= tokensRememberedMax) remembered.delete(remembered.keys().next().value!)
    remembered.set(name, { token, read: now })
    return token
  }

  return {
    async open(text) {
      const token = await find(hashToken(text))
      if (token === undefined || token.revoked !== null) return undefined
      if (token.expires !== null && token.expires <= clock()) return undefined
      return { id: token.name, grants: grantsOf(token) }
    },
  }
}

/** Roles that this program does not know open nothing. */
function grantsOf({ roles: names }: Token): Account['grants'] {
  return roles.filter((role) => names.includes(role)).map((role) => ({ role, channel: null }))
}
