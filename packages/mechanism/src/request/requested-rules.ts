// What the requested half may do: SPEC.md [RQ]. The party is the requested one; the state is what it had before it.

import type { RequestRefusal } from './refusals.ts'
import type { RequestData, RequestedType, RequestIntent } from './shapes.ts'
import { refuseConcluded, refuseEnded } from './standing-refusals.ts'
import type { RequestState } from './view.ts'

/** Why the requested party may not do this, or undefined. */
export function refuseResponding(act: RequestIntent<RequestedType>, state: RequestState): RequestRefusal | undefined {
  // That data is kept no longer is a fact, and it is said also after the end.
  if (act.type === 'request.released') return refuseReleasing(state)
  const over = refuseEnded(state) ?? refuseConcluded(state)
  if (over !== undefined) return over
  if (state.preservation !== undefined && act.type !== 'request.updated')
    return refusePreserved(act, state.preservation)
  switch (act.type) {
    case 'request.acknowledged':
      return state.acknowledged === undefined ? undefined : 'request.acknowledged-already'
    case 'request.triaged':
      return refuseTriage(act.data)
    case 'request.returned':
      return state.status === 'returned' ? 'request.returned-already' : undefined
    case 'request.queried':
      if (state.status === 'returned') return 'request.returned-already'
      return state.status === 'queried' ? 'request.queried-already' : undefined
    case 'request.accepted':
      return state.accepted === undefined ? refuseExtent(act.data) : 'request.accepted-already'
    case 'request.refused':
      return state.answers.length === 0 ? undefined : 'request.answered-already'
    case 'request.preserved':
      return state.kind === 'preservation' ? undefined : 'request.not-preservation'
    case 'request.answered':
      if (act.data.ground !== undefined && act.data.outcome !== 'part') return 'request.ground-without-part'
      return isWithoutSubstance(act.data) || act.body ? undefined : 'request.answer-without-body'
    case 'request.updated':
      return refuseLateness(act.data, state)
    case 'request.extended':
    case 'request.postponed':
    case 'request.forwarded':
      return undefined
  }
}

function refuseReleasing({ preservation }: RequestState): RequestRefusal | undefined {
  if (preservation === undefined) return 'request.not-preserved'
  return preservation.released === undefined ? undefined : 'request.released-already'
}

/** Once the data is preserved, what is left to do is to preserve it longer. */
function refusePreserved(
  act: RequestIntent<RequestedType>,
  preservation: NonNullable<RequestState['preservation']>,
): RequestRefusal | undefined {
  if (preservation.released !== undefined) return 'request.released-already'
  if (act.type !== 'request.preserved' || preservation.renewal === undefined) return 'request.preserved-already'
  return act.data.until > preservation.until ? undefined : 'request.not-later'
}

/** Whether the substance comes is not enough: the requesting party is told in what form and by when. */
function refuseTriage({ expected, form, will }: RequestData<'request.triaged'>): RequestRefusal | undefined {
  if (will === 'no') return undefined
  const whole = expected !== undefined && (will === 'undecided' || form !== undefined)
  return whole ? undefined : 'request.triage-incomplete'
}

function refuseExtent({ extent, ground }: RequestData<'request.accepted'>): RequestRefusal | undefined {
  if (extent === 'part') return ground === undefined ? 'request.part-without-ground' : undefined
  return ground === undefined ? undefined : 'request.ground-without-part'
}

/** What was said to come by a moment is moved to a later one with a reason only. */
function refuseLateness(
  { expected, reason }: RequestData<'request.updated'>,
  { undertaking }: RequestState,
): RequestRefusal | undefined {
  const later = expected !== undefined && undertaking !== undefined && expected > undertaking.by
  return later && reason === undefined ? 'request.reason-missing' : undefined
}

function isWithoutSubstance({ outcome }: RequestData<'request.answered'>): boolean {
  return outcome === 'nothing-found' || outcome === 'not-held'
}
