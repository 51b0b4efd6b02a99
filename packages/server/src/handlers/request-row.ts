// A request as a row of a list: what the projection holds, and how far its last step has got by the receipts of this moment.

import { guidelinesOf, intervalOf, nextDue, viewClocksNow } from '@parley/mechanism'
import type { Act, Clock, SubjectState } from '@parley/mechanism'
import type { RequestRow } from '@parley/api'
import type { StoredRequestRow } from '../db/request-rows.ts'
import { countSharing } from '../db/request-ties.ts'
import { agreedIn } from '../desk/guidelines.ts'
import { viewNotAfter, viewStanding } from '../desk/standing.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import type { RequestSteps, Step } from '../reading/subject-row.ts'
import { readSubject } from './subject-acts.ts'

type Row = Pick<StoredRequestRow, 'id' | 'channel' | 'state' | 'steps' | 'acts' | 'title'>

/** The rows of one page, whatever their channels. */
export async function viewRequestRows(node: ParleyNode, rows: readonly Row[]): Promise<RequestRow[]> {
  const channels = [...new Set(rows.map(({ channel }) => channel))]
  const agreements = new Map(
    await Promise.all(
      channels.map(async (channel) => [channel, (await readSubject(node, channel)).agreement] as const),
    ),
  )
  const sharing = new Map(
    await Promise.all(
      channels.map(async (channel) => {
        const ids = rows.filter((row) => row.channel === channel).map(({ id }) => id)
        return [channel, await countSharing(node.database.reader, channel, ids)] as const
      }),
    ),
  )
  return Promise.all(
    rows.map((row) => {
      const agreement = agreements.get(row.channel) ?? []
      const alsoAsked = sharing.get(row.channel)?.get(row.id) ?? 0
      return viewRequestRow(node, row, { agreement, alsoAsked })
    }),
  )
}

/** `agreement` are the acts of the agreement of the row's channel. */
async function viewRequestRow(
  node: ParleyNode,
  row: Row,
  { agreement, alsoAsked }: { readonly agreement: readonly Act[]; readonly alsoAsked: number },
): Promise<RequestRow> {
  const viewed = JSON.parse(row.state) as Extract<SubjectState, { topic: 'request' }>
  const { last, opening } = JSON.parse(row.steps ?? '{}') as RequestSteps
  const acts = JSON.parse(row.acts) as Act[]
  const { exercise, from, kind, status, to, urgency } = viewed.state
  const [notAfter, standing] = await Promise.all([
    opening === null ? null : notAfterOf(node, row.channel, opening),
    standingOf(node, row.channel, last, viewed),
  ])
  return {
    id: row.id,
    channel: row.channel,
    direction: to === node.registry.self ? 'incoming' : 'outgoing',
    requesting: from,
    requested: to,
    kind,
    urgency,
    status,
    exercise,
    title: row.title,
    opened: openedAt(row.id, acts, notAfter),
    last: { type: last.type, party: last.party, at: last.at, standing },
    due: viewDue(clocksOf(node, { channel: row.channel, id: row.id, acts, agreement })),
    alsoAsked,
  }
}

/** The evidence in the acts bounds the opening; until there is any, what this node has stored of receipts does. */
function openedAt(id: string, acts: readonly Act[], notAfter: number | null): RequestRow['opened'] {
  const opening = acts.find(({ digest }) => digest === id)
  const interval = opening === undefined ? { notBefore: null, notAfter: null } : intervalOf(opening, acts)
  return { notBefore: interval.notBefore, notAfter: interval.notAfter ?? notAfter }
}

/** The clocks of a request by the guidelines that were in force when it was opened; none where there were none. */
export function clocksOf(
  node: ParleyNode,
  {
    acts,
    agreement,
    channel,
    id,
  }: {
    readonly acts: readonly Act[]
    readonly agreement: readonly Act[]
    readonly channel: string
    readonly id: string
  },
): readonly Clock[] {
  const opening = acts.find(({ digest }) => digest === id)
  if (opening === undefined) return []
  const guidelines = guidelinesOf(opening, agreedIn(node, channel, agreement))
  return guidelines === undefined ? [] : viewClocksNow(acts, guidelines, node.clock())
}

function viewDue(clocks: readonly Clock[]): RequestRow['due'] {
  const clock = nextDue(clocks)
  const at = clock?.target.notBefore ?? clock?.target.notAfter ?? null
  if (clock === undefined || at === null) return null
  return { what: clock.what, at, target: clock.target, state: clock.state }
}

export async function standingOf(node: ParleyNode, channel: string, step: Step, state: Pick<SubjectState, 'opened'>) {
  const log = logOfStep(node, channel, step)
  if (log === undefined) return { level: 'recorded' as const, since: step.at }
  const entry = { position: step.index, digest: Uint8Array.fromHex(step.digest), at: step.at }
  return viewStanding(node, log, entry, state.opened)
}

async function notAfterOf(node: ParleyNode, channel: string, step: Step): Promise<number | null> {
  const log = logOfStep(node, channel, step)
  return log === undefined ? null : viewNotAfter(node, log, step.index)
}

function logOfStep({ registry }: ParleyNode, channel: string, { party }: Step): KnownLog | undefined {
  return registry.logsOf(channel).find((log) => log.channel === channel && log.party === party)
}
