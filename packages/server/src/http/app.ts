// The HTTP interface as a function from request to response. Each operation of the contract is one route; what is asked of
// every request is asked here, in one order, before its handler sees anything.

import { operations, problemsOf, type Operation, type OperationName } from '@parley/api'
import { Hono, type Context } from 'hono'
import { formatAnswer } from './answer.ts'
import { checkHost, checkOrigin } from './admission.ts'
import { authenticate, type Credentials } from './authenticate.ts'
import { createBodyBudget, openBody } from './body.ts'
import { cookieForm, formatSetCookie } from './cookie.ts'
import { HttpError } from './error.ts'
import type { EventHub } from './events.ts'
import type { Caller, Handlers } from './handler.ts'
import { secureHeaders } from './headers.ts'
import { createKnownClients } from './known-clients.ts'
import type { RateLimit, RateName } from './limits.ts'
import { createCorrelations } from './correlation.ts'
import { createPseudonym, errorFields, type Log } from './log.ts'
import { explainError, problemResponse, type Explain } from './problem-answer.ts'
import type { CommandLineSignIn, SignInMeans } from './means.ts'
import { openQuery } from './query.ts'
import { createRateLimiter } from './rate.ts'
import { checkRoles, reachOf } from './reach.ts'
import { checkRoutes, type Route } from './routes.ts'
import type { Sessions } from './sessions.ts'
import { createShellHandlers } from './shell-handlers.ts'
import type { StaticFiles } from './static.ts'
import { clientOf, matchesTemplate, targetOf, type Bindings } from './target.ts'
import type { OperatorTokens } from './tokens.ts'

export interface AppOptions {
  readonly handlers: Handlers
  readonly tokens: OperatorTokens
  readonly sessions: Sessions
  readonly means: SignInMeans
  readonly commandLine: CommandLineSignIn
  readonly events: EventHub
  readonly log: Log
  /** The node's own origins as browsers write them, all of one scheme and port. */
  readonly origins: readonly [string, ...string[]]
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly random: (bytes: number) => Uint8Array
  /** Limits of calls in a time that differ from the usual ones. */
  readonly limits?: Partial<Readonly<Record<RateName, RateLimit>>>
  /** Says what errors of other parts of the node mean to a client. */
  readonly explain?: Explain
  readonly staticFiles?: StaticFiles
}

interface Env {
  Bindings: Bindings
  Variables: {
    correlation: string
    operation: string
    account: string | undefined
    dropsCookie: boolean
  }
}

export type App = Hono<Env>

const methodsLogged: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS'])

/**
 * Builds the interface.
 *
 * @throws {HttpError} `http.policy` when an operation has no whole policy or no handler; `http.origin-malformed`
 */
