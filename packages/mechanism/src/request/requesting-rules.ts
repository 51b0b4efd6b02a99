// What the requesting half may do after the opening: SPEC.md [RQ]. The party is the requesting one; the state is what it
// had before it.

import type { Known } from '../topic.ts'
import { refuseCites, refuseUrgency } from './opening-rules.ts'
import type { RequestRefusal } from './refusals.ts'
import type { RequestData, RequestingType, RequestIntent } from './shapes.ts'
import { refuseConcluded, refuseEnded } from './standing-refusals.ts'
import type { RequestState } from './view.ts'

export type Asking = RequestIntent<Exclude<RequestingType, 'request.opened'>>

/** Why the requesting party may not do this, or undefined. */
export function refuseAsking(act: Asking, state: RequestState, known: Known): RequestRefusal | undefined {
  switch (act.type) {
    case 'request.supplemented':
      return refuseOver(state) ?? refuseUrgency(act.data) ?? refuseCites(act.data.cites, known)
    case 'request.chased':
      return refuseOver(state) ?? refuseChasing(state) ?? refuseReceipt(act.data, state, known)
    case 'request.agreed':
      return refuseOver(state) ?? refuseAgreeing(act.data, state)
    case 'request.renewed':
      return refuseRenewing(act.data, state)
    case 'request.converted':
      return refuseConverting(act.data, state)
    case 'request.withdrawn':
      return refuseWithdrawing(state)
    case 'request.assessed':
      if (state.status === 'conflict') return 'request.conflict'
      if (state.status === 'withdrawn') return 'request.ended'
      return hasResponse(state) ? undefined : 'request.not-answered'
    case 'request.closed':
      return refuseClosing(act.data, state)
  }
}

function refuseOver(state: RequestState): RequestRefusal | undefined {
  return refuseEnded(state) ?? refuseConcluded(state)
}

function refuseChasing({ preservation, status, turn }: RequestState): RequestRefusal | undefined {
  if (status === 'returned') return 'request.returned'
  if (status === 'queried') return 'request.queried'
  return preservation !== undefined && turn !== 'requested' ? 'request.preserved-already' : undefined
}

/** A receipt bounds when the request was received: it is the other side's, and over a head that holds the opening. */
function refuseReceipt(
  { receipt }: RequestData<'request.chased'>,
  { to }: RequestState,
  { subject }: Known,
): RequestRefusal | undefined {
  if (receipt === undefined) return undefined
  const opening = subject.find(({ type }) => type === 'request.opened')
  const holds = opening !== undefined && opening.index < receipt.size
  return receipt.party === to && holds ? undefined : 'request.receipt-other'
}

function refuseAgreeing(data: RequestData<'request.agreed'>, state: RequestState): RequestRefusal | undefined {
  const extension = state.extensions.find(({ entry }) => entry === data.extension)
  if (extension === undefined) return 'request.extension-unknown'
  return extension.agreed === undefined ? undefined : 'request.agreed-already'
}

function refuseRenewing(data: RequestData<'request.renewed'>, state: RequestState): RequestRefusal | undefined {
  const { kind, preservation } = state
  const ended = refuseEnded(state)
  if (ended !== undefined) return ended
  if (kind !== 'preservation') return 'request.not-preservation'
  if (preservation === undefined) return 'request.not-preserved'
  if (preservation.released !== undefined) return 'request.released-already'
  if (preservation.renewal !== undefined) return 'request.renewed-already'
  return data.until > preservation.until ? undefined : 'request.not-later'
}

function refuseConverting(data: RequestData<'request.converted'>, state: RequestState): RequestRefusal | undefined {
  if (state.status === 'conflict') return 'request.conflict'
  // The formal request often follows when this one is closed already.
  if (state.status === 'withdrawn') return 'request.ended'
  return (data.by === 'this-mechanism') === (data.request !== undefined) ? undefined : 'request.conversion-unnamed'
}

function refuseWithdrawing(state: RequestState): RequestRefusal | undefined {
  // In a conflict the withdrawal may be confirmed, and it then stands over what crossed it.
  if (state.status === 'conflict' && state.ended?.by === 'withdrawn') return undefined
  if (state.status !== 'conflict' && state.ended !== undefined) return 'request.ended'
  if (state.answers.length > 0) return 'request.answered-already'
  if (state.preservation !== undefined) return 'request.preserved-already'
  return refuseConcluded(state)
}

function refuseClosing({ outcome }: RequestData<'request.closed'>, state: RequestState): RequestRefusal | undefined {
  if (state.status !== 'conflict' && state.ended !== undefined) return 'request.ended'
  if (outcome === 'abandoned') {
    return refuseConcluded(state) ?? (state.preservation === undefined ? undefined : 'request.preserved-already')
  }
  if (outcome === 'lapsed' && state.preservation === undefined) return 'request.not-preserved'
  return hasResponse(state) ? undefined : 'request.not-answered'
}

function hasResponse(state: RequestState): boolean {
  return state.answers.length > 0 || state.refused !== undefined || state.preservation !== undefined
}
