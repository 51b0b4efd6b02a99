// Which of our people are on duty now: those whose keys approve for an office that our rota has on duty. Where the directory
// names no such person, everybody who holds the role is: somebody must hear.

import { codeLists, whoIsOnDuty } from '@parley/mechanism'
import type { PartyDirectory, SubjectState } from '@parley/mechanism'
import { listAccounts } from '../db/accounts.ts'
import { listStoredOfficials } from '../db/officials.ts'
import { readSubjects } from '../db/subjects.ts'
import type { ParleyNode } from '../node.ts'

/** The accounts of duty officers who are on duty in the channel at this moment. */
export async function listDutyAccounts(node: ParleyNode, channel: string): Promise<ReadonlySet<string>> {
  const { reader } = node.database
  const officers = (await listAccounts(reader)).filter(
    ({ roles, state }) =>
      state === 'active' && roles.some((held) => held.role === 'duty' && (held.channel ?? channel) === channel),
  )
  const officials = await listOfficialsOnDuty(node, channel)
  const owners = officials.size === 0 ? [] : await listStoredOfficials(reader)
  const named = new Set(owners.filter(({ official }) => officials.has(official)).map(({ account }) => account))
  const onDuty = officers.filter(({ id }) => named.has(id))
  return new Set((onDuty.length === 0 ? officers : onDuty).map(({ id }) => id))
}

/** The officials of the offices of ours that answer for a contact point now. */
async function listOfficialsOnDuty(node: ParleyNode, channel: string): Promise<ReadonlySet<string>> {
  const [row] = await readSubjects(node.database.reader, channel, ['directory'])
  const half = row === undefined ? undefined : findOwnHalf(node, row.state)
  if (half === undefined) return new Set()
  const now = node.clock()
  const duties = codeLists.contactKind.flatMap((kind) => whoIsOnDuty(half, kind, now))
  const answering = new Set(duties.filter(({ state }) => state === 'on-duty').map(({ office }) => office))
  const offices = half.offices.filter(({ office }) => answering.has(office))
  return new Set(offices.flatMap(({ officials }) => officials ?? []))
}

function findOwnHalf({ registry }: ParleyNode, state: string): PartyDirectory | undefined {
  const viewed = JSON.parse(state) as Extract<SubjectState, { topic: 'directory' }>
  return viewed.state.parties.find(({ party }) => party === registry.self)
}
