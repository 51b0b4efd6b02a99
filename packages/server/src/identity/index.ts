// The room of people, put together for one node.

import type { Crypto } from '@parley/record'
import type { Database } from '../db/database.ts'
import type { CommandLineSignIn } from '../http/means.ts'
import { relyingSiteOf } from './authenticators.ts'
import { createChallenges } from './challenges.ts'
import { createCommandLine } from './command-line.ts'
import { createCommandLineCodes } from './command-line-codes.ts'
import { createIdentityStore } from './identity-store.ts'
import { createOidcProvider } from './oidc.ts'
import type { OidcSettings } from './oidc.ts'
import { createPeople } from './people.ts'
import type { OfficialRegister, People } from './people.ts'
import { createReadings, exportDelayHoursDefault } from './readings.ts'
import type { Readings } from './readings.ts'
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
  /** Between the approval of an export in bulk and its opening, where it is not the usual. */
  readonly exportDelayHours?: number | undefined
  /** Ends the sessions of an account: what it may do has changed. */
  readonly endSessions: (account: string) => void
}

export interface Identity {
  readonly signIn: ReturnType<typeof createSignIn>
  readonly commandLine: CommandLineSignIn
  readonly readings: Readings
  readonly people: People
}

/** The page of the console that a provider sends people back to. */
export const oidcPath = '/sign-in/oidc'

export function createIdentity(options: IdentityOptions): Identity {
  const { clock: now, crypto, database, endSessions, officials, oidc, origins, random } = options
  const store = createIdentityStore(database, now)
  const site = relyingSiteOf(origins)
  const redirect = `${site?.origins[0] ?? origins[0]}${oidcPath}`
  const challenges = createChallenges({ random, now })
  const codes = createCommandLineCodes({ random, now })
  const governance = officials.state
  return {
    signIn: createSignIn({
      store,
      challenges,
      site,
      oidc: oidc === undefined ? undefined : createOidcProvider(oidc, { redirect, now, random }),
    }),
    commandLine: createCommandLine({ challenges, codes, crypto, governance, origins, store }),
    readings: createReadings(store, options.exportDelayHours ?? exportDelayHoursDefault),
    people: createPeople({
      challenges,
      crypto,
      store,
      officials,
      endSessions(account) {
        codes.forget(account)
        endSessions(account)
      },
    }),
  }
}
