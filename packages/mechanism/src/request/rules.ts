// What either half of a request may do, and the reason when it may not. SPEC.md [RQ] rules it. Server and console call
// the same rules; a verdict applies them to what the author had seen.

import { viewInForce } from '../agreement.ts'
import type { Intent, Known } from '../topic.ts'
import {
  isRequesting,
  type RequestData,
  type RequestedType,
  type RequestingType,
  type RequestIntent,
} from './shapes.ts'
import { viewRequest, type RequestState } from './view.ts'

export type RequestRefusal =
  | 'request.agreement-not-in-force'
  | 'request.addressee-self'
  | 'request.addressee-unknown'
  | 'request.commitment-unknown'
  | 'request.urgency-ground-missing'
  | 'request.not-requesting-party'
  | 'request.not-requested-party'
  | 'request.conflict'
  | 'request.ended'
  | 'request.returned'
  | 'request.refused-already'
  | 'request.answered-already'
  | 'request.acknowledged-already'
  | 'request.returned-already'
  | 'request.accepted-already'
  | 'request.not-answered'
  | 'request.answer-without-body'
  | 'request.ground-without-part'
  | 'pack.missing'

type Asking = RequestIntent<Exclude<RequestingType, 'request.opened'>>

/** Why this act on a request may not be, or undefined. The data has the shape of its type, the subject is a request. */
export function mayRequest(intent: Intent, known: Known): RequestRefusal | undefined {
  const act = intent as unknown as RequestIntent
  if (act.type === 'request.opened') return mayOpen(act.party, act.data, known)
  const state = viewRequest(known.subject)
  if (isOfRequesting(act)) {
    if (act.party !== state.from) return 'request.not-requesting-party'
    return mayAsk(act, state, known)
  }
  if (act.party !== state.to) return 'request.not-requested-party'
  return mayRespond(act, state)
}

function mayOpen(party: string, data: RequestData<'request.opened'>, known: Known): RequestRefusal | undefined {
  if (data.to === party) return 'request.addressee-self'
  if (!known.parties.includes(data.to)) return 'request.addressee-unknown'
  if (viewInForce(known.agreement, known.parties) === undefined) return 'request.agreement-not-in-force'
  return refuseUrgency(data) ?? refuseCites(data.cites, known)
}

function isOfRequesting(act: RequestIntent): act is Asking {
  return isRequesting(act.type)
}

function mayAsk(act: Asking, state: RequestState, known: Known): RequestRefusal | undefined {
  const concluded = conclusionOf(state)
  switch (act.type) {
    case 'request.supplemented':
      return endOf(state) ?? concluded ?? refuseUrgency(act.data) ?? refuseCites(act.data.cites, known)
    case 'request.chased':
      return endOf(state) ?? concluded ?? (state.status === 'returned' ? 'request.returned' : undefined)
    case 'request.withdrawn':
      // In a conflict the withdrawal may be confirmed, and it then stands over what crossed it.
      if (state.status === 'conflict' && state.ended?.by === 'withdrawn') return undefined
      if (state.status !== 'conflict' && state.ended !== undefined) return 'request.ended'
      return state.answers.length > 0 ? 'request.answered-already' : concluded
    case 'request.assessed':
      if (state.status === 'conflict') return 'request.conflict'
      if (state.status === 'withdrawn') return 'request.ended'
      return hasResponse(state) ? undefined : 'request.not-answered'
    case 'request.closed':
      if (state.status !== 'conflict' && state.ended !== undefined) return 'request.ended'
      return hasResponse(state) ? undefined : 'request.not-answered'
  }
}

function mayRespond(act: RequestIntent<RequestedType>, state: RequestState): RequestRefusal | undefined {
  const over = endOf(state) ?? conclusionOf(state)
  if (over !== undefined) return over
  switch (act.type) {
    case 'request.acknowledged':
      return state.acknowledged === undefined ? undefined : 'request.acknowledged-already'
    case 'request.returned':
      return state.status === 'returned' ? 'request.returned-already' : undefined
    case 'request.accepted':
      return state.accepted === undefined ? undefined : 'request.accepted-already'
    case 'request.refused':
      return state.answers.length === 0 ? undefined : 'request.answered-already'
    case 'request.answered':
      if (act.data.ground !== undefined && act.data.outcome !== 'part') return 'request.ground-without-part'
      return act.data.outcome === 'nothing-found' || act.body ? undefined : 'request.answer-without-body'
    case 'request.extended':
    case 'request.updated':
      return undefined
  }
}

function endOf(state: RequestState): RequestRefusal | undefined {
  if (state.status === 'conflict') return 'request.conflict'
  return state.ended === undefined ? undefined : 'request.ended'
}

function conclusionOf(state: RequestState): RequestRefusal | undefined {
  if (state.refused !== undefined) return 'request.refused-already'
  return state.answers.some(({ outcome }) => outcome !== 'part') ? 'request.answered-already' : undefined
}

function hasResponse(state: RequestState): boolean {
  return state.answers.length > 0 || state.refused !== undefined
}

function refuseUrgency(data: RequestData<'request.supplemented'>): RequestRefusal | undefined {
  const urgent = data.urgency !== undefined && data.urgency !== 'ordinary'
  return urgent && data.urgencyGrounds === undefined ? 'request.urgency-ground-missing' : undefined
}

function refuseCites(cites: readonly string[] | undefined, known: Known): RequestRefusal | undefined {
  if (cites === undefined) return undefined
  const inForce = viewInForce(known.agreement, known.parties)
  if (inForce === undefined) return 'request.agreement-not-in-force'
  const pack = known.pack(inForce)
  if (pack === undefined) return 'pack.missing'
  return cites.every((cited) => pack.commitments.some(({ id }) => id === cited))
    ? undefined
    : 'request.commitment-unknown'
}
