// Whether the request that an item of evidence names is there. A verdict looks at one subject only, so that it never depends
// on what came when; the party that seals sees to it here, before its log says something about nothing.

import { refuseNamedRequest } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { readSubjects } from '../db/subjects.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'

/**
 * Checks the request that an item names, if it names one.
 *
 * @throws ServerError `entry.refused` with the code of the rule as its detail.
 */
export async function checkNamedRequest(
  { database }: Pick<ParleyNode, 'database'>,
  channel: string,
  { exercise, request }: { readonly request: string | undefined; readonly exercise: boolean },
): Promise<void> {
  if (request === undefined) return
  const [row] = await readSubjects(database.reader, channel, [request])
  const acts = row === undefined ? [] : (JSON.parse(row.acts) as Act[])
  const code = refuseNamedRequest(request, acts, exercise)
  if (code !== undefined) {
    throw new ServerError('entry.refused', 'the request that the item names is not one of its channel', {
      detail: code,
    })
  }
}
