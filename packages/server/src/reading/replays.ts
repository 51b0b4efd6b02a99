// Where a log holds an entry already. The same question is asked when an entry is handed in and when it becomes durable, with
// nothing written in between: then the first answer still holds.

import { findFirstPositions } from '../db/entries.ts'
import type { Reader } from '../db/statement.ts'

export interface Replays {
  /** The first position of each of the digests (hexadecimal) in the log of `size` entries; of the others there is none. */
  find(origin: string, size: number, digests: readonly string[]): Promise<(digest: string) => number | undefined>
}

interface Answers {
  readonly size: number
  readonly positions: Map<string, number | undefined>
}

/** `logNumber` gives the number by which the database knows a log. */
export function createReplays(reader: Reader, logNumber: (origin: string) => number): Replays {
  const answers = new Map<string, Answers>()
  return {
    async find(origin, size, digests) {
      let known = answers.get(origin)
      if (known?.size !== size) answers.set(origin, (known = { size, positions: new Map() }))
      const { positions } = known
      const unknown = digests.filter((digest) => !positions.has(digest))
      const bytes = unknown.map((digest) => Uint8Array.fromHex(digest))
      const found = await findFirstPositions(reader, logNumber(origin), bytes)
      for (const digest of unknown) positions.set(digest, undefined)
      for (const { digest, position } of found) positions.set(digest.toHex(), position)
      return (digest) => positions.get(digest)
    },
  }
}
