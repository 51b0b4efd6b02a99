// Signing in: challenges, passkeys, invitations, and the provider where there is one. Whoever has a passkey signs in with it
// and with nothing less.

import { randomBytes } from 'node:crypto'
import type { AssertionAnswer, AssertionOptions, AttestationAnswer, CreationOptions, PasskeyView } from '@parley/api'
import { listAccounts, putAccountState, readAccount } from '../db/accounts.ts'
import type { StoredAccount } from '../db/accounts.ts'
import { isConflict } from '../db/error.ts'
import { readInvitation, useInvitation } from '../db/invitations.ts'
import type { Invitation } from '../db/invitations.ts'
import { addOidcLink, readOidcLink } from '../db/oidc-links.ts'
import { addPasskey, listPasskeys, notePasskeyUse, readPasskey, removePasskey } from '../db/passkeys.ts'
import type { StoredPasskey } from '../db/passkeys.ts'
import type { Statement } from '../db/statement.ts'
import type { Account } from '../http/handler.ts'
import type { Admit, SignInMeans } from '../http/means.ts'
import { hashToken } from '../http/tokens.ts'
import { accountOf, isAdministrator } from './account.ts'
import { algorithms, openAssertion, openAttestation } from './authenticators.ts'
import type { RelyingSite } from './authenticators.ts'
import { challengeMillisecondsMax } from './challenges.ts'
import type { Challenges } from './challenges.ts'
import { IdentityError } from './error.ts'
import type { IdentityStore } from './identity-store.ts'
import type { OidcProvider } from './oidc.ts'

/** Passkeys of one person. */
const passkeysMax = 16

export interface SignInParts {
  readonly store: IdentityStore
  readonly challenges: Challenges
  /** Undefined where the node has no name that a passkey could be bound to. */
  readonly site: RelyingSite | undefined
  readonly oidc: OidcProvider | undefined
}

/** What people do about their own passkeys. */
export interface OwnPasskeys {
  list(account: string): Promise<PasskeyView[]>
  begin(account: string, session: string): Promise<CreationOptions>
  add(account: string, session: string, answer: AttestationAnswer, label: string): Promise<PasskeyView>
  remove(account: string, passkey: string): Promise<void>
}

