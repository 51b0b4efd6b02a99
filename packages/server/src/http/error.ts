// The one error of the HTTP shell: a refusal that becomes a problem document, or a shell that was put together wrongly.

import type { FieldProblem, ProblemCode } from '@parley/api'

/** What stops the shell from being built or started; never seen by a client. */
export type ShellErrorCode =
  | 'http.policy'
  | 'http.origin-malformed'
  | 'static.limit'
  | 'static.malformed'
  | 'serve.plain'
  | 'serve.tls'

export interface HttpErrorOptions {
  readonly cause?: unknown
  /** The code of the rule, or of the record's own refusal, behind this one. */
  readonly reason?: string
  readonly errors?: readonly FieldProblem[]
  readonly retryAfterSeconds?: number
}

/** `code` is stable; `message` is the problem's detail: English, and never made of what the client sent. */
export class HttpError extends Error {
  readonly code: ProblemCode | ShellErrorCode
  readonly reason: string | undefined
  readonly errors: readonly FieldProblem[] | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ProblemCode | ShellErrorCode, message: string, options: HttpErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'HttpError'
    this.code = code
    this.reason = options.reason
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
