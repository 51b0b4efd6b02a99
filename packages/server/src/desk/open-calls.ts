// Our own side of the hotline keeps a bounded number of calls open: a desk that rings without end is heard by nobody.

import { mayRaiseAnother, openCallStatuses } from '@parley/mechanism'
import { countSubjects } from '../db/subjects.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'

/** @throws ServerError `entry.refused` with `hotline.open-max` for a call above what may be open. */
export async function refuseMoreCalls(
  { database, registry }: ParleyNode,
  { channel, type }: { readonly channel: string; readonly type: string },
): Promise<void> {
  if (type !== 'hotline.raised') return
  const open = await countSubjects(database.reader, {
    channel,
    topic: 'hotline',
    statuses: openCallStatuses,
    requester: registry.self,
  })
  const refusal = mayRaiseAnother(open)
  if (refusal !== undefined) throw new ServerError('entry.refused', 'too many calls are open', { detail: refusal })
}
