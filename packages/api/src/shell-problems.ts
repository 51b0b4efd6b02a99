// Which refusals follow from an operation's form alone, whatever it does: the shell of the server gives them, so no
// operation lists them.

import type { Operation } from './operation.ts'
import type { ProblemCode } from './problem.ts'

/** All codes that an operation may answer, those of its form first. */
export function problemsOf(operation: Operation): ProblemCode[] {
  const codes: ProblemCode[] = ['http.host', 'http.rate', 'http.internal']
  if (operation.policy.access !== 'public') codes.push('http.credentials')
  if (operation.policy.access === 'session' || operation.policy.access === 'roles') codes.push('http.forbidden')
  if ('stepUp' in operation.policy) codes.push('session.step-up')
  if (operation.policy.access === 'roles' && operation.policy.scope === 'channel') codes.push('channel.not-found')
  if (operation.policy.access !== 'public' || operation.method !== 'GET') codes.push('http.origin')
  if (operation.params !== undefined) codes.push('http.not-found')
  codes.push('http.query', 'http.body', 'http.media-type')
  if (operation.request !== undefined) codes.push('http.too-large', 'http.busy')
  if (operation.request?.kind === 'json') codes.push('http.json', 'http.invalid')
  if (operation.response.kind === 'events') codes.push('http.busy')
  return [...new Set([...codes, ...operation.problems])]
}
