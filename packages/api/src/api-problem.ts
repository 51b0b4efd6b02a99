// The one error class of this package: a call that the node refused, or that never reached it.

import type { FieldProblem, Problem, ProblemCode } from './problem.ts'

/** `client.unreachable`: no answer came. `client.answer`: what came was not the interface's. */
export type ApiProblemCode = ProblemCode | 'client.unreachable' | 'client.answer'

/** A call that was refused or failed. `code` is stable; `detail` is English, for a developer. */
export class ApiProblem extends Error {
  readonly code: ApiProblemCode
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  readonly detail: string
  /** The code of the rule, or of the record's own refusal, behind this one. */
  readonly reason: string | undefined
  /** Names this occurrence in the node's log. */
  readonly instance: string | undefined
  readonly errors: readonly FieldProblem[]
  /** Seconds after which to try again, when the node said so. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    problem: Pick<Problem, 'status' | 'detail'> & { code: ApiProblemCode } & Partial<
        Pick<Problem, 'reason' | 'instance' | 'errors'>
      >,
    options?: { cause?: unknown; retryAfterSeconds?: number | undefined },
  ) {
    super(`${problem.code}: ${problem.detail}`, options)
    this.name = 'ApiProblem'
    this.code = problem.code
    this.status = problem.status
    this.detail = problem.detail
    this.reason = problem.reason
    this.instance = problem.instance
    this.errors = problem.errors ?? []
    this.retryAfterSeconds = options?.retryAfterSeconds
  }
}
