// The refusals of this room. Those about credentials say as little as they can: whoever is refused must not learn which part
// of what they showed was wrong.

export type IdentityErrorCode =
  | 'sign-in.refused'
  | 'sign-in.unavailable'
  | 'enrolment.refused'
  | 'passkey.not-found'
  | 'passkey.last'
  | 'person.not-found'
  | 'change.not-found'
  | 'change.not-allowed'
  | 'export.not-approved'

/** `reason` is the rule about people that stands behind `change.not-allowed`; never more about a credential. */
export class IdentityError extends Error {
  readonly code: IdentityErrorCode
  readonly reason: string | undefined

  constructor(code: IdentityErrorCode, message: string, options: { cause?: unknown; reason?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'IdentityError'
    this.code = code
    this.reason = options.reason
  }
}
