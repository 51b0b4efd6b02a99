// Which guidelines rule an act of ours that is about to be made: those that ruled its case from the opening on, or for what
// opens a case those in force now. And what they keep from leaving.

import { findAboveCeiling, guidelinesInForce, guidelinesOf, isMarked } from '@parley/mechanism'
import type { AboveCeiling, Act, Agreed, Guidelines } from '@parley/mechanism'
import { readSubjects } from '../db/subjects.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'

type Agreements = Pick<ParleyNode, 'packs' | 'registry'>

/** What has been agreed in a channel, by the acts of its agreement. */
export function agreedIn({ packs, registry }: Agreements, channel: string, agreement: readonly Act[]): Agreed {
  return { agreement, parties: registry.channel(channel).parties, pack: (digest) => packs.get(digest) }
}

/** The guidelines of the case with this id, or without one those in force now; undefined where there are none. */
export async function readGuidelines(
  node: Agreements & Pick<ParleyNode, 'database'>,
  channel: string,
  subject?: string,
): Promise<Guidelines | undefined> {
  const ids = [...new Set(['agreement', subject ?? 'agreement'])]
  const rows = await readSubjects(node.database.reader, channel, ids)
  const actsOf = (id: string): readonly Act[] => {
    const row = rows.find((one) => one.id === id)
    return row === undefined ? [] : (JSON.parse(row.acts) as Act[])
  }
  const agreed = agreedIn(node, channel, actsOf('agreement'))
  if (subject === undefined) return guidelinesInForce(agreed)
  const opening = actsOf(subject).find(({ digest }) => digest === subject)
  return opening === undefined ? undefined : guidelinesOf(opening, agreed)
}

/** An act that is about to be made, whatever its data: what cannot be read of its marking counts as the strictest. */
export interface MeantAct {
  readonly type: string
  readonly subject?: string | undefined
  readonly data: Readonly<Record<string, unknown>>
}

/** What is above the ceiling in an act that is about to be made. */
export async function readAboveCeiling(
  node: Agreements & Pick<ParleyNode, 'database'>,
  channel: string,
  { data, subject, type }: MeantAct,
): Promise<AboveCeiling | undefined> {
  if (!isMarked(type)) return undefined
  return findAboveCeiling({ type, data }, await readGuidelines(node, channel, subject))
}

/**
 * Keeps back what the channel may not carry. Asked before anything of it is sealed or signed.
 *
 * @throws ServerError `entry.refused` with the detail `handling.above-ceiling`
 */
export async function refuseAboveCeiling(
  node: Agreements & Pick<ParleyNode, 'database'>,
  channel: string,
  meant: MeantAct,
): Promise<void> {
  if ((await readAboveCeiling(node, channel, meant)) === undefined) return
  throw new ServerError('entry.refused', 'the marking is stricter than the channel may carry', {
    detail: 'handling.above-ceiling',
  })
}
