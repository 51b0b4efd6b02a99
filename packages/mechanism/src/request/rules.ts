// What either half of a request may do, and the reason when it may not. SPEC.md [RQ] rules it. Server and console call
// the same rules; a verdict applies them to what the author had seen.

import type { Intent, Known } from '../topic.ts'
import { refuseOpening } from './opening-rules.ts'
import type { RequestRefusal } from './refusals.ts'
import { refuseResponding } from './requested-rules.ts'
import { refuseAsking, type Asking } from './requesting-rules.ts'
import { isRequesting, type RequestIntent } from './shapes.ts'
import { viewRequest } from './view.ts'

/** Why this act on a request may not be, or undefined. The data has the shape of its type, the subject is a request. */
export function mayRequest(intent: Intent, known: Known): RequestRefusal | undefined {
  const act = intent as unknown as RequestIntent
  if (act.type === 'request.opened') return refuseOpening(act.party, act.data, known)
  const state = viewRequest(known.subject)
  if (isAsking(act)) {
    return act.party === state.from ? refuseAsking(act, state, known) : 'request.not-requesting-party'
  }
  return act.party === state.to ? refuseResponding(act, state) : 'request.not-requested-party'
}

function isAsking(act: RequestIntent): act is Asking {
  return isRequesting(act.type)
}