export function createApp(options: AppOptions): App {
  const { log, now, random, explain, staticFiles } = options
  const origins = checkOrigins(options.origins)
  const hosts = new Set([...origins].map((origin) => new URL(origin).host))
  const cookie = cookieForm(options.origins[0])
  const credentials: Credentials = { sessions: options.sessions, tokens: options.tokens, cookie }
  const limiter = createRateLimiter({ now, ...(options.limits === undefined ? {} : { limits: options.limits }) })
  const knownClients = createKnownClients()
  const budget = createBodyBudget()
  const pseudonym = createPseudonym(random)
  const drawCorrelation = createCorrelations(random)
  const shell = createShellHandlers({
    ...credentials,
    events: options.events,
    means: options.means,
    commandLine: options.commandLine,
  })
  const routes = checkRoutes(operations, options.handlers, shell)

  const app: App = new Hono<Env>({
    getPath: (request, given) => targetOf(request, given?.env).path,
  })

  app.use('*', async (c, next) => {
    const started = now()
    const correlation = drawCorrelation()
    c.set('correlation', correlation)
    c.set('operation', 'none')
    c.set('dropsCookie', false)
    await next()
    if (c.req.method === 'HEAD') {
      // A stream that is never read would hold its place for ever.
      await c.res.body?.cancel()
      c.res = new Response(null, c.res)
    }
    secureHeaders(c.res.headers, { tls: cookie.secure })
    c.res.headers.set('parley-correlation', correlation)
    if (c.get('dropsCookie')) c.res.headers.append('set-cookie', formatSetCookie(cookie, undefined))
    const account = c.get('account')
    log.info(
      {
        operation: c.get('operation'),
        method: methodsLogged.has(c.req.method) ? c.req.method : 'OTHER',
        status: c.res.status,
        ms: Math.max(0, now() - started),
        correlation,
        client: pseudonym(clientOf(c.env)),
        ...(account === undefined ? {} : { account: pseudonym(account) }),
      },
      'request',
    )
  })

  app.use('*', async (c, next) => {
    checkHost(hosts, c.req.raw)
    await next()
  })

  for (const route of routes) {
    const declared: ReadonlySet<string> = new Set(problemsOf(route.operation))
    app.on(route.operation.method, honoPath(route.operation.path), async (c) => {
      c.set('operation', route.operation.name)
      try {
        return await answer(c, route)
      } catch (error) {
        const problem = explainError(error, explain, route.operation.name as OperationName)
        if (declared.has(problem.code)) throw problem
        const { name } = route.operation
        log.warn({ operation: name, correlation: c.get('correlation'), code: problem.code }, 'undeclared')
        throw problem
      }
    })
  }
  for (const path of new Set(routes.map((route) => route.operation.path))) {
    app.all(honoPath(path), () => {
      throw new HttpError('http.method', 'This address does not take this method')
    })
  }
  if (staticFiles !== undefined) {
    app.get('*', async (c, next) => {
      const response = staticFiles.answer(targetOf(c.req.raw, c.env).path, c.req.raw.headers)
      if (response === undefined) return next()
      c.set('operation', 'static')
      return response
    })
  }
  app.notFound(() => {
    throw new HttpError('http.not-found', 'There is nothing at this address')
  })
  app.onError((error, c) => {
    const problem = explainError(error, explain)
    const correlation = c.get('correlation')
    if (problem.code === 'http.internal') {
      log.error({ operation: c.get('operation'), correlation, ...errorFields(problem) }, 'failure')
    }
    const response = problemResponse(problem, correlation)
    if (problem.code === 'http.method') response.headers.set('allow', allowedMethods(routes, c))
    return response
  })
  return app

  async function answer(c: Context<Env>, { operation, run }: Route): Promise<Response> {
    const request = c.req.raw
    const client = clientOf(c.env)
    const countRefusal = () => {
      take('refused', client)
      take('refused-all', 'all')
    }
    const caller = await admit(c, operation, countRefusal)
    take(operation.policy.rate, caller.kind === 'anonymous' ? client : `${client} ${caller.account.id}`)
    checkAccess(operation, caller, c.req.param('channel'))
    checkOrigin(origins, request, caller)
    const query = openQuery(operation, targetOf(request, c.env).query)
    const params = openParams(operation, c.req.param())
    const fields = openHeaders(operation, request.headers)
    const body = await openBody(operation, request, budget)
    try {
      const call = {
        params,
        query,
        fields,
        body: body.value,
        caller,
        reaches: reachOf(operation, caller),
        // Made when it is asked for: few handlers care, and it is not cheap.
        get signal() {
          return request.signal
        },
        correlation: c.get('correlation'),
        headers: request.headers,
        countRefusal,
        admitTo(account: string) {
          if (!knownClients.has(account, client)) take('account', account)
        },
        noteSignIn: (account: string) => knownClients.note(account, client),
      }
      return formatAnswer(operation, await run(call))
    } finally {
      body.release()
    }
  }

  async function admit(c: Context<Env>, operation: Operation, countRefusal: () => void): Promise<Caller> {
    const { access, keepsSession } = operation.policy
    if (access === 'public') return { kind: 'anonymous' }
    const authentication = await authenticate(credentials, c.req.raw.headers, keepsSession)
    // The browser holds the new cookie by now: it must not be taken from it.
    if (authentication.kind === 'late')
      throw new HttpError('http.credentials', 'The session goes on under a new cookie')
    if (authentication.kind === 'wrong') {
      c.set('dropsCookie', !c.req.raw.headers.has('authorization'))
      countRefusal()
      throw new HttpError('http.credentials', 'The token or the session is not valid, or not any more')
    }
    if (authentication.caller.kind !== 'anonymous') c.set('account', authentication.caller.account.id)
    return authentication.caller
  }

  function take(name: RateName, key: string): void {
    const verdict = limiter.take(name, key)
    if (verdict.kind === 'refused') {
      const { retryAfterSeconds } = verdict
      throw new HttpError('http.rate', 'Too many requests in a short time', { retryAfterSeconds })
    }
  }
}

function checkAccess(operation: Operation, caller: Caller, channel: string | undefined): void {
  const { policy } = operation
  if (policy.access === 'public') return
  if (caller.kind === 'anonymous') throw new HttpError('http.credentials', 'Nobody is signed in')
  switch (policy.access) {
    case 'signed-in':
      return
    case 'session':
      if (caller.kind === 'token') throw new HttpError('http.forbidden', 'This takes a session, not a token')
      break
    case 'roles':
      checkRoles(operation, caller.account, channel)
      break
  }
  const isVerified = caller.kind !== 'session' || caller.verified === 'passkey' || caller.verified === policy.stepUp
  if (policy.stepUp !== undefined && !isVerified) {
    throw new HttpError('session.step-up', 'The person must have been verified a moment ago')
  }
}

function openParams(operation: Operation, params: Record<string, string>): Record<string, unknown> {
  if (operation.params === undefined) return {}
  const result = operation.params.safeParse(params)
  // What cannot be an identifier names nothing: the answer is the one for an identifier that names nothing.
  if (!result.success)
    throw new HttpError('http.not-found', 'There is nothing at this address', { cause: result.error })
  return result.data
}

/** Only the header fields that the operation names, each as the contract shapes it. */
function openHeaders({ headers }: Operation, given: Headers): Record<string, unknown> {
  if (headers === undefined) return {}
  const named = Object.keys(headers.shape).flatMap((name) => {
    const value = given.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  const result = headers.safeParse(Object.fromEntries(named))
  if (!result.success) {
    throw new HttpError('http.invalid', 'A header field is missing or not as it should be', { cause: result.error })
  }
  return result.data
}

function checkOrigins(origins: readonly string[]): ReadonlySet<string> {
  const forms = new Set<string>()
  for (const origin of origins) {
    const url = URL.canParse(origin) ? new URL(origin) : undefined
    if (url?.origin !== origin || !/^https?:$/.test(url.protocol)) {
      throw new HttpError('http.origin-malformed', 'An origin is scheme, host and port as browsers write them')
    }
    forms.add(`${url.protocol} ${url.port}`)
  }
  if (forms.size !== 1) throw new HttpError('http.origin-malformed', 'The origins differ in scheme or port')
  return new Set(origins)
}

function honoPath(path: string): string {
  return path.replaceAll(/\{([a-z]+)\}/g, ':$1')
}

function allowedMethods(routes: readonly Route[], c: Context<Env>): string {
  const { path } = targetOf(c.req.raw, c.env)
  const methods = routes
    .map(({ operation }) => operation)
    .filter((operation) => matchesTemplate(operation.path, path))
    .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...new Set(methods)].join(', ')
}
