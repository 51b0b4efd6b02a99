// The row of a subject: its state as the mechanism computes it, and the columns that lists filter by.

import { guidelinesOf, nextDue, viewClocksAtCut, viewSubject } from '@parley/mechanism'
import type { Act, Pack } from '@parley/mechanism'
import { neverDue } from '../db/subjects.ts'
import type { Subject } from '../db/subjects.ts'

/** Raised whenever rows would be computed otherwise; rows of an older version are computed again at start. */
export const projectionVersion = 5

/** What a row of a list says of one act. */
export type Step = Pick<Act, 'party' | 'index' | 'digest' | 'type' | 'at'>

/** The first and the last step of a request. `opening` is null only while its founding entry is not here. */
export interface RequestSteps {
  readonly opening: Step | null
  readonly last: Step
}

/** What a row follows from besides the acts of its subject. */
export interface RowContext {
  readonly parties: readonly string[]
  /** The acts of the channel's agreement. */
  readonly agreement: readonly Act[]
  readonly pack: (digest: string) => Pack | undefined
}

/** Computes the row from the valid acts of a subject, in whatever order they came. */
export function composeSubjectRow(
  channel: string,
  id: string,
  acts: readonly Act[],
  { agreement, pack, parties }: RowContext,
  changed: number,
): Subject {
  const viewed = viewSubject(id, acts, parties)
  const row = {
    channel,
    id,
    topic: viewed.topic,
    acts: JSON.stringify(acts),
    state: JSON.stringify(viewed),
    changed,
    projection: projectionVersion,
  }
  switch (viewed.topic) {
    case 'request': {
      const { status, kind, urgency, from, to } = viewed.state
      const steps = findSteps(id, acts)
      const openedAt = steps.opening?.at ?? null
      const columns = { status, kind, urgency, requester: from, requested: to, openedAt }
      return { ...row, ...columns, ...findDue(id, acts, { agreement, pack, parties }), steps: JSON.stringify(steps) }
    }
    case 'evidence':
      return {
        ...row,
        ...withoutRequest,
        status: viewed.state.status,
        kind: viewed.state.media,
        requester: viewed.state.from,
      }
    case 'hotline': {
      const { status, reason, level, from, to } = viewed.state
      const openedAt = acts.find((act) => act.digest === id)?.at ?? null
      return {
        ...row,
        ...withoutRequest,
        status,
        kind: reason,
        urgency: level,
        requester: from,
        requested: to,
        openedAt,
      }
    }
    case 'ping': {
      const { status, contact, from, to } = viewed.state
      const openedAt = acts.find((act) => act.digest === id)?.at ?? null
      return {
        ...row,
        ...withoutRequest,
        status,
        kind: contact,
        urgency: null,
        requester: from,
        requested: to,
        openedAt,
      }
    }
    case 'agreement':
      return { ...row, status: viewed.state.status, ...withoutRequest }
    case 'directory':
      return { ...row, status: 'standing', ...withoutRequest }
  }
}

const withoutRequest = {
  kind: null,
  urgency: null,
  requester: null,
  requested: null,
  openedAt: null,
  dueAt: neverDue,
  due: null,
  steps: null,
}

/**
 * What is due first, for the order of lists. It knows no clock: a target that is paused moves on and is due last. How it stands
 * at a moment is for whoever shows it.
 */
function findDue(id: string, acts: readonly Act[], context: RowContext): Pick<Subject, 'due' | 'dueAt'> {
  const opening = acts.find(({ digest }) => digest === id)
  const guidelines = opening === undefined ? undefined : guidelinesOf(opening, context)
  const clock = guidelines === undefined ? undefined : nextDue(viewClocksAtCut(acts, guidelines).clocks)
  const at = clock?.target.notBefore ?? clock?.target.notAfter ?? null
  if (clock === undefined || at === null || clock.state === 'paused') return { due: null, dueAt: neverDue }
  return { due: JSON.stringify({ what: clock.what, at }), dueAt: at }
}

/** The same whatever the order in which the acts came. */
function findSteps(id: string, acts: readonly Act[]): RequestSteps {
  const opening = acts.find(({ digest }) => digest === id)
  // What concerns the bodies alone (that one was opened, or erased) is no step of the case.
  const steps = acts.filter(({ type }) => type.startsWith('request.'))
  const last = steps.reduce((newest, act) => (isAfter(act, newest) ? act : newest), steps[0] ?? acts[0]!)
  return { opening: opening === undefined ? null : stepOf(opening), last: stepOf(last) }
}

function isAfter(act: Act, other: Act): boolean {
  if (act.at !== other.at) return act.at > other.at
  return act.party === other.party ? act.index > other.index : act.party > other.party
}

function stepOf({ at, digest, index, party, type }: Act): Step {
  return { party, index, digest, type, at }
}
