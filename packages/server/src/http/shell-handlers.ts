// The operations that the shell does itself: signing in and out, the event stream, the contract, the sign of life.

import { insiderRoles } from '@parley/api'
import type { Body, Operations, Params, SessionMeans, SessionRow } from '@parley/api'
import { formatOpenapi } from '@parley/api/openapi'
import type { Credentials } from './authenticate.ts'
import { formatSetCookie, openCookie, type CookieForm } from './cookie.ts'
import { HttpError } from './error.ts'
import type { EventHub } from './events.ts'
import type { Account, Caller, ShellOperation } from './handler.ts'
import type { Admit, CommandLineSignIn, SignInMeans } from './means.ts'
import { holdsRole } from './reach.ts'
import type { OpenSession } from './sessions.ts'

/** What a handler answers, with headers that only the shell may set. */
export interface Outcome {
  readonly answer: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface ShellCall {
  readonly params: unknown
  readonly body: unknown
  readonly caller: Caller
  readonly headers: Headers
  /** Counts a wrong credential of this client. @throws {HttpError} `http.rate` */
  readonly countRefusal: () => void
  /** Counts an attempt of this client on an account. @throws {HttpError} `http.rate` */
  readonly admitTo: Admit
  /** Remembers that an account was signed in from this client. */
  readonly noteSignIn: (account: string) => void
}

export type ShellHandlers = { readonly [N in ShellOperation]: (call: ShellCall) => Promise<Outcome> }

export interface ShellParts extends Credentials {
  readonly events: EventHub
  readonly means: SignInMeans
  readonly commandLine: CommandLineSignIn
}

export function createShellHandlers(parts: ShellParts): ShellHandlers {
  const { sessions, tokens, cookie, commandLine, events, means } = parts
  const oidcCookie: CookieForm = { ...cookie, name: `${cookie.name}-oidc` }
  let contract: string | undefined

  function endSession(id: string): void {
    sessions.end(id)
    events.endSession(id)
  }

  /** A session that was there before, perhaps planted by somebody else, does not survive the sign-in. */
  function begin(account: Account, by: SessionMeans, headers: Headers): Outcome {
    const before = openCookie(cookie, headers.get('cookie'))
    const previous = before === undefined ? undefined : sessions.open(before, false)
    if (previous !== undefined) endSession(previous.id)
    const session = sessions.begin(account, by)
    return { answer: session.view, headers: { 'set-cookie': formatSetCookie(cookie, session.secret) } }
  }

  /** Whoever shows a credential that opens nothing is counted before they are told so. */
  async function opened<T>(countRefusal: () => void, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      countRefusal()
      throw error
    }
  }

