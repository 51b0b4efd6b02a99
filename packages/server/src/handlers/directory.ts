// The operation on the directory: what each party says of itself, and who is to be found at each contact point now.

import { formatCanonical, formatHex } from '@parley/record'
import { codeLists, isReviewOverdue, viewSubject, whoIsOnDuty } from '@parley/mechanism'
import type { PartyDirectory } from '@parley/mechanism'
import type { ContactState, Operations, PingRow, StateObject } from '@parley/api'
import { readSubjects } from '../db/subjects.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { viewActs } from './act-views.ts'
import { viewMay } from './may-views.ts'
import { allPings, viewPingRow } from './pings.ts'
import { readSubject } from './subject-acts.ts'

export function createViewDirectory(node: ParleyNode): Handler<Operations['viewDirectory']> {
  return async ({ params: { channel } }) => {
    const { parties } = node.registry.channel(channel)
    const { acts, agreement, state } = await readSubject(node, channel, 'directory')
    const viewed = state ?? viewSubject('directory', [], parties)
    if (viewed.topic !== 'directory') throw new HttpError('channel.not-found', 'There is no directory here')
    const now = node.clock()
    const pings = await listNewest(node, channel)
    return {
      state: viewed.state as unknown as StateObject,
      stateDigest: formatHex(node.crypto.sha256(formatCanonical(viewed))),
      contacts: viewed.state.parties.flatMap((half) => viewContacts(half, now, pings)),
      overdue: viewed.state.parties.filter((half) => isReviewOverdue(half, now)).map(({ party }) => party),
      acts: await viewActs(node, channel, 'directory', viewed, acts),
      may: viewMay(node, channel, ['directory.'], 'directory', { subject: acts, agreement }),
    }
  }
}

function viewContacts(half: PartyDirectory, now: number, pings: readonly PingRow[]): ContactState[] {
  return codeLists.contactKind.flatMap((contact) =>
    whoIsOnDuty(half, contact, now).map(({ absence, contactPoint, office, position, state }) => {
      const ping = pings.find((one) => one.to === half.party && one.contact === contact)
      return {
        party: half.party,
        contact,
        contactPoint,
        office,
        state,
        position: position ?? null,
        absence: absence ?? null,
        ping: ping === undefined ? null : { id: ping.id, sent: ping.sent, answered: ping.answered?.at ?? null },
      }
    }),
  )
}

/** The newest ping to each kind of contact point of each party. */
async function listNewest(node: ParleyNode, channel: string): Promise<readonly PingRow[]> {
  const newest = new Map<string, { readonly id: string; readonly openedAt: number }>()
  for await (const { id, kind, openedAt, requested } of allPings(node, channel)) {
    const key = `${requested} ${kind}`
    if ((newest.get(key)?.openedAt ?? -1) < (openedAt ?? 0)) newest.set(key, { id, openedAt: openedAt ?? 0 })
  }
  const ids = [...newest.values()].map(({ id }) => id)
  return (await readSubjects(node.database.reader, channel, ids)).map((row) => viewPingRow(node, row))
}
