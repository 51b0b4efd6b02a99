// A lock that only one process at a time can hold, and that the operating system takes back however the process ends.
// It is an exclusive transaction on an empty SQLite file: the one portable file lock that Node offers.

import { DatabaseSync } from 'node:sqlite'
import { DatabaseError } from './error.ts'
import type { DatabaseErrorCode } from './error.ts'

/** The result code of SQLite for a file that somebody else has locked. */
const sqliteBusy = 5

/**
 * Takes the lock in the file `path`, which is made when it is not there and must be used for nothing else. Nobody may
 * open and close that file by other means in this process: that would drop the lock.
 * @throws DatabaseError with `code` when it is held already, by this process or another.
 */
export function holdFileLock(path: string, code: DatabaseErrorCode): { release(): void } {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    file.exec('begin exclusive')
  } catch (cause) {
    file.close()
    if ((cause as { errcode?: number }).errcode !== sqliteBusy) throw cause
    throw new DatabaseError(code, `${path} is held by another process`, { cause })
  }
  return { release: () => file.close() }
}
