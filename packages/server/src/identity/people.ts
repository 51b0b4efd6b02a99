// People: adding them, their roles, ending and recovering accounts, enrolling their official keys. What a change needs is
// said by `change-rules.ts`; here it is kept while it waits, and done.

import { randomBytes } from 'node:crypto'
import type { ChangeOutcome, ChangeView, PersonGrant, PersonView, SecurityEventView } from '@parley/api'
import { formatBase64, officialId, parseBase64, parsePublicKey, RecordError, verifyPossession } from '@parley/record'
import type { Crypto, Enrolment, GovernanceState, KeyAlgorithm, OfficialRole } from '@parley/record'
import { addAccountChange, listOpenChanges, settleAccountChange } from '../db/account-changes.ts'
import type { AccountChange } from '../db/account-changes.ts'
import { addAccount, listAccounts, putAccountState, putRoles, readAccount } from '../db/accounts.ts'
import type { StoredAccount } from '../db/accounts.ts'
import { isConflict } from '../db/error.ts'
import { addInvitation, endInvitations } from '../db/invitations.ts'
import { addOfficial } from '../db/officials.ts'
import { removeOidcLinks } from '../db/oidc-links.ts'
import { listPasskeys, readPasskey, removePasskeys } from '../db/passkeys.ts'
import { listSecurityEvents } from '../db/security-events.ts'
import type { Statement } from '../db/statement.ts'
import { hashToken } from '../http/tokens.ts'
import { grantsOf, isAdministrator } from './account.ts'
import { ruleApprove, ruleOwn, rulePropose } from './change-rules.ts'
import type { Actor, ChangeQuestion, Ruling } from './change-rules.ts'
import type { Challenges } from './challenges.ts'
import { parseChange } from './changes.ts'
import type { Change } from './changes.ts'
import { takeNonce } from './command-line.ts'
import { IdentityError } from './error.ts'
import type { IdentityStore } from './identity-store.ts'
import { listPersonOfficials } from './officials.ts'
import type { SecurityEvent } from './security-log.ts'
import { drawInvitationCode, passkeyId } from './sign-in.ts'

const changeMillisecondsMax = 7 * 24 * 60 * 60_000
const invitationMillisecondsMax = 24 * 60 * 60_000

/** What people's official keys need of the governance log. */
export interface OfficialRegister {
  readonly state: () => GovernanceState
  /** Records that the key is an official's from now on. */
  enrol(enrolment: Enrolment): Promise<void>
  /** Records that an official is none any more. */
  revoke(official: string): Promise<void>
}

/** An Ed25519 key that its owner wants to be an official's: key and proof of possession in base64, the nonce in hexadecimal. */
export interface OwnKey {
  readonly key: string
  readonly nonce: string
  readonly proof: string
  readonly roles: readonly string[]
}

export interface PeopleParts {
  readonly challenges: Challenges
  readonly crypto: Crypto
  readonly store: IdentityStore
  readonly officials: OfficialRegister
  /** Ends the sessions of an account: what it may do has changed. */
  readonly endSessions: (account: string) => void
}

export interface People {
  list(): Promise<{ items: PersonView[]; changes: ChangeView[] }>
  /** @throws IdentityError `person.not-found` */
  check(person: string): Promise<void>
  add(actor: Actor, name: string, grants: readonly PersonGrant[]): Promise<ChangeOutcome>
  putRoles(actor: Actor, person: string, grants: readonly PersonGrant[]): Promise<ChangeOutcome>
  end(actor: Actor, person: string): Promise<ChangeOutcome>
  recover(actor: Actor, person: string): Promise<ChangeOutcome>
  /** `passkey` as clients name it. */
  enrolOfficial(actor: Actor, person: string, passkey: string, roles: readonly string[]): Promise<ChangeOutcome>
  /** @throws IdentityError `sign-in.refused` for a proof that proves nothing, `change.not-allowed` */
  proposeKey(account: string, session: string, own: OwnKey): Promise<ChangeOutcome>
  /** Asks that one may take much out of a channel. @throws IdentityError `change.not-allowed` */
  proposeExport(account: string, channel: string): Promise<ChangeOutcome>
  approve(actor: Actor, change: string): Promise<ChangeOutcome>
  reject(actor: Actor, change: string): Promise<void>
  noteSessionsEnded(actor: Actor, person: string): Promise<void>
  /** Writes into the security log what somebody did that is about no person. Durable when it resolves. */
  note(actor: Actor, kind: SecurityEvent['kind'], detail: NonNullable<SecurityEvent['detail']>): Promise<void>
  listEvents(page: { readonly before?: number; readonly limit: number }): Promise<SecurityEventView[]>
}

