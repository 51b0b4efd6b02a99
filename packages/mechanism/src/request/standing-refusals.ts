// Reasons that both halves share: the request has ended, is in conflict, or has been answered for good.

import type { RequestRefusal } from './refusals.ts'
import type { RequestState } from './view.ts'

/** Why nothing more may be done to a request that has ended or is in conflict. */
export function refuseEnded(state: RequestState): RequestRefusal | undefined {
  if (state.status === 'conflict') return 'request.conflict'
  return state.ended === undefined ? undefined : 'request.ended'
}

/** Why there is nothing more to answer: a refusal, an answer in full, or one that nothing was found or is held. */
export function refuseConcluded(state: RequestState): RequestRefusal | undefined {
  if (state.refused !== undefined) return 'request.refused-already'
  return state.answers.some(({ outcome }) => outcome !== 'part') ? 'request.answered-already' : undefined
}
