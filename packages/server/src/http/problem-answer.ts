// The one place where errors become answers: problem documents of RFC 9457 with a stable code, and nothing of what we are
// made of.

import { problemMediaType, problems, problemType } from '@parley/api'
import type { FieldProblem, OperationName, Problem, ProblemCode } from '@parley/api'
import { ServerError, type ServerErrorCode } from '../error.ts'
import { HttpError } from './error.ts'
import { fieldProblemsMax } from './limits.ts'

/** After which to try again when some queue is full. */
const busySeconds = 5

/** What an error of another part of the node means to a client. */
export interface Explanation {
  readonly code: ProblemCode
  /** English, and never made of what anybody sent. */
  readonly detail: string
  /** A stable code of the part that refused, for the client to have words for. */
  readonly reason?: string | undefined
  /** Which fields of the body were refused. */
  readonly errors?: readonly FieldProblem[] | undefined
}

/** Knows errors that this file does not, or knows them better. The operation is that of the call that failed. */
export type Explain = (error: unknown, operation: OperationName | undefined) => Explanation | undefined

/** What the server's own refusals are called over HTTP. One that nobody should meet here is our failure. */
const ofServer: Readonly<Record<ServerErrorCode, ProblemCode>> = {
  'home.exists': 'http.internal',
  'home.missing': 'http.internal',
  'home.malformed': 'http.internal',
  'keys.missing': 'http.internal',
  'keys.permissions': 'http.internal',
  'channel.unknown': 'channel.not-found',
  'channel.exists': 'channel.exists',
  'channel.not-a-party': 'channel.refused',
  'pack.unknown': 'agreement.not-found',
  'pack.mismatch': 'agreement.not-found',
  'peer.unknown': 'peer.not-found',
  'peer.address': 'http.internal',
  'peer.unreachable': 'http.internal',
  'peer.pin': 'http.internal',
  'peer.protocol': 'http.internal',
  'peer.limit': 'http.busy',
  'peer.busy': 'peer.busy',
  'override.refused': 'override.refused',
  'log.unknown': 'log.not-found',
  'log.read-only': 'node.read-only',
  'log.busy': 'http.busy',
  'log.damaged': 'http.internal',
  'entry.unknown': 'entry.not-found',
  'entry.unpublished': 'entry.not-published',
  'entry.refused': 'entry.refused',
  'body.unknown': 'body.not-found',
  'body.unreadable': 'body.sealed',
  'bundle.recipient': 'bundle.recipient',
  'bundle.refused': 'bundle.malformed',
  'bundle.limit': 'bundle.too-large',
  'subject.unknown': 'request.not-found',
  'document.not-set': 'http.internal',
  'evidence.unknown': 'evidence.not-found',
  'evidence.missing': 'evidence.missing',
  'evidence.unstated': 'evidence.unstated',
  'evidence.damaged': 'evidence.damaged',
  'evidence.storage': 'node.storage',
  'upload.unknown': 'upload.not-found',
  'upload.offset': 'upload.offset',
  'upload.length': 'upload.length',
  'upload.limit': 'upload.limit',
  'notice.mail': 'http.internal',
  'notice.webhook': 'http.internal',
}

/** What an error comes to. An error that nobody knows comes to `http.internal`, whatever it says. */
export function explainError(error: unknown, explain?: Explain, operation?: OperationName): HttpError {
  if (error instanceof HttpError) return isProblemCode(error.code) ? error : failed(error)
  const explanation = explain?.(error, operation) ?? explainServerError(error, operation)
  if (explanation === undefined || explanation.code === 'http.internal') return failed(error)
  const { code, detail, reason, errors } = explanation
  return new HttpError(code, detail, {
    cause: error,
    ...(isCode(reason) ? { reason } : {}),
    ...(errors === undefined ? {} : { errors: errors.slice(0, fieldProblemsMax) }),
    ...(code === 'http.busy' ? { retryAfterSeconds: busySeconds } : {}),
  })
}

function explainServerError(error: unknown, operation: OperationName | undefined): Explanation | undefined {
  if (!(error instanceof ServerError)) return undefined
  // Whoever asked for an act knows nothing of the entry that was made of it.
  const refusedAct = error.code === 'entry.refused' && operation !== 'appendEntry'
  const code = refusedAct ? 'act.not-allowed' : ofServer[error.code]
  // The message may name what was asked for; the title says as much without it.
  return { code, detail: problems[code].title, reason: error.detail }
}

function failed(cause: unknown): HttpError {
  return new HttpError('http.internal', 'The node failed; its log says more under this occurrence', { cause })
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

function isCode(text: string | undefined): text is string {
  return text !== undefined && /^[a-z0-9][a-z0-9.-]*$/.test(text) && text.length <= 64
}

/** The answer to a refusal. */
export function problemResponse(error: HttpError, correlation: string): Response {
  const code = error.code as ProblemCode
  const { status, title } = problems[code]
  const problem: Problem = {
    type: problemType(code),
    title,
    status,
    detail: error.message,
    code,
    instance: `urn:uuid:${correlation}`,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(error.errors === undefined ? {} : { errors: [...error.errors] }),
  }
  const headers = new Headers({ 'content-type': problemMediaType, 'cache-control': 'no-store' })
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.retryAfterSeconds))
  return new Response(JSON.stringify(problem), { status, headers })
}
