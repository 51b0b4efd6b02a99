// Signing in on the command line, and proving there with an official's key that one is there. The adversary has a copy of a
// token, or of a key, and not both; or holds neither and relays what a person shows to another node.

import { parseBase64, RecordError, verifyPresence } from '@parley/record'
import type { Crypto, GovernanceState } from '@parley/record'
import { readAccount } from '../db/accounts.ts'
import type { CommandLineSignIn } from '../http/means.ts'
import { accountOf } from './account.ts'
import type { Challenges } from './challenges.ts'
import type { CommandLineCodes } from './command-line-codes.ts'
import { IdentityError } from './error.ts'
import type { IdentityStore } from './identity-store.ts'
import { listPersonOfficials } from './officials.ts'

export function createCommandLine(parts: {
  readonly challenges: Challenges
  readonly codes: CommandLineCodes
  readonly crypto: Crypto
  readonly governance: () => GovernanceState
  /** The node's own origins: what a key proves to another is worth nothing here. */
  readonly origins: readonly string[]
  readonly store: IdentityStore
}): CommandLineSignIn {
  const { challenges, codes, crypto, governance, origins, store } = parts

  return {
    async drawCode(account, roles) {
      await store.commit([], [{ kind: 'code.drawn', actor: account, account, detail: { roles: [...roles] } }])
      return codes.draw(account, roles)
    },
    async signInByCode(code) {
      const drawn = codes.take(code)
      const found = drawn === undefined ? undefined : await readAccount(store.reader, drawn.account)
      if (drawn === undefined || found?.state !== 'active') throw refused()
      const { id, grants } = accountOf(found)
      await store.commit([], [{ kind: 'session.began', actor: id, account: id, detail: { by: 'command-line' } }])
      return { id, grants: grants.filter(({ role }) => (drawn.roles as readonly string[]).includes(role)) }
    },
    drawNonce: (session) => Buffer.from(challenges.draw(provingByKey(session)), 'base64url').toString('hex'),
    async verifyByKey(account, session, { nonce, official, signature }) {
      if (!takeNonce(challenges, nonce, session)) throw refused()
      const own = await listPersonOfficials(store.reader, governance(), account)
      const key = own.find((one) => one.official === official && one.algorithm === 'ed25519' && one.passkey === null)
      if (key === undefined) throw refused()
      const isThere = await Promise.all(
        origins.map((origin) =>
          verifyPresence(crypto, key.key, origin, Uint8Array.fromHex(nonce), parseBase64(signature)).then(
            () => true,
            passRecordError,
          ),
        ),
      )
      if (!isThere.includes(true)) throw refused()
      const detail = { by: 'key', official }
      await store.commit([], [{ kind: 'session.verified', actor: account, account, detail }])
    },
  }
}

/** Whether the nonce was drawn for this session and has not been used. */
export function takeNonce(challenges: Challenges, nonce: string, session: string): boolean {
  return challenges.take(Buffer.from(nonce, 'hex').toString('base64url'), provingByKey(session))
}

const provingByKey = (session: string): string => `key ${session}`

function passRecordError(error: unknown): false {
  if (error instanceof RecordError) return false
  throw error
}

function refused(): IdentityError {
  return new IdentityError('sign-in.refused', 'This does not sign anybody in here')
}
