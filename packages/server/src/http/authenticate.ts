// Who is calling: the bearer of a machine's token or of a command line's, or the session of a cookie, or nobody. One
// credential decides; there is no falling back from a wrong one to another, and none is taken where another belongs.

import { openCookie, type CookieForm } from './cookie.ts'
import type { Caller } from './handler.ts'
import type { OpenSession, Sessions } from './sessions.ts'
import type { OperatorTokens } from './tokens.ts'

/** `wrong`: a credential was shown and opens nothing; `late`: it was right until a step up replaced it. */
export type Authentication =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'late' }
  | { readonly kind: 'known'; readonly caller: Caller }

export interface Credentials {
  readonly sessions: Sessions
  readonly tokens: OperatorTokens
  readonly cookie: CookieForm
}

/**
 * Finds the caller of a request.
 *
 * @param touch whether the call counts as a sign of life of its session
 */
export async function authenticate(
  { sessions, tokens, cookie }: Credentials,
  headers: Headers,
  touch: boolean,
): Promise<Authentication> {
  const authorization = headers.get('authorization')
  if (authorization !== null) {
    const token = /^Bearer ([A-Za-z0-9._~+/-]{1,128}=*)$/.exec(authorization)?.[1]
    if (token === undefined) return { kind: 'wrong' }
    if (sessions.open(token, false)?.view.means === 'command-line') return knownBy(sessions.open(token, touch)!)
    const account = await tokens.open(token)
    return account === undefined ? { kind: 'wrong' } : { kind: 'known', caller: { kind: 'token', account } }
  }
  const secret = openCookie(cookie, headers.get('cookie'))
  if (secret === undefined) return { kind: 'known', caller: { kind: 'anonymous' } }
  const session = sessions.open(secret, touch)
  if (session === undefined) return sessions.wasReplaced(secret) ? { kind: 'late' } : { kind: 'wrong' }
  return session.view.means === 'command-line' ? { kind: 'wrong' } : knownBy(session)
}

function knownBy({ account, id, verified, view }: OpenSession): Authentication {
  return { kind: 'known', caller: { kind: 'session', account, session: id, means: view.means, verified } }
}
