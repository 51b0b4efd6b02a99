// Proofs that the author of a log signed two heads that contradict each other. Each is kept whole and for good.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Fork {
  readonly log: number
  /** SHA-256 of the proof. */
  readonly digest: Uint8Array
  /** The portable proof, see `fork.ts` of the record. */
  readonly proof: Uint8Array
  /** Unix milliseconds. */
  readonly found: number
}

/** Keeps a verified proof; one that is known changes nothing. `freezeLog` belongs in the same batch. */
export function keepFork(fork: Fork): Statement {
  return write((db) =>
    db
      .insertInto('forks')
      .values(fork)
      .onConflict((conflict) => conflict.columns(['log', 'digest']).doNothing()),
  )
}

export function listForks(reader: Reader): Promise<Fork[]> {
  return reader
    .selectFrom('forks')
    .select(['log', 'digest', 'proof', 'found'])
    .orderBy('found')
    .orderBy('log')
    .orderBy('digest')
    .execute()
}
