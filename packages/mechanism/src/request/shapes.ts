// The types of a request's entries and the shapes of their data. The coded fields follow what the templates of the field
// ask for (T-CY(2018)10 and 11); everything that needs words, names or identifiers is in the bodies.

import type { Act } from '../act.ts'
import { codes, digest, integer, language, list, moment, object, party, set, token, type Infer } from '../shape.ts'
import type { Demand, EntryType, Intent } from '../topic.ts'

const relatedMax = 16
const citesMax = 16
const offencesMax = 8
const mark = integer(1, 5)

const cites = list(token(), { min: 1, max: citesMax, unique: true })
const related = list(digest(), { min: 1, max: relatedMax, unique: true })
const urgencyGrounds = set(codes('urgencyGround'), 4)
const conditions = set(codes('condition'), 5)

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
      /** Subject ids of related requests. */
      related,
      /** The office of the requesting party that is in charge. */
      office: token(),
      /** The moment after which an answer no longer helps, as the requesting party sees it. */
      wantedBy: moment(),
    },
  ),
  'request.supplemented': object(
    {},
    { urgency: codes('urgency'), urgencyGrounds, cites, related, particulars: set(codes('particular'), 19) },
  ),
  'request.chased': object({}),
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
  'request.returned': object({ reasons: set(codes('returnReason'), 6) }, { missing: set(codes('particular'), 19) }),
  'request.accepted': object({}, { office: token(), conditions, expected: moment() }),
  'request.refused': object({ ground: codes('refusalGround') }),
  'request.extended': object({ until: moment(), reason: codes('extensionReason') }),
  'request.updated': object({ stage: codes('stage') }, { expected: moment() }),
  'request.answered': object(
    { outcome: codes('answerOutcome'), handling: codes('handling') },
    {
      /** Why the rest is not given, for an answer in part. */
      ground: codes('refusalGround'),
      use: codes('use'),
      conditions,
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
}

export const requestTypes: readonly EntryType[] = Object.entries(shapes).map(([type, shape]) => ({
  type,
  place: type === 'request.opened' ? 'founding' : 'following',
  shape,
  demand: demands[type as RequestType] ?? release,
  body: bodies[type as RequestType] ?? 'optional',
}))
