// A request as a row of a list: what the projection holds, and how far its last step has got by the receipts of this moment.

import type { SubjectState } from '@parley/mechanism'
import type { RequestRow } from '@parley/api'
import type { StoredRequestRow } from '../db/request-rows.ts'
import { viewNotAfter, viewStanding } from '../desk/standing.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import type { RequestSteps, Step } from '../reading/subject-row.ts'

export async function viewRequestRow(
  node: ParleyNode,
  row: Pick<StoredRequestRow, 'id' | 'channel' | 'state' | 'steps' | 'due' | 'title'>,
): Promise<RequestRow> {
  const viewed = JSON.parse(row.state) as Extract<SubjectState, { topic: 'request' }>
  const { last, opening } = JSON.parse(row.steps ?? '{}') as RequestSteps
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
    opened: { notBefore: null, notAfter },
    last: { type: last.type, party: last.party, at: last.at, standing },
    due: row.due === null ? null : (JSON.parse(row.due) as RequestRow['due']),
  }
}

async function standingOf(node: ParleyNode, channel: string, step: Step, state: Pick<SubjectState, 'opened'>) {
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
