// The types of a request's entries and the shapes of their data. The coded fields follow what the templates of the field
// ask for (T-CY(2018)10 and 11); everything that needs words, names or identifiers is in the bodies.

import type { Act } from '../act.ts'
import { codes, digest, integer, language, list, moment, object, party, set, token, type Infer } from '../shape.ts'
import { receiptField, receiptShape } from '../time/carried-receipt.ts'
import type { Demand, EntryType, Intent } from '../topic.ts'

const relatedMax = 16
const citesMax = 16
const offencesMax = 8
const matterMax = 16
const mark = integer(1, 5)

const cites = list(token(), { min: 1, max: citesMax, unique: true })
const related = list(digest(), { min: 1, max: relatedMax, unique: true })
const urgencyGrounds = set(codes('urgencyGround'), 4)
const conditions = set(codes('condition'), 5)
const particulars = set(codes('particular'), 19)
const norms = set(codes('norm'), 11)
/** Keyed digests of identifiers, which members of the channel alone can compare: docs/decisions/0009. */
const matter = list(digest(), { min: 1, max: matterMax, unique: true })

/** Entries of the requesting half. */
const requesting = {
  'request.opened': object(
    {
      /** The requested party: the only one whose other half may act. */
      to: party(),
      kind: codes('requestKind'),
      urgency: codes('urgency'),
      offences: set(codes('offence'), offencesMax),
      /** Languages in which an answer is welcome, the preferred one first. */
      languages: set(language(), 4),
      handling: codes('handling'),
    },
    {
      urgencyGrounds,
      /** Ids of the commitments of the pack in force that the request relies on. */
      cites,
      /** The norms of state behaviour that the request relies on. */
      norms,
      /** Subject ids of related requests. */
      related,
      /** What this request is to an earlier one; `new` when absent. */
      relation: codes('relation'),
      /** The subject id of the earlier request that it extends or follows. */
      earlier: digest(),
      /** The particulars that the body gives, so that completeness follows from entries alone. */
      particulars,
      matter,
      /** The office of the requesting party that is in charge. */
      office: token(),
      /** The moment after which an answer no longer helps, as the requesting party sees it. */
      wantedBy: moment(),
    },
  ),
  'request.supplemented': object(
    {},
    { urgency: codes('urgency'), urgencyGrounds, cites, norms, related, particulars, matter },
  ),
  /** The receipt is the other side's cosignature over what was asked: evidence of time against a party that stays silent. */
  'request.chased': object({}, { [receiptField]: receiptShape }),
  /** Agrees to an extension, which it names by its entry. */
  'request.agreed': object({ extension: digest() }),
  /** Asks that what is preserved be preserved until a later moment. */
  'request.renewed': object({ until: moment() }),
  /** Formal assistance is asked for: through which channel, and in which request of this mechanism if it is here. */
  'request.converted': object({ by: codes('formalChannel') }, { request: digest() }),
  'request.withdrawn': object({ ground: codes('withdrawalGround') }),
  'request.assessed': object({
    marks: object(
      { timeliness: mark, completeness: mark, usefulness: mark },
      { 'evidential-value': mark, reasons: mark },
    ),
  }),
  'request.closed': object({ outcome: codes('closingOutcome') }),
} as const

/** Entries of the requested half. */
const requested = {
  'request.acknowledged': object({}, { office: token() }),
  /** Whether the substance will come, in what form and by when; not the substance, and scored apart from it. */
  'request.triaged': object({ will: codes('will') }, { form: codes('answerForm'), expected: moment() }),
  'request.returned': object({ reasons: set(codes('returnReason'), 6) }, { missing: particulars }),
  /** Asks for clarification of these particulars; the question is in the body. */
  'request.queried': object({ particulars }),
  'request.accepted': object(
    {},
    {
      office: token(),
      /** The whole when absent. */
      extent: codes('extent'),
      /** Why the rest is not accepted, for an acceptance in part. */
      ground: codes('refusalGround'),
      conditions,
      expected: moment(),
    },
  ),
  'request.postponed': object({ ground: codes('postponementGround'), until: moment() }),
  'request.refused': object({ ground: codes('refusalGround') }),
  /** Hands the request to the authority that is competent, by what it is and perhaps its office in the directory. */
  'request.forwarded': object({ authority: codes('officeKind') }, { office: token() }),
  'request.extended': object({ until: moment(), reason: codes('extensionReason') }),
  /** `reason` says why what was expected comes later. */
  'request.updated': object({ stage: codes('stage') }, { expected: moment(), reason: codes('extensionReason') }),
  'request.preserved': object({ until: moment() }),
  'request.released': object({ ground: codes('releaseGround') }),
  'request.answered': object(
    { outcome: codes('answerOutcome'), handling: codes('handling') },
    {
      /** Why the rest is not given, for an answer in part. */
      ground: codes('refusalGround'),
      /** For intelligence only when absent. */
      use: codes('use'),
      conditions,
      /** Why the answer comes later than was said. */
      reason: codes('extensionReason'),
    },
  ),
} as const

const shapes = { ...requesting, ...requested } as const

export type RequestingType = keyof typeof requesting
export type RequestedType = keyof typeof requested
export type RequestType = RequestingType | RequestedType
export type RequestData<T extends RequestType> = Infer<(typeof shapes)[T]>
/** An act of a request, its data typed by its type. */
export type RequestAct<T extends RequestType = RequestType> = {
  [K in T]: Act & { readonly type: K; readonly data: RequestData<K> }
}[T]

/** What somebody means to do to a request, its data typed by its type. */
export type RequestIntent<T extends RequestType = RequestType> = {
  [K in T]: Omit<Intent, 'type' | 'data'> & { readonly type: K; readonly data: RequestData<K> }
}[T]

export function isRequestAct(act: Act): act is RequestAct {
  return Object.hasOwn(shapes, act.type)
}

/** True for the types that only the requesting party may write. */
export function isRequesting(type: RequestType): type is RequestingType {
  return Object.hasOwn(requesting, type)
}

// What asks, answers or settles leaves the party for good: a case handler prepares it, and a releasing officer lets it go.
const release: Demand = { count: 1, roles: ['releasing'] }
// What keeps the case moving commits the party to nothing.
const keepMoving: Demand = { count: 1, roles: ['liaison', 'releasing', 'duty', 'operator'], alone: true }

const demands: Partial<Record<RequestType, Demand>> = {
  'request.chased': keepMoving,
  'request.acknowledged': keepMoving,
  'request.returned': keepMoving,
  'request.extended': keepMoving,
  'request.updated': keepMoving,
}

const bodies: Partial<Record<RequestType, EntryType['body']>> = {
  'request.opened': 'required',
  'request.supplemented': 'required',
  'request.chased': 'none',
  'request.agreed': 'none',
  'request.queried': 'required',
}

export const requestTypes: readonly EntryType[] = Object.entries(shapes).map(([type, shape]) => ({
  type,
  place: type === 'request.opened' ? 'founding' : 'following',
  shape,
  demand: demands[type as RequestType] ?? release,
  body: bodies[type as RequestType] ?? 'optional',
}))
