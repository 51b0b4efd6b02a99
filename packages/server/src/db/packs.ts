// The packs that are at hand here, by digest. Whether one is in force is for the agreement's entries to say.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredPack {
  /** Hexadecimal. */
  readonly digest: string
  /** The compiled pack as JSON. */
  readonly pack: string
  /** Unix milliseconds. */
  readonly added: number
}

/** Keeps a pack; one that is known stays as it is. */
export function addPack(pack: StoredPack): Statement {
  return write((db) =>
    db
      .insertInto('packs')
      .values(pack)
      .onConflict((conflict) => conflict.column('digest').doNothing()),
  )
}

export function listPacks(reader: Reader): Promise<StoredPack[]> {
  return reader.selectFrom('packs').select(['digest', 'pack', 'added']).orderBy('digest').execute()
}