export function createPeople({ challenges, crypto, endSessions, officials, store }: PeopleParts): People {
  const { clock, reader } = store

  async function openPerson(id: string): Promise<StoredAccount> {
    const person = await readAccount(reader, id)
    if (person === undefined) throw new IdentityError('person.not-found', 'There is no such person')
    return person
  }

  async function openLiving(id: string): Promise<StoredAccount> {
    const person = await openPerson(id)
    if (person.state === 'ended') throw notAllowed('people.ended')
    return person
  }

  async function question(subject: string, change: Change, waiting?: AccountChange): Promise<ChangeQuestion> {
    const accounts = await listAccounts(reader)
    const stored = accounts.find(({ id }) => id === subject)
    const grants = change.kind === 'add' || change.kind === 'roles' ? change.grants : stored?.roles
    return {
      kind: change.kind,
      subject,
      administrators: accounts.filter(isAdministrator).map(({ id }) => id),
      age: waiting === undefined ? 0 : clock() - waiting.proposed,
      proposedByPerson: accounts.some(({ id }) => id === waiting?.proposedBy),
      leavesAdministrator:
        change.kind !== 'end' &&
        (grants ?? []).some(({ channel, role }) => role === 'administrator' && channel === null),
    }
  }

  async function propose(actor: Actor, subject: string, change: Change): Promise<ChangeOutcome> {
    const ruling = rulePropose(await question(subject, change), actor)
    if (openRuling(ruling) === 'alone') return apply(nameOf(actor), subject, change, [])
    return keepWaiting(actor, subject, change)
  }

  async function keepWaiting(actor: Actor, subject: string, change: Change): Promise<ChangeOutcome> {
    const at = clock()
    const id = randomBytes(16).toString('hex')
    const waiting = {
      id,
      kind: change.kind,
      account: subject,
      data: JSON.stringify(change),
      proposedBy: nameOf(actor),
      proposed: at,
      expires: at + changeMillisecondsMax,
    }
    const event = { kind: 'change.proposed', actor: nameOf(actor), account: subject } as const
    await store.commit([addAccountChange(waiting)], [{ ...event, detail: { change: id, kind: change.kind } }])
    return { person: subject, waiting: id, invitation: null }
  }

  /** Does a change, together with what settles it. */
  async function apply(
    actor: string,
    subject: string,
    change: Change,
    settling: readonly Statement[],
    approval: readonly SecurityEvent[] = [],
  ): Promise<ChangeOutcome> {
    const about = { actor, account: subject }
    const commit = (statements: readonly Statement[], event: SecurityEvent): Promise<void> =>
      store.commit([...settling, ...statements], [...approval, event]).catch((error: unknown) => {
        if (isConflict(error)) throw notAllowed('people.moved')
        throw error
      })
    switch (change.kind) {
      case 'add': {
        const invited = invite(subject)
        await commit(
          [
            addAccount({ id: subject, name: change.name, state: 'invited', created: clock() }),
            ...putRoles(subject, change.grants),
            invited.statement,
          ],
          { ...about, kind: 'account.added', detail: { roles: spellGrants(change.grants) } },
        )
        return { person: subject, waiting: null, invitation: invited.invitation }
      }
      case 'roles':
        await commit(putRoles(subject, change.grants), {
          ...about,
          kind: 'account.roles',
          detail: { roles: spellGrants(change.grants) },
        })
        endSessions(subject)
        return { person: subject, waiting: null, invitation: null }
      case 'end':
        await commit(
          [
            putAccountState(subject, 'ended', ['invited', 'active']),
            ...putRoles(subject, []),
            ...forgetCredentials(subject),
          ],
          { ...about, kind: 'account.ended' },
        )
        endSessions(subject)
        await revokeOfficials(subject)
        return { person: subject, waiting: null, invitation: null }
      case 'recover': {
        const invited = invite(subject)
        await commit(
          [
            ...forgetCredentials(subject),
            putAccountState(subject, 'invited', ['invited', 'active']),
            invited.statement,
          ],
          { ...about, kind: 'account.recovered' },
        )
        endSessions(subject)
        await revokeOfficials(subject)
        return { person: subject, waiting: null, invitation: invited.invitation }
      }
      case 'export':
        // What was approved is the settled change itself; it opens when the delay is over.
        await commit([], { ...about, kind: 'export.approved', detail: { channel: change.channel } })
        return { person: subject, waiting: null, invitation: null }
      case 'official': {
        const { algorithm, id, key } = await openKey(subject, change)
        const official = officialId(crypto, algorithm, key)
        // The link first: without the entry it opens nothing, and an entry without it would be nobody's.
        await commit([addOfficial({ official, account: subject, passkey: id, enrolled: clock() })], {
          ...about,
          kind: 'official.enrolled',
          detail: { official, roles: change.roles },
        })
        await officials.enrol({ official, algorithm, key: formatBase64(key), roles: change.roles })
        return { person: subject, waiting: null, invitation: null }
      }
    }
  }

  /** The key that a change is about; `id` is null for one that is no passkey. */
  async function openKey(
    subject: string,
    change: Extract<Change, { kind: 'official' }>,
  ): Promise<{ readonly algorithm: KeyAlgorithm; readonly id: string | null; readonly key: Uint8Array }> {
    if (change.passkey === null) return { algorithm: 'ed25519', id: null, key: parseBase64(change.key) }
    const passkey = await readPasskey(reader, change.passkey)
    if (passkey?.account !== subject) throw new IdentityError('passkey.not-found', 'There is no such passkey')
    return passkey
  }

  /** Which official the key of a change would be; null when it is about none, or its passkey has gone. */
  async function officialOf(subject: string, change: Change): Promise<string | null> {
    if (change.kind !== 'official') return null
    const key = await openKey(subject, change).catch((error: unknown) => {
      if (error instanceof IdentityError) return undefined
      throw error
    })
    return key === undefined ? null : officialId(crypto, key.algorithm, key.key)
  }

  /** Nobody decides as an official what they may not do as themselves. */
  function checkRoles(held: readonly { readonly role: string }[], roles: readonly string[]): OfficialRole[] {
    const named = [...new Set(roles)].sort()
    if (named.includes('stakeholder') || !named.every((role) => held.some((grant) => grant.role === role))) {
      throw notAllowed('people.roles')
    }
    return named as OfficialRole[]
  }

  function invite(account: string): { statement: Statement; invitation: { code: string; expires: number } } {
    const code = drawInvitationCode()
    const created = clock()
    const expires = created + invitationMillisecondsMax
    return {
      statement: addInvitation({ hash: hashToken(code), account, created, expires }),
      invitation: { code, expires },
    }
  }

  function forgetCredentials(account: string): Statement[] {
    return [removePasskeys(account), removeOidcLinks(account), endInvitations(account, clock())]
  }

  /** Keys that are lost, or whose owner has left, approve nothing more. */
  async function revokeOfficials(account: string): Promise<void> {
    for (const { official } of await listPersonOfficials(reader, officials.state(), account)) {
      await officials.revoke(official)
    }
  }

  async function openChange(id: string): Promise<AccountChange> {
    const found = (await listOpenChanges(reader, clock())).find((change) => change.id === id)
    if (found === undefined) throw new IdentityError('change.not-found', 'No such change waits')
    return found
  }

  return {
    async list() {
      const [accounts, passkeys, changes, keys] = await Promise.all([
        listAccounts(reader),
        listPasskeys(reader),
        listOpenChanges(reader, clock()),
        listPersonOfficials(reader, officials.state()),
      ])
      const items = accounts.map((account) => ({
        id: account.id,
        name: account.name,
        state: account.state,
        grants: grantsOf(account),
        created: account.created,
        passkeys: passkeys
          .filter((passkey) => passkey.account === account.id)
          .map((passkey) => ({
            id: passkeyId(passkey),
            label: passkey.label,
            official: keys.find((key) => key.passkey === passkey.id)?.official ?? null,
          })),
        officials: keys
          .filter((key) => key.account === account.id)
          .map(({ official, roles }) => ({ official, roles: [...roles] })),
      }))
      const waiting = await Promise.all(
        changes.map(async (one) => viewChange(one, accounts, await officialOf(one.account, parseChange(one.data)))),
      )
      return { items, changes: waiting }
    },
    async check(person) {
      await openPerson(person)
    },
    add: (actor, name, grants) => propose(actor, randomBytes(16).toString('hex'), { kind: 'add', name, grants }),
    async putRoles(actor, person, grants) {
      await openLiving(person)
      return propose(actor, person, { kind: 'roles', grants })
    },
    async end(actor, person) {
      await openLiving(person)
      return propose(actor, person, { kind: 'end' })
    },
    async recover(actor, person) {
      await openLiving(person)
      return propose(actor, person, { kind: 'recover' })
    },
    async enrolOfficial(actor, person, passkey, roles) {
      const { roles: held } = await openLiving(person)
      const found = (await listPasskeys(reader, person)).find((one) => passkeyId(one) === passkey)
      if (found === undefined) throw new IdentityError('passkey.not-found', 'There is no such passkey')
      return propose(actor, person, { kind: 'official', passkey: found.id, roles: checkRoles(held, roles) })
    },
    async proposeKey(account, session, { key, nonce, proof, roles }) {
      const { roles: held } = await openLiving(account)
      if (!takeNonce(challenges, nonce, session)) throw unproven()
      try {
        const publicKey = parsePublicKey(parseBase64(key))
        await verifyPossession(crypto, publicKey, Uint8Array.fromHex(nonce), parseBase64(proof))
      } catch (cause) {
        if (cause instanceof RecordError) throw unproven(cause)
        throw cause
      }
      const change: Change = { kind: 'official', passkey: null, key, roles: checkRoles(held, roles) }
      openRuling(ruleOwn(await question(account, change)))
      return keepWaiting({ kind: 'person', account }, account, change)
    },
    async proposeExport(account, channel) {
      await openLiving(account)
      const change: Change = { kind: 'export', channel }
      openRuling(ruleOwn(await question(account, change)))
      return keepWaiting({ kind: 'person', account }, account, change)
    },
    async approve(actor, id) {
      const waiting = await openChange(id)
      const change = parseChange(waiting.data)
      if (change.kind !== 'add') await openLiving(waiting.account)
      openRuling(ruleApprove(await question(waiting.account, change, waiting), waiting.proposedBy, actor))
      const by = nameOf(actor)
      return apply(
        by,
        waiting.account,
        change,
        [settleAccountChange(id, { by, at: clock(), outcome: 'applied' })],
        [{ kind: 'change.approved', actor: by, account: waiting.account, detail: { change: id } }],
      )
    },
    async reject(actor, id) {
      const { account } = await openChange(id)
      const by = nameOf(actor)
      await store.commit(
        [settleAccountChange(id, { by, at: clock(), outcome: 'rejected' })],
        [{ kind: 'change.rejected', actor: by, account, detail: { change: id } }],
      )
    },
    async noteSessionsEnded(actor, person) {
      await store.commit([], [{ kind: 'session.ended', actor: nameOf(actor), account: person }])
    },
    async note(actor, kind, detail) {
      await store.commit([], [{ kind, actor: nameOf(actor), account: null, detail }])
    },
    async listEvents(page) {
      const rows = await listSecurityEvents(reader, page)
      return rows.map(({ account, actor, at, detail, digest, kind, number }) => ({
        ...{ account, actor, at, detail, kind, number },
        digest: digest.toHex(),
      }))
    },
  }
}

