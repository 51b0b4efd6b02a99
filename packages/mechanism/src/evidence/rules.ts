// What a party may do with an evidence item, and the reason when it may not. SPEC.md [EV] rules it. Server and console call
// the same rules; a verdict applies them to what the author had seen.

import type { Act } from '../act.ts'
import type { Intent, Known } from '../topic.ts'
import type { EvidenceData, EvidenceIntent } from './shapes.ts'
import { evidenceSizeClass } from './size-class.ts'
import { viewEvidence, type Custody, type EvidenceState } from './view.ts'

export type EvidenceRefusal =
  | 'evidence.size-class'
  | 'evidence.recipient-unknown'
  | 'evidence.recipient-twice'
  | 'evidence.request-unknown'
  | 'evidence.not-sealed-to-self'
  | 'evidence.not-sealing-party'
  | 'evidence.not-recipient'
  | 'evidence.given-already'
  | 'evidence.not-given'
  | 'evidence.received-already'
  | 'evidence.not-held'
  | 'evidence.opened-already'
  | 'evidence.not-opened'
  | 'evidence.erased-already'
  | 'evidence.erasure-asked'

/** Why this act on an item may not be, or undefined. The data has the shape of its type, the subject is an item. */
export function mayEvidence(intent: Intent, known: Known): EvidenceRefusal | undefined {
  const act = intent as unknown as EvidenceIntent
  if (act.type === 'evidence.sealed') return maySeal(act.party, act.data, known)
  const state = viewEvidence(known.subject)
  const own = state.custody.find(({ party }) => party === act.party)
  if (own === undefined) return 'evidence.not-recipient'
  if (own.erased !== undefined) return 'evidence.erased-already'
  switch (act.type) {
    case 'evidence.given':
      return mayGive(act.party, act.data.to, state)
    case 'evidence.received':
      if (own.given === undefined) return 'evidence.not-given'
      return own.received === undefined ? undefined : 'evidence.received-already'
    case 'evidence.opened':
      return refuseHolding(own, state) ?? (own.opened === undefined ? undefined : 'evidence.opened-already')
    case 'evidence.copied':
      return refuseHolding(own, state) ?? (own.opened === undefined ? 'evidence.not-opened' : undefined)
    case 'evidence.erased':
      return mayEraseItem(act.data, own, state)
  }
}

/**
 * Why an item may not be sealed for this request, or undefined when it may. `acts` are those of the request's subject. For the
 * party that seals: it alone has both subjects before it, and no verdict asks.
 */
export function refuseNamedRequest(
  request: string,
  acts: readonly Act[],
  exercise: boolean,
): EvidenceRefusal | 'exercise.differs' | undefined {
  const opening = acts.find(({ digest }) => digest === request)
  if (opening?.type !== 'request.opened') return 'evidence.request-unknown'
  return opening.exercise === exercise ? undefined : 'exercise.differs'
}

function maySeal(party: string, data: EvidenceData<'evidence.sealed'>, known: Known): EvidenceRefusal | undefined {
  const parties = data.recipients.map((recipient) => recipient.party)
  if (new Set(parties).size !== parties.length) return 'evidence.recipient-twice'
  if (!parties.every((recipient) => known.parties.includes(recipient))) return 'evidence.recipient-unknown'
  if (!parties.includes(party)) return 'evidence.not-sealed-to-self'
  return evidenceSizeClass(data.size) === data.size ? undefined : 'evidence.size-class'
}

function mayGive(party: string, to: string, state: EvidenceState): EvidenceRefusal | undefined {
  if (party !== state.from) return 'evidence.not-sealing-party'
  const theirs = state.custody.find((custody) => custody.party === to)
  if (theirs === undefined || to === party) return 'evidence.not-recipient'
  return theirs.given === undefined ? undefined : 'evidence.given-already'
}

/** Only who holds a copy opens it, and nobody who has been asked to erase it. */
function refuseHolding(own: Custody, state: EvidenceState): EvidenceRefusal | undefined {
  if (own.party !== state.from && own.received === undefined) return 'evidence.not-held'
  return state.awaiting.includes(own.party) ? 'evidence.erasure-asked' : undefined
}

function mayEraseItem(
  data: EvidenceData<'evidence.erased'>,
  own: Custody,
  state: EvidenceState,
): EvidenceRefusal | undefined {
  const asks = data.confirm ?? []
  if (asks.length > 0 && own.party !== state.from) return 'evidence.not-sealing-party'
  if (asks.some((party) => party === own.party || !state.custody.some((one) => one.party === party && one.given))) {
    return 'evidence.not-recipient'
  }
  return own.status === 'none' ? 'evidence.not-held' : undefined
}
