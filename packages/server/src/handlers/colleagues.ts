// People of the own party as clients see them: by their id, and by the name of their account while there is one.

import type { Colleague } from '@parley/api'
import { listAccounts } from '../db/accounts.ts'
import type { ParleyNode } from '../node.ts'

export type NameOf = (person: string) => Colleague

/** Reads the names of everybody once, for one answer. */
export async function readColleagues({ database }: ParleyNode): Promise<NameOf> {
  const names = new Map((await listAccounts(database.reader)).map(({ id, name }) => [id, name]))
  return (id) => ({ id, name: names.get(id) ?? null })
}
