// The table of routes, checked before any is served: an operation without a whole policy or without a handler stops the
// construction, so forgetting one can never open it.

import { roles, type Operation, type OperationName } from '@parley/api'
import { HttpError } from './error.ts'
import { shellOperations, type AnyHandler, type Caller } from './handler.ts'
import { rateLimits } from './limits.ts'
import type { Admit } from './means.ts'
import type { Reach } from './reach.ts'
import type { Outcome, ShellHandlers } from './shell-handlers.ts'

/** All that a route's work can be given, by handlers of either kind. */
export interface RouteCall {
  readonly params: unknown
  readonly query: unknown
  /** Those header fields that the operation reads. */
  readonly fields: unknown
  readonly body: unknown
  readonly caller: Caller
  readonly reaches: Reach
  readonly signal: AbortSignal
  readonly correlation: string
  readonly headers: Headers
  readonly countRefusal: () => void
  readonly admitTo: Admit
  readonly noteSignIn: (account: string) => void
}

export interface Route {
  readonly operation: Operation
  readonly run: (call: RouteCall) => Promise<Outcome>
}

const accesses: ReadonlySet<unknown> = new Set(['public', 'signed-in', 'session', 'roles'])
const scopes: ReadonlySet<unknown> = new Set(['node', 'channel', 'any'])
const known: ReadonlySet<unknown> = new Set(roles)

/**
 * Joins the operations of the contract with what does them.
 *
 * @throws {HttpError} `http.policy`
 */
export function checkRoutes(
  operations: Readonly<Record<string, Operation>>,
  handlers: Readonly<Record<string, unknown>>,
  shell: ShellHandlers,
): Route[] {
  const own: ReadonlySet<string> = new Set(shellOperations)
  const served = new Set<string>()
  for (const name of Object.keys(handlers)) {
    if (!Object.hasOwn(operations, name) || own.has(name)) throw refuse(name, 'has a handler that nothing calls')
  }
  return Object.entries(operations).map(([name, operation]) => {
    checkPolicy(name, operation)
    const address = `${operation.method} ${operation.path.replaceAll(/\{[a-z]+\}/g, '{}')}`
    if (served.has(address)) throw refuse(name, 'shares its address with another operation')
    served.add(address)
    if (own.has(name)) return { operation, run: shell[name as keyof ShellHandlers] }
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined
    if (typeof handler !== 'function') throw refuse(name, 'has no handler')
    return { operation, run: runOf(operation, handler as AnyHandler) }
  })
}

function checkPolicy(name: string, operation: Operation): void {
  if (operation.name !== (name as OperationName)) throw refuse(name, 'stands in the table under another name')
  const policy: Readonly<Record<string, unknown>> | undefined = Object.hasOwn(operation, 'policy')
    ? { ...operation.policy }
    : undefined
  const whole =
    policy !== undefined &&
    accesses.has(policy['access']) &&
    Object.hasOwn(rateLimits, String(policy['rate'])) &&
    typeof policy['keepsSession'] === 'boolean' &&
    (policy['access'] !== 'roles' || namesRoles(operation, policy))
  if (!whole) throw refuse(name, 'has no whole policy')
}

/** At least one role, all of them known, held somewhere; in the path's channel only where the path names one. */
function namesRoles(operation: Operation, policy: Readonly<Record<string, unknown>>): boolean {
  const named = policy['roles']
  return (
    Array.isArray(named) &&
    named.length > 0 &&
    named.every((role) => known.has(role)) &&
    scopes.has(policy['scope']) &&
    (policy['scope'] === 'channel') === operation.path.includes('/{channel}')
  )
}

function refuse(name: string, what: string): HttpError {
  return new HttpError('http.policy', `The operation ${name} ${what}`)
}

function runOf(operation: Operation, handler: AnyHandler): Route['run'] {
  return async ({ params, query, fields, body, caller, reaches, signal, correlation }) => {
    const given = await handler({ params, query, headers: fields, body, caller, reaches, signal, correlation })
    return operation.answerHeaders === undefined ? { answer: given } : (given as Outcome)
  }
}
