// Codes that carry a person from their browser to the command line: 128 bits, once, for five minutes, one at a time for each
// person. Only digests are held, and in memory: after a restart whoever was in the middle draws another.

import type { PersonRole } from '@parley/api'
import { hashToken } from '../http/tokens.ts'

export const commandLineCodeMillisecondsMax = 5 * 60_000

interface Waiting {
  readonly hash: string
  readonly roles: readonly PersonRole[]
  /** Unix milliseconds. */
  readonly drawn: number
}

export interface CommandLineCodes {
  draw(account: string, roles: readonly PersonRole[]): { readonly code: string; readonly expires: number }
  /** Whose the code is; it is used up by asking. */
  take(code: string): { readonly account: string; readonly roles: readonly PersonRole[] } | undefined
  /** Forgets the code of an account, as when its roles change. */
  forget(account: string): void
}

/** @param options.now Unix milliseconds */
export function createCommandLineCodes(options: {
  readonly random: (bytes: number) => Uint8Array
  readonly now: () => number
}): CommandLineCodes {
  const { now, random } = options
  /** By account, so that there are never more than people. */
  const waiting = new Map<string, Waiting>()
  return {
    draw(account, roles) {
      const code = Buffer.from(random(16)).toString('base64url')
      const drawn = now()
      waiting.set(account, { hash: hashToken(code).toHex(), roles, drawn })
      return { code, expires: drawn + commandLineCodeMillisecondsMax }
    },
    take(code) {
      const hash = hashToken(code).toHex()
      const found = [...waiting].find(([, one]) => one.hash === hash)
      if (found === undefined) return undefined
      const [account, { drawn, roles }] = found
      waiting.delete(account)
      const age = now() - drawn
      // A clock that was set back makes nothing last longer.
      return age >= 0 && age < commandLineCodeMillisecondsMax ? { account, roles } : undefined
    },
    forget(account) {
      waiting.delete(account)
    },
  }
}
