// The subjects whose rows must be computed again, because older code made them or because a pack came that they follow from.

import type { Act } from '@parley/mechanism'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { listStaleSubjects, readSubjects } from '../db/subjects.ts'
import type { ChangedActs } from './session.ts'
import { projectionVersion } from './subject-row.ts'

/** A page of them; none when every row is of today. */
export async function listStaleActs(reader: Reader): Promise<ChangedActs[]> {
  const stale = await listStaleSubjects(reader, { projection: projectionVersion, limit: pageRowsMax })
  const agreements = new Map<string, readonly Act[]>()
  for (const channel of new Set(stale.map((row) => row.channel))) {
    agreements.set(channel, await readAgreementActs(reader, channel))
  }
  return stale.map(({ acts, channel, id }) => ({
    channel,
    subject: id,
    acts: JSON.parse(acts) as Act[],
    agreement: agreements.get(channel)!,
  }))
}

/** The acts of a channel's agreement. */
export async function readAgreementActs(reader: Reader, channel: string): Promise<readonly Act[]> {
  const [row] = await readSubjects(reader, channel, ['agreement'])
  return row === undefined ? [] : (JSON.parse(row.acts) as Act[])
}
