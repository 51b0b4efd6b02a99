// Signing in and out. A session is made from an operator's token and lives in a cookie that no script can read.

import { channelId, moment } from './identifiers.ts'
import { accountIdLengthMax, grantsMax, operatorTokenLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { roles } from './role.ts'
import { z } from './zod.ts'

/** A role, held in one channel or, with null, for the whole node. */
export const grant = z.strictObject({ role: z.enum(roles), channel: channelId.nullable() })
export type GrantView = z.output<typeof grant>

/** By what a session was begun. */
export const sessionMeans = z.enum(['passkey', 'oidc', 'token', 'command-line'])
export type SessionMeans = z.output<typeof sessionMeans>

export const sessionView = z.strictObject({
  /** The account's identifier; never what a person is called. */
  account: z.string().max(accountIdLengthMax),
  grants: z.array(grant).max(grantsMax),
  means: sessionMeans,
  since: moment,
  /** When the session ends if nothing more is done in it. */
  idleUntil: moment,
  /** When it ends whatever is done in it. */
  absoluteUntil: moment,
})
export type SessionView = z.output<typeof sessionView>

export const signIn = operation({
  name: 'signIn',
  method: 'POST',
  path: '/api/session',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Sign in with an operator’s token',
  description: 'Sets the session cookie. A session that the request came with ends, whoever it belonged to.',
  request: { kind: 'json', schema: z.strictObject({ token: z.string().min(1).max(operatorTokenLengthMax) }) },
  response: { kind: 'json', status: 201, schema: sessionView },
  problems: ['session.token', 'http.busy'],
})

export const viewSession = operation({
  name: 'viewSession',
  method: 'GET',
  path: '/api/session',
  policy: { access: 'session', rate: 'read', keepsSession: false },
  summary: 'The session of this cookie, and when it ends',
  response: { kind: 'json', status: 200, schema: sessionView },
  problems: [],
})

export const signOut = operation({
  name: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  policy: { access: 'session', rate: 'write', keepsSession: false },
  summary: 'End this session',
  response: { kind: 'none' },
  problems: [],
})
