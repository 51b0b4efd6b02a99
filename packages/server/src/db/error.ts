// The one error class of the store. Codes are a union: added, never renamed, so that other programs may rely on them.

export type DatabaseErrorCode =
  // opening
  | 'db.url'
  | 'db.unreachable'
  | 'db.unsupported'
  | 'db.durability'
  | 'db.locked'
  | 'db.newer'
  | 'db.older'
  | 'db.schema'
  // one batch or one query was refused, and nothing of it was stored
  | 'db.conflict'
  | 'db.constraint'
  | 'db.value'
  | 'db.limit'
  | 'db.query'
  | 'db.busy'
  | 'db.full'
  | 'db.closed'
  // the writer has ended: whether the last batch was stored is unknown until the database is opened again
  | 'db.failed'
  // the lock checkpoint, kept apart from the database
  | 'lock.held'
  | 'lock.origin'
  | 'lock.conflict'
  | 'lock.backwards'
  | 'lock.damaged'
  | 'lock.failed'

/** `code` is stable; `message` is for people and may change. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'DatabaseError'
    this.code = code
  }
}

/** Whether a batch was refused because something in the store had moved meanwhile, or was there already. */
export function isConflict(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === 'db.conflict' || error.code === 'db.constraint')
}
