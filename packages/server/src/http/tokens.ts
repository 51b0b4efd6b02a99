// Operators' tokens: whoever holds one is that account. Only digests are kept, and every comparison takes as long as
// every other.

import { hash, timingSafeEqual } from 'node:crypto'
import type { Account } from './handler.ts'

export interface OperatorToken {
  readonly account: Account
  /** `hashToken` of the token. */
  readonly hash: Uint8Array
}

/** Where the shell asks whose a token is. A store that looks tokens up does so by `hashToken`, never by the token. */
export interface OperatorTokens {
  /** The account whose token this is, if it may still be used. */
  open(token: string): Promise<Account | undefined>
}

/** SHA-256 of a token: 32 bytes. Tokens are random and long, so nothing slower is needed. */
export function hashToken(token: string): Uint8Array {
  return hash('sha256', token, 'buffer')
}

/** The tokens of a list that never changes. */
export function createOperatorTokens(tokens: readonly OperatorToken[]): OperatorTokens {
  return {
    async open(token) {
      const hash = hashToken(token)
      let account: Account | undefined
      // No early exit: the time must not tell which of the tokens was met.
      for (const candidate of tokens) if (timingSafeEqual(candidate.hash, hash)) account = candidate.account
      return account
    },
  }
}
