// The room of people, put together for one node.

import type { Crypto } from '@parley/record'
import type { Database } from '../db/database.ts'
import { relyingSiteOf } from './authenticators.ts'
import { createChallenges } from './challenges.ts'
import { createIdentityStore } from './identity-store.ts'
import { createOidcProvider } from './oidc.ts'
import type { OidcSettings } from './oidc.ts'
import { createPeople } from './people.ts'
import type { OfficialRegister, People } from './people.ts'
import { createSignIn } from './sign-in.ts'

export { IdentityError } from './error.ts'
export { createStoredTokens } from './stored-tokens.ts'

export interface IdentityOptions {
  readonly crypto: Crypto
  readonly database: Pick<Database, 'reader' | 'writer'>
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly random: (bytes: number) => Uint8Array
  /** The node's own origins. */
  readonly origins: readonly string[]
  readonly officials: OfficialRegister
  readonly oidc: OidcSettings | undefined
  /** Ends the sessions of an account: what it may do has changed. */
  readonly endSessions: (account: string) => void
}

export type Identity = { readonly signIn: ReturnType<typeof createSignIn>; readonly people: People }

/** The page of the console that a provider sends people back to. */
export const oidcPath = '/sign-in/oidc'

export function createIdentity(options: IdentityOptions): Identity {
  const { clock: now, crypto, database, endSessions, officials, oidc, origins, random } = options
  const store = createIdentityStore(database, now)
  const site = relyingSiteOf(origins)
  const redirect = `${site?.origins[0] ?? origins[0]}${oidcPath}`
  return {
    signIn: createSignIn({
      store,
      challenges: createChallenges({ random, now }),
      site,
      oidc: oidc === undefined ? undefined : createOidcProvider(oidc, { redirect, now, random }),
    }),
    people: createPeople({ crypto, store, officials, endSessions }),
  }
}
