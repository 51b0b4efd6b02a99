// The room of people over a real store, with the clock and the governance log in the test's hand.

import { randomBytes } from 'node:crypto'
import type { PersonGrant } from '@parley/api'
import type { Enrolment, GovernanceState } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { openDatabase } from '../src/db/database.ts'
import type { Database } from '../src/db/database.ts'
import { createIdentity } from '../src/identity/index.ts'
import type { Identity } from '../src/identity/index.ts'
import type { OidcSettings } from '../src/identity/oidc.ts'
import { createAuthenticator, testOrigin } from './authenticator.ts'
import type { Authenticator } from './authenticator.ts'

export interface TestPeople extends Identity {
  readonly database: Database
  /** Unix milliseconds; the test moves it. */
  readonly clock: { now: number }
  /** Accounts whose sessions were ended, in order. */
  readonly ended: string[]
  readonly enrolled: Enrolment[]
  readonly revoked: string[]
}

export const machine = { kind: 'machine', name: 'operator' } as const
export const person = (account: string) => ({ kind: 'person', account }) as const
export const administrator: PersonGrant = { role: 'administrator', channel: null }

export async function openTestPeople(
  url: string,
  options: { readonly origins?: readonly string[]; readonly oidc?: OidcSettings } = {},
): Promise<TestPeople> {
  const database = await openDatabase(url)
  const clock = { now: 1_700_000_000_000 }
  const [ended, enrolled, revoked]: [string[], Enrolment[], string[]] = [[], [], []]
  const state = () =>
    ({
      size: 1,
      officials: enrolled
        .filter(({ official }) => !revoked.includes(official))
        .map((enrolment) => ({ ...enrolment, from: 1 })),
    }) as unknown as GovernanceState
  const identity = createIdentity({
    crypto: nodeCrypto,
    database,
    clock: () => clock.now,
    random: (length) => new Uint8Array(randomBytes(length)),
    origins: options.origins ?? ['http://127.0.0.1:8080', testOrigin],
    oidc: options.oidc,
    officials: {
      state,
      enrol: async (enrolment) => void enrolled.push(enrolment),
      revoke: async (official) => void revoked.push(official),
    },
    endSessions: (account) => void ended.push(account),
  })
  return { ...identity, database, clock, ended, enrolled, revoked }
}

export interface Enrolled {
  readonly id: string
  readonly key: Authenticator
}

/** Follows an invitation to its end. */
export async function acceptInvitation({ signIn }: TestPeople, code: string): Promise<Enrolled> {
  const key = createAuthenticator()
  const { challenge } = await signIn.beginEnrolment(code)
  const account = await signIn.enrol(code, key.create(challenge), 'Key')
  return { id: account.id, key }
}

/** The first administrator, as the command line adds them, with a passkey. */
export async function addFirst(room: TestPeople): Promise<Enrolled> {
  const { invitation } = await room.people.add(machine, 'First administrator', [administrator])
  return acceptInvitation(room, invitation!.code)
}

/** Another person, added by one administrator and approved by the second where there is one. */
export async function addOther(
  room: TestPeople,
  by: Enrolled,
  second: Enrolled | undefined,
  grants: readonly PersonGrant[],
): Promise<Enrolled> {
  const proposed = await room.people.add(person(by.id), 'Somebody', grants)
  const done =
    second === undefined ? proposed : await room.people.approve(person(second.id), proposed.waiting ?? 'nothing waits')
  return acceptInvitation(room, done.invitation!.code)
}
