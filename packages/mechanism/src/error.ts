// The one error class of this package, for bytes and files that people hand in: packs, plaintext bodies, cuts. Verdicts
// and refusals of rules are not errors; they are returned.

export type MechanismErrorCode =
  | 'pack.refused'
  | 'body-content.json'
  | 'body-content.limit'
  | 'body-content.shape'
  | 'body-content.text'
  | 'cut.malformed'
  | 'type.unknown'
  | 'word.unknown'

/** One thing that is wrong in what was handed in, and where. `code` is stable; `message` is for people. */
export interface Problem {
  readonly code: string
  readonly message: string
  /** A JSON pointer (RFC 6901) into the value; the empty string is the whole value. */
  readonly pointer?: string
  readonly file?: string
  /** Counted from 1. */
  readonly line?: number
  /** Counted from 1. */
  readonly column?: number
}

/** Bytes or people are wrong. `problems` names every place found, in the order of the text. */
export class MechanismError extends Error {
  readonly code: MechanismErrorCode
  readonly problems: readonly Problem[]

  constructor(code: MechanismErrorCode, message: string, options?: { cause?: unknown; problems?: readonly Problem[] }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'MechanismError'
    this.code = code
    this.problems = options?.problems ?? []
  }
}

/** States an invariant of our own code. @throws Error when we are wrong, which nobody catches. */
export function assert(condition: unknown, invariant: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${invariant}`)
}
