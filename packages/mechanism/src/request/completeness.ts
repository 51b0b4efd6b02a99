// Which particulars a request of a kind must give, and which of them are missing. The drafter is warned by the same code that
// the receiver returns a request by, so both name the same list. It reads codes only, never what a body says.

import { codeLists, type Code } from '../codes.ts'
import type { Guidelines } from '../guidelines/shape.ts'

type Particular = Code<'particular'>

/** What is asked, as far as completeness goes. */
export interface Asked {
  readonly kind: Code<'requestKind'>
  readonly urgency: Code<'urgency'>
  /** `new` when absent. */
  readonly relation?: Code<'relation'> | undefined
}

/** The part of an agreement's guidelines that says what a request must give. */
export type Guided = Pick<Guidelines, 'kinds'>

const everyRequest: readonly Particular[] = ['authority', 'contact', 'facts']

// Article 29(2) of the Budapest Convention asks these of a preservation. The kinds that hand over data ask in addition what
// T-CY(2018)10 does: a legal basis and how the authenticity is confirmed.
const preserved: readonly Particular[] = [
  'data-sought',
  'identifiers',
  'custodian',
  'relation-to-offence',
  'necessity',
  'formal-request-intended',
]
const disclosed: readonly Particular[] = [
  'case-reference',
  'authenticity-contact',
  'applicable-law',
  'legal-basis',
  'data-sought',
  'identifiers',
  'time-range',
  'relation-to-offence',
  'purpose',
]

const templates: Readonly<Partial<Record<Code<'requestKind'>, readonly Particular[]>>> = {
  preservation: preserved,
  'preserved-traffic-data': disclosed,
  'subscriber-data': disclosed,
  'traffic-data': disclosed,
  'content-data': [...disclosed, 'necessity', 'confidentiality'],
  investigation: ['case-reference', 'applicable-law', 'purpose', 'result-sought'],
  'location-of-person': ['case-reference', 'applicable-law', 'identifiers', 'purpose'],
  mitigation: ['identifiers', 'time-range', 'result-sought'],
  'mutual-legal-assistance': [...disclosed, 'result-sought', 'confidentiality'],
  'technical-advice': ['result-sought'],
  'legal-information': ['result-sought'],
  information: ['purpose', 'result-sought'],
}

/** The particulars that such a request must give, in the order of their codes' list. */
export function listParticulars({ kind, relation, urgency }: Asked, guided?: Guided): readonly Particular[] {
  const asked = new Set<Particular>(
    guided?.kinds.find((each) => each.kind === kind)?.required ?? [...everyRequest, ...(templates[kind] ?? [])],
  )
  if (urgency !== 'ordinary') asked.add('urgency-reason')
  if (relation !== undefined && relation !== 'new') asked.add('earlier-requests')
  return codeLists.particular.filter((code) => asked.has(code))
}

/** The particulars that the request must give and does not: what a return for completion names. */
export function listMissing(asked: Asked, given: readonly string[], guided?: Guided): readonly Particular[] {
  return listParticulars(asked, guided).filter((code) => !given.includes(code))
}

/** The particulars among the fields of a body that say something, in the order of their codes' list. */
export function listGiven(fields: Readonly<Record<string, string>> | undefined): readonly Particular[] {
  return codeLists.particular.filter((code) => fields?.[code] !== undefined && fields[code].trim() !== '')
}
