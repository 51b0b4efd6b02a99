// The interface with every part in the test's hand: clock, chance, log and handlers. For tests only.

import { operations, roles, type Operation, type OperationName } from '@parley/api'
import { createApp, type App, type AppOptions } from '../app.ts'
import { createEventHub, type EventHub } from '../events.ts'
import { shellOperations, type Grant, type Handlers } from '../handler.ts'
import { createLog } from '../log.ts'
import { createSessions, type Sessions } from '../sessions.ts'
import { createOperatorTokens, hashToken } from '../tokens.ts'
import { examples } from './examples.ts'
import { createTestCommandLine, createTestMeans } from './test-means.ts'

export const origin = 'http://127.0.0.1:8080'
export const token = 'operator-token-0123456789abcdefghijklmnopqrstuvwxyz'
export const otherToken = 'other-token-0123456789abcdefghijklmnopqrstuvwxyz'
export const cookieName = 'parley-8080'

export const contract = operations as unknown as Readonly<Record<OperationName, Operation>>
export const operationNames = Object.keys(operations) as OperationName[]

/** The cookie of a session that every test's interface has from its beginning, with every role and just verified. */
export const standing = {
  cookie: `${cookieName}=${Buffer.from(Uint8Array.from({ length: 32 }, (_, i) => (i < 2 ? 1 - i : i))).toString('base64url')}`,
}

/** Every role, for the whole node: for tests of what does not depend on roles. */
export const everyRole: readonly Grant[] = roles.map((role) => ({ role, channel: null }))

export interface TestApp {
  readonly app: App
  readonly sessions: Sessions
  readonly events: EventHub
  /** Every call that reached a handler: the operation and what it was given. */
  readonly calls: { readonly name: string; readonly call: unknown }[]
  readonly lines: string[]
  /** Milliseconds; the test moves it. */
  readonly clock: { now: number }
  /** Lets the heartbeat of the event hub come. */
  readonly beat: () => void
  /** A fresh session's cookie. */
  readonly cookie: (account?: string) => string
}

const wide = { burst: 1e6, perMinute: 1e6 }
export const wideLimits = {
  probe: wide,
  'sign-in': wide,
  refused: wide,
  read: wide,
  write: wide,
  heavy: wide,
  stream: wide,
}

/** Builds the interface over handlers that answer the examples. */
export function createTestApp(
  overrides: Partial<Omit<AppOptions, 'handlers'>> & { readonly handlers?: Partial<Handlers> } = {},
): TestApp {
  const clock = { now: 1_700_000_000_000 }
  const now = () => clock.now
  let drawn = 0
  const random = (length: number) => {
    drawn += 1
    return Uint8Array.from({ length }, (_, index) => (index < 2 ? drawn >> (8 * index) : index))
  }
  const lines: string[] = []
  const calls: TestApp['calls'] = []
  let beat = () => {}
  const events = createEventHub({
    every: (_, call) => {
      beat = call
      return () => {}
    },
  })
  const sessions = createSessions({ now, random })
  sessions.begin({ id: 'standing', grants: everyRole }, 'passkey')
  const own: readonly string[] = shellOperations
  const answering = operationNames
    .filter((name) => !own.includes(name))
    .map((name) => [
      name,
      (call: unknown) => {
        calls.push({ name, call })
        const { answer, answerHeaders } = examples[name]
        return answerHeaders === undefined ? answer : { answer, headers: answerHeaders }
      },
    ])
  const handlers = { ...(Object.fromEntries(answering) as Handlers), ...overrides.handlers }
  const app = createApp({
    tokens: createOperatorTokens([
      { account: { id: 'duty', grants: [{ role: 'operator', channel: null }] }, hash: hashToken(token) },
      { account: { id: 'other', grants: [] }, hash: hashToken(otherToken) },
    ]),
    sessions,
    means: createTestMeans(),
    commandLine: createTestCommandLine(),
    events,
    log: createLog((line) => lines.push(line)),
    origins: [origin],
    now,
    random,
    limits: wideLimits,
    ...overrides,
    handlers,
  })
  return {
    app,
    sessions,
    events,
    calls,
    lines,
    clock,
    beat: () => beat(),
    cookie: (account = 'duty') =>
      `${cookieName}=${sessions.begin({ id: account, grants: everyRole }, 'passkey').secret}`,
  }
}

/** Whether the machine's own token may call an operation that takes a credential. */
export function opensToToken({ policy }: Operation): boolean {
  switch (policy.access) {
    case 'public':
    case 'session':
      return false
    case 'signed-in':
      return true
    case 'roles':
      return policy.roles.includes('operator')
  }
}

/** The address of an operation's example. */
export function exampleUrl(name: OperationName, params: object = examples[name].params ?? {}): string {
  const values = params as Readonly<Record<string, string | number>>
  const path = contract[name].path.replaceAll(/\{([a-z]+)\}/g, (_, key: string) => String(values[key]))
  const query = new URLSearchParams(
    Object.entries((examples[name].query ?? {}) as Record<string, string | number>).map(([key, value]) => [
      key,
      String(value),
    ]),
  ).toString()
  return `${origin}${path}${query === '' ? '' : `?${query}`}`
}

/** The example of an operation as a request. Headers given here replace the usual ones; undefined removes one. */
export function exampleRequest(
  name: OperationName,
  headers: Readonly<Record<string, string | undefined>> = {},
  init: { readonly url?: string; readonly body?: string | Uint8Array<ArrayBuffer>; readonly method?: string } = {},
): Request {
  const { method, request } = contract[name]
  const usual: Record<string, string | undefined> = { ...examples[name].headers }
  if (request !== undefined)
    usual['content-type'] = request.kind === 'json' ? 'application/json' : (request.media ?? 'application/octet-stream')
  const given = Object.entries({ ...usual, ...headers }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  const example = examples[name].body
  const body = init.body ?? (request?.kind === 'json' ? JSON.stringify(example) : (example as Uint8Array<ArrayBuffer>))
  return new Request(init.url ?? exampleUrl(name), {
    method: init.method ?? method,
    headers: given,
    ...(request === undefined || (init.method ?? method) === 'GET' ? {} : { body }),
  })
}

export const bearer = { authorization: `Bearer ${token}` }
/** What a browser sends with a call of the node's own page. */
export const sameOrigin = { origin, 'sec-fetch-site': 'same-origin', 'parley-request': '1' }
