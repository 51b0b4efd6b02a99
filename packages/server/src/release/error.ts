// Why a draft or a release is not done as it was asked: one class, codes are added and never renamed.

export type ReleaseErrorCode =
  | 'draft.unknown'
  | 'draft.limit'
  | 'draft.moved'
  | 'release.unknown'
  /** Other bytes wait than those that were meant. */
  | 'release.changed'
  /** Whoever wrote it approves it. */
  | 'release.author'
  /** The same person approves it twice. */
  | 'release.twice'
  /** The key is not one of the caller's own, or not in force. */
  | 'release.official'
  | 'release.role'
  | 'release.signature'
  /** Somebody who approved it is no official any more. */
  | 'release.revoked'
  /** Fewer approvals than its type demands. */
  | 'release.short'
  /** The case has moved since this was submitted; somebody must look again. */
  | 'release.stale'
  /** Its marking is stricter than the channel may carry by now. */
  | 'release.above-ceiling'

export class ReleaseError extends Error {
  readonly code: ReleaseErrorCode

  constructor(code: ReleaseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ReleaseError'
    this.code = code
  }
}