  return {
    async signIn({ body, headers, countRefusal }) {
      const account = await tokens.open((body as { token: string }).token)
      // Once somebody looks after people, only people have sessions.
      if (account === undefined || !(await means.ways()).token) {
        countRefusal()
        throw new HttpError('session.token', 'This token opens nothing here')
      }
      return begin(account, 'token', headers)
    },
    async viewSession({ headers }) {
      const secret = openCookie(cookie, headers.get('cookie'))
      const session = secret === undefined ? undefined : sessions.open(secret, false)
      if (session === undefined) throw new HttpError('http.credentials', 'The session has ended')
      return { answer: session.view }
    },
    async signOut({ caller }) {
      if (caller.kind === 'session') {
        endSession(caller.session)
        await means.noteEnd(caller.account.id)
      }
      const removal = { 'set-cookie': formatSetCookie(cookie, undefined), 'clear-site-data': '"cache", "storage"' }
      return { answer: undefined, headers: removal }
    },
    viewSignIn: async () => ({ answer: await means.ways() }),
    beginPasskeySignIn: async () => ({ answer: means.beginSignIn() }),
    async signInWithPasskey({ body, headers, admitTo, countRefusal, noteSignIn }) {
      const { assertion } = body as Body<Operations['signInWithPasskey']>
      const account = await opened(countRefusal, () => means.signIn(assertion, admitTo))
      noteSignIn(account.id)
      return begin(account, 'passkey', headers)
    },
    async beginOidcSignIn({ body, countRefusal }) {
      const { invitation } = body as Body<Operations['beginOidcSignIn']>
      const { address, binding } = await opened(countRefusal, () => means.beginOidc(invitation))
      return { answer: { address }, headers: { 'set-cookie': formatSetCookie(oidcCookie, binding) } }
    },
    async signInWithOidc({ body, headers, countRefusal }) {
      const answer = body as Body<Operations['signInWithOidc']>
      const binding = openCookie(oidcCookie, headers.get('cookie'))
      const account = await opened(countRefusal, () => means.signInByOidc(answer, binding))
      return begin(account, 'oidc', headers)
    },
    async beginEnrolment({ body, countRefusal }) {
      const { invitation } = body as Body<Operations['beginEnrolment']>
      return { answer: await opened(countRefusal, () => means.beginEnrolment(invitation)) }
    },
    async enrolPasskey({ body, headers, countRefusal, noteSignIn }) {
      const { attestation, invitation, label } = body as Body<Operations['enrolPasskey']>
      const account = await opened(countRefusal, () => means.enrol(invitation, attestation, label))
      noteSignIn(account.id)
      return begin(account, 'passkey', headers)
    },
    async beginVerification({ caller }) {
      const { account, session } = sessionOf(caller)
      return { answer: await means.beginVerification(account.id, session) }
    },
    async verifySession({ admitTo, body, caller, countRefusal }) {
      const { account, session } = sessionOf(caller)
      const { assertion } = body as Body<Operations['verifySession']>
      await opened(countRefusal, () => means.verify(account.id, session, assertion, admitTo))
      const verified = sessions.verify(session)
      if (verified === undefined) throw new HttpError('http.credentials', 'The session has ended')
      return { answer: verified.view, headers: { 'set-cookie': formatSetCookie(cookie, verified.secret) } }
    },
    async beginCommandLine({ body, caller }) {
      const { account } = sessionOf(caller)
      const { roles } = body as Body<Operations['beginCommandLine']>
      return { answer: await commandLine.drawCode(account.id, roles) }
    },
    async signInOnCommandLine({ body, countRefusal }) {
      const { code } = body as Body<Operations['signInOnCommandLine']>
      const account = await opened(countRefusal, () => commandLine.signInByCode(code))
      const { secret, view } = sessions.begin(account, 'command-line')
      return { answer: { session: view, token: secret } }
    },
    async beginKeyProof({ caller }) {
      return { answer: { nonce: commandLine.drawNonce(sessionOf(caller).session) } }
    },
    async verifySessionWithKey({ body, caller, countRefusal }) {
      const { account, means: by, session } = sessionOf(caller)
      // In a browser a passkey does this, and nothing less.
      if (by !== 'command-line') throw new HttpError('sign-in.refused', 'This takes a session of the command line')
      const proof = body as Body<Operations['verifySessionWithKey']>
      await opened(countRefusal, () => commandLine.verifyByKey(account.id, session, proof))
      const verified = sessions.verifyByKey(session)
      if (verified === undefined) throw new HttpError('http.credentials', 'The session has ended')
      return { answer: verified.view }
    },
    async listSessions({ caller }) {
      const { account, session } = sessionOf(caller)
      return { answer: { items: sessions.list(account.id).map((one) => viewSessionRow(one, session)) } }
    },
    async endSession({ caller, params }) {
      const { account } = sessionOf(caller)
      const { session: id } = params as Params<Operations['endSession']>
      if (!sessions.list(account.id).some((one) => one.id === id)) {
        throw new HttpError('session.not-found', 'There is no such session')
      }
      endSession(id)
      await means.noteEnd(account.id)
      return { answer: undefined }
    },
    async streamEvents({ caller }) {
      if (caller.kind === 'anonymous') throw new HttpError('http.credentials', 'Nobody is signed in')
      const session = caller.kind === 'session' ? caller.session : undefined
      const holds = () => session === undefined || sessions.runs(session)
      const reaches = (channel: string) => holdsRole(caller.account, insiderRoles, channel)
      return { answer: events.subscribe({ account: caller.account.id, session, reaches, holds }) }
    },
    viewHealth: async () => ({ answer: { status: 'up' } }),
    viewContract: async () => ({ answer: (contract ??= formatOpenapi()) }),
  }
}

/** A session as its list shows it; `current` is the one that asks. */
export function viewSessionRow({ id, view }: OpenSession, current: string | undefined): SessionRow {
  const { absoluteUntil, idleUntil, means, since } = view
  return { id, means, since, idleUntil, absoluteUntil, current: id === current }
}

function sessionOf(caller: Caller): Extract<Caller, { kind: 'session' }> {
  if (caller.kind === 'session') return caller
  throw new HttpError('http.forbidden', 'This takes a session, not a token')
}
