// The operations that the shell does itself: signing in and out, the event stream, the contract, the sign of life.

import { insiderRoles } from '@parley/api'
import { formatOpenapi } from '@parley/api/openapi'
import type { Credentials } from './authenticate.ts'
import { formatSetCookie, openCookie } from './cookie.ts'
import { HttpError } from './error.ts'
import type { EventHub } from './events.ts'
import type { Caller, ShellOperation } from './handler.ts'
import { holdsRole } from './reach.ts'

/** What a handler answers, with headers that only the shell may set. */
export interface Outcome {
  readonly answer: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface ShellCall {
  readonly body: unknown
  readonly caller: Caller
  readonly headers: Headers
  /** Counts a wrong credential of this client. @throws {HttpError} `http.rate` */
  readonly countRefusal: () => void
}

export type ShellHandlers = { readonly [N in ShellOperation]: (call: ShellCall) => Promise<Outcome> }

export function createShellHandlers(options: Credentials & { readonly events: EventHub }): ShellHandlers {
  const { sessions, tokens, cookie, events } = options
  let contract: string | undefined

  function endSession(id: string): void {
    sessions.end(id)
    events.endSession(id)
  }

  return {
    async signIn({ body, headers, countRefusal }) {
      const account = await tokens.open((body as { token: string }).token)
      if (account === undefined) {
        countRefusal()
        throw new HttpError('session.token', 'This token opens nothing here')
      }
      // A session that was there before, perhaps planted by somebody else, does not survive the sign-in.
      const before = openCookie(cookie, headers.get('cookie'))
      const previous = before === undefined ? undefined : sessions.open(before, false)
      if (previous !== undefined) endSession(previous.id)
      const session = sessions.begin(account, 'token')
      return { answer: session.view, headers: { 'set-cookie': formatSetCookie(cookie, session.secret) } }
    },
    async viewSession({ headers }) {
      const secret = openCookie(cookie, headers.get('cookie'))
      const session = secret === undefined ? undefined : sessions.open(secret, false)
      if (session === undefined) throw new HttpError('http.credentials', 'The session has ended')
      return { answer: session.view }
    },
    async signOut({ caller }) {
      if (caller.kind === 'session') endSession(caller.session)
      const removal = { 'set-cookie': formatSetCookie(cookie, undefined), 'clear-site-data': '"cache", "storage"' }
      return { answer: undefined, headers: removal }
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