export function createSignIn({ challenges, oidc, site, store }: SignInParts): SignInMeans & { own: OwnPasskeys } {
  const { clock, reader } = store

  function needSite(): RelyingSite {
    if (site !== undefined) return site
    throw new IdentityError('sign-in.unavailable', 'The node has no name that a passkey could be bound to')
  }

  function needOidc(): OidcProvider {
    if (oidc !== undefined) return oidc
    throw new IdentityError('sign-in.unavailable', 'No provider is configured here')
  }

  function askAssertion(purpose: string, allowed: readonly StoredPasskey[]): AssertionOptions {
    return {
      challenge: challenges.draw(purpose),
      rpId: needSite().id,
      timeout: challengeMillisecondsMax,
      userVerification: 'required',
      allowCredentials: allowed.map(({ id }) => ({ type: 'public-key', id })),
    }
  }

  async function askCreation(purpose: string, { id, name }: StoredAccount): Promise<CreationOptions> {
    const held = await listPasskeys(reader, id)
    return {
      challenge: challenges.draw(purpose),
      rp: { id: needSite().id, name: 'Parley' },
      user: { id: Buffer.from(id, 'hex').toString('base64url'), name, displayName: name },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: challengeMillisecondsMax,
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: held.map((passkey) => ({ type: 'public-key', id: passkey.id })),
    }
  }

  /** The passkey that answered, and the writing of its new counter. */
  async function openPasskey(
    answer: AssertionAnswer,
    purpose: string,
    admit: Admit | undefined,
  ): Promise<{ passkey: StoredPasskey; used: Statement }> {
    const passkey = await readPasskey(reader, answer.id)
    if (passkey !== undefined) admit?.(passkey.account)
    const opened =
      passkey === undefined
        ? undefined
        : await openAssertion(answer, (challenge) => challenges.take(challenge, purpose), needSite(), passkey)
    if (passkey === undefined || opened === undefined) throw refused()
    return { passkey, used: notePasskeyUse(passkey, opened.counter, clock()) }
  }

  async function openActive(id: string): Promise<Account> {
    const account = await readAccount(reader, id)
    if (account?.state !== 'active') throw refused()
    return accountOf(account)
  }

  async function openInvitation(code: string): Promise<{ invitation: Invitation; account: StoredAccount }> {
    const invitation = await readInvitation(reader, hashToken(code))
    const usable = invitation !== undefined && invitation.used === null && invitation.expires > clock()
    const account = usable ? await readAccount(reader, invitation.account) : undefined
    if (invitation === undefined || account === undefined || account.state === 'ended') throw uninvited()
    return { invitation, account }
  }

  async function makePasskey(
    account: string,
    answer: AttestationAnswer,
    label: string,
    purpose: string,
  ): Promise<StoredPasskey> {
    const made = await openAttestation(answer, (challenge) => challenges.take(challenge, purpose), needSite())
    if (made === undefined) throw uninvited()
    return { ...made, account, label, created: clock(), lastUsed: null }
  }

  return {
    async ways() {
      const accounts = await listAccounts(reader)
      return { passkey: site !== undefined, oidc: oidc !== undefined, token: !accounts.some(isAdministrator) }
    },
    beginSignIn: () => askAssertion(signingIn, []),
    async signIn(answer, admit) {
      const { passkey, used } = await openPasskey(answer, signingIn, admit)
      const account = await openActive(passkey.account)
      await store
        .commit([used], [{ kind: 'session.began', actor: account.id, account: account.id, detail: { by: 'passkey' } }])
        .catch(refuseConflict)
      return account
    },
    async beginEnrolment(code) {
      const { account } = await openInvitation(code)
      return askCreation(enrolling(code), account)
    },
    async enrol(code, answer, label) {
      const { account, invitation } = await openInvitation(code)
      const passkey = await makePasskey(account.id, answer, label, enrolling(code))
      const at = clock()
      await store
        .commit(
          [
            useInvitation(invitation.hash, at),
            putAccountState(account.id, 'active', ['invited', 'active']),
            addPasskey(passkey),
          ],
          [
            { kind: 'passkey.enrolled', actor: account.id, account: account.id },
            { kind: 'session.began', actor: account.id, account: account.id, detail: { by: 'passkey' } },
          ],
        )
        .catch(refuseConflict)
      return accountOf(account)
    },
    async beginVerification(account, session) {
      const held = await listPasskeys(reader, account)
      if (held.length === 0) throw new IdentityError('passkey.not-found', 'The account has no passkey')
      return askAssertion(verifying(session), held)
    },
    async verify(account, session, answer, admit) {
      const { passkey, used } = await openPasskey(answer, verifying(session), admit)
      if (passkey.account !== account) throw refused()
      await openActive(account)
      await store.commit([used], [{ kind: 'session.verified', actor: account, account }]).catch(refuseConflict)
    },
    async beginOidc(code) {
      if (code !== undefined) await openInvitation(code)
      return needOidc().begin(code)
    },
    async signInByOidc(answer, binding) {
      const subject = await needOidc().open(answer, binding)
      if (subject === undefined) throw refused()
      const { invitation: code, issuer, subject: name } = subject
      const linked = await readOidcLink(reader, issuer, name)
      const statements: Statement[] = []
      let id = linked?.account
      if (code !== undefined) {
        const { account, invitation } = await openInvitation(code)
        // A subject is one person for good: an invitation of somebody else does not make it two.
        if (id !== undefined && id !== account.id) throw refused()
        id = account.id
        statements.push(useInvitation(invitation.hash, clock()))
        statements.push(putAccountState(id, 'active', ['invited', 'active']))
        if (linked === undefined) {
          statements.push(addOidcLink({ issuer, subject: name, account: id, created: clock() }))
        }
      }
      if (id === undefined) throw refused()
      // No way round a passkey: what is weaker ends where there is one.
      if ((await listPasskeys(reader, id)).length > 0) throw refused()
      const account = code === undefined ? await openActive(id) : accountOf((await readAccount(reader, id))!)
      await store
        .commit(statements, [{ kind: 'session.began', actor: id, account: id, detail: { by: 'oidc' } }])
        .catch(refuseConflict)
      return account
    },
    noteEnd: (account) => store.commit([], [{ kind: 'session.ended', actor: account, account: null }]),
    own: {
      async list(account) {
        return (await listPasskeys(reader, account)).map(viewPasskey)
      },
      async begin(account, session) {
        const found = await readAccount(reader, account)
        if (found?.state !== 'active') throw uninvited()
        return askCreation(adding(session), found)
      },
      async add(account, session, answer, label) {
        const held = await listPasskeys(reader, account)
        if (held.length === 0 || held.length >= passkeysMax) throw uninvited()
        const passkey = await makePasskey(account, answer, label, adding(session))
        await store
          .commit([addPasskey(passkey)], [{ kind: 'passkey.enrolled', actor: account, account }])
          .catch(refuseConflict)
        return viewPasskey(passkey)
      },
      async remove(account, id) {
        const held = await listPasskeys(reader, account)
        const passkey = held.find((one) => passkeyId(one) === id)
        if (passkey === undefined) throw new IdentityError('passkey.not-found', 'There is no such passkey')
        if (held.length === 1) throw new IdentityError('passkey.last', 'The last passkey is not given up')
        await store.commit([removePasskey(account, passkey.id)], [{ kind: 'passkey.removed', actor: account, account }])
      },
    },
  }
}

const signingIn = 'sign-in'
/** An enrolment is of one invitation, a verification of one session: nobody finishes what another began. */
const enrolling = (code: string): string => `enrol ${hashToken(code).toHex()}`
const verifying = (session: string): string => `verify ${session}`
const adding = (session: string): string => `add ${session}`

/** How a passkey is named towards clients: its credential id is nobody else's business. */
export function passkeyId({ id }: Pick<StoredPasskey, 'id'>): string {
  return hashToken(id).toHex()
}

/** 128 bits, base64url. */
export function drawInvitationCode(): string {
  return randomBytes(16).toString('base64url')
}

function viewPasskey(passkey: StoredPasskey): PasskeyView {
  const { created, label, lastUsed } = passkey
  return { id: passkeyId(passkey), label, created, lastUsed }
}

function refused(): IdentityError {
  return new IdentityError('sign-in.refused', 'This does not sign anybody in here')
}

function uninvited(): IdentityError {
  return new IdentityError('enrolment.refused', 'The invitation or the passkey cannot be used')
}

/** Something moved meanwhile: a counter, an invitation, a passkey that is enrolled already. */
function refuseConflict(error: unknown): never {
  if (isConflict(error)) throw refused()
  throw error
}