function viewChange(waiting: AccountChange, accounts: readonly StoredAccount[], official: string | null): ChangeView {
  const { account, expires, id, proposed, proposedBy } = waiting
  const change = parseChange(waiting.data)
  const known = accounts.find((one) => one.id === account)
  const named = change.kind === 'official' ? change.roles : []
  return {
    id,
    kind: change.kind,
    person: account,
    name: change.kind === 'add' ? change.name : (known?.name ?? account),
    grants:
      change.kind === 'add' || change.kind === 'roles'
        ? [...change.grants]
        : grantsOf({ roles: named.map((role) => ({ role, channel: null })) }),
    official,
    channel: change.kind === 'export' ? change.channel : null,
    proposedBy,
    proposed,
    expires,
  }
}

/** The account, or the name of the machine's token. */
function nameOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.account : actor.name
}

function openRuling(ruling: Ruling): 'alone' | 'second' {
  if (ruling.kind === 'refused') throw notAllowed(ruling.reason)
  return ruling.kind
}

function unproven(cause?: unknown): IdentityError {
  return new IdentityError('sign-in.refused', 'The proof of the key proves nothing here', { cause })
}

function notAllowed(reason: string): IdentityError {
  return new IdentityError('change.not-allowed', 'The rules about people do not allow this change', { reason })
}

function spellGrants(grants: readonly PersonGrant[]): string[] {
  return grants.map(({ channel, role }) => (channel === null ? role : `${role} ${channel}`))
}
