// The operations on people: who has an account, what changes of accounts wait, whose sessions run.

import type { Operations } from '@parley/api'
import { HttpError } from '../http/error.ts'
import type { EventHub } from '../http/events.ts'
import type { Handler, SignedInCaller } from '../http/handler.ts'
import type { Sessions } from '../http/sessions.ts'
import { viewSessionRow } from '../http/shell-handlers.ts'
import type { Identity } from '../identity/index.ts'

const eventsDefault = 50

export interface PeopleServices extends Identity {
  readonly sessions: Sessions
  readonly events: EventHub
}

type PeopleOperation =
  | 'listPeople'
  | 'addPerson'
  | 'putRoles'
  | 'endPerson'
  | 'recoverPerson'
  | 'enrolOfficial'
  | 'enrolOwnKey'
  | 'addExport'
  | 'approveChange'
  | 'rejectChange'
  | 'listPersonSessions'
  | 'endPersonSessions'
  | 'listSecurityEvents'
  | 'listPasskeys'
  | 'beginPasskey'
  | 'addPasskey'
  | 'removePasskey'

export function createPeopleHandlers({ events, people, sessions, signIn: { own } }: PeopleServices): {
  readonly [N in PeopleOperation]: Handler<Operations[N]>
} {
  return {
    listPeople: () => people.list(),
    addPerson: ({ body, caller }) => people.add(actorOf(caller), body.name, body.grants),
    putRoles: ({ body, caller, params }) => people.putRoles(actorOf(caller), params.person, body.grants),
    endPerson: ({ caller, params }) => people.end(actorOf(caller), params.person),
    recoverPerson: ({ caller, params }) => people.recover(actorOf(caller), params.person),
    enrolOfficial: ({ body, caller, params }) =>
      people.enrolOfficial(actorOf(caller), params.person, body.passkey, body.roles),
    enrolOwnKey: ({ body, caller }) => people.proposeKey(caller.account.id, sessionOf(caller), body),
    addExport: ({ caller, params }) => people.proposeExport(personOf(caller), params.channel),
    approveChange: ({ caller, params }) => people.approve(actorOf(caller), params.change),
    async rejectChange({ caller, params }) {
      await people.reject(actorOf(caller), params.change)
    },
    async listPersonSessions({ caller, params }) {
      await people.check(params.person)
      const current = caller.kind === 'session' ? caller.session : undefined
      return { items: sessions.list(params.person).map((session) => viewSessionRow(session, current)) }
    },
    async endPersonSessions({ caller, params }) {
      await people.check(params.person)
      endSessionsOf({ events, sessions }, params.person)
      await people.noteSessionsEnded(actorOf(caller), params.person)
    },
    async listSecurityEvents({ query }) {
      const { before, limit = eventsDefault } = query
      return { items: await people.listEvents({ ...(before === undefined ? {} : { before }), limit }) }
    },
    listPasskeys: async ({ caller }) => ({ items: await own.list(caller.account.id) }),
    beginPasskey: ({ caller }) => own.begin(caller.account.id, sessionOf(caller)),
    addPasskey: ({ body, caller }) => own.add(caller.account.id, sessionOf(caller), body.attestation, body.label),
    async removePasskey({ caller, params }) {
      await own.remove(caller.account.id, params.passkey)
    },
  }
}

/** Ends the sessions of an account with the streams that hang on them. */
export function endSessionsOf(
  { events, sessions }: Pick<PeopleServices, 'events' | 'sessions'>,
  account: string,
): void {
  for (const id of sessions.endAccount(account)) events.endSession(id)
}

export function actorOf(caller: SignedInCaller) {
  return caller.kind === 'token'
    ? ({ kind: 'machine', name: caller.account.id } as const)
    : ({ kind: 'person', account: caller.account.id } as const)
}

/** Whoever asks for themselves is somebody. */
function personOf(caller: SignedInCaller): string {
  if (caller.kind === 'session' && caller.means !== 'token') return caller.account.id
  throw new HttpError('http.forbidden', 'This takes a person, not a token')
}

function sessionOf(caller: SignedInCaller): string {
  if (caller.kind === 'session') return caller.session
  throw new HttpError('http.forbidden', 'This takes a session, not a token')
}
