// When a request may be opened, and what it may cite and claim: SPEC.md [RQ13], [RQ14], [RQ15], [RQ18].

import { viewInForce } from '../agreement.ts'
import type { Known } from '../topic.ts'
import type { RequestRefusal } from './refusals.ts'
import type { RequestData } from './shapes.ts'

/** Why the party may not open this request, or undefined. */
export function refuseOpening(
  party: string,
  data: RequestData<'request.opened'>,
  known: Known,
): RequestRefusal | undefined {
  if (data.to === party) return 'request.addressee-self'
  if (!known.parties.includes(data.to)) return 'request.addressee-unknown'
  if (viewInForce(known.agreement, known.parties) === undefined) return 'request.agreement-not-in-force'
  const related = data.relation !== undefined && data.relation !== 'new'
  if (related && data.earlier === undefined) return 'request.earlier-missing'
  if (!related && data.earlier !== undefined) return 'request.relation-missing'
  return refuseUrgency(data) ?? refuseCites(data.cites, known)
}

/** Why an urgency may not be claimed so. */
export function refuseUrgency(data: RequestData<'request.supplemented'>): RequestRefusal | undefined {
  const urgent = data.urgency !== undefined && data.urgency !== 'ordinary'
  return urgent && data.urgencyGrounds === undefined ? 'request.urgency-ground-missing' : undefined
}

/** Why these commitments may not be cited. */
export function refuseCites(cites: readonly string[] | undefined, known: Known): RequestRefusal | undefined {
  if (cites === undefined) return undefined
  const inForce = viewInForce(known.agreement, known.parties)
  if (inForce === undefined) return 'request.agreement-not-in-force'
  const pack = known.pack(inForce)
  if (pack === undefined) return 'pack.missing'
  return cites.every((cited) => pack.commitments.some(({ id }) => id === cited))
    ? undefined
    : 'request.commitment-unknown'
}
