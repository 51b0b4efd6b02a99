// What an agreement pack looks like: the shape of `pack.yaml` as people write it, and the compiled pack whose digest the
// parties adopt. The published JSON Schema is made from the first.

import type { TextQuoteSelector } from './anchor.ts'
import { guidelinesShape } from './guidelines/shape.ts'
import {
  boolean,
  codes,
  constant,
  date,
  integer,
  language,
  list,
  object,
  party,
  record,
  set,
  text,
  token,
  type Infer,
} from './shape.ts'
import { formatJsonSchema, type JsonSchema } from './shape-description.ts'

export const partiesMax = 200
export const languagesMax = 8
export const textsMax = 64
const commitmentsMax = 400
export const nameLengthMax = 200
const lineLengthMax = 1000
const quoteLengthMax = 4000

/** One name in each language of the pack. */
const names = record(language(), text(nameLengthMax), { min: 1, max: languagesMax })

const office = object(
  { id: token(), names },
  /** Other names that the same office goes by in some text. */
  { aliases: list(names, { min: 1, max: 8 }) },
)

const packParty = object({
  id: party(),
  names,
  /** The offices that lead this party's side; more than one are co-chairs. */
  leads: list(office, { min: 1, max: 8 }),
  agencies: list(office, { min: 0, max: 60 }),
})

const packText = object(
  {
    id: token(),
    /** The name of the file with the text itself, beside `pack.yaml`. */
    file: text(64),
    language: language(),
    /** Who published it, in words. */
    issuer: text(lineLengthMax),
    /** Where it can be found. */
    source: text(lineLengthMax),
    date: date(),
    status: codes('textStatus'),
  },
  {
    /** The party that issued it, when it was one. */
    party: party(),
    /** Who translated or summarised it; demanded of everything that is not an original. */
    by: text(nameLengthMax),
    /** The text that a translation is of. */
    of: token(),
  },
)

const anchor = object(
  { text: token(), exact: text(quoteLengthMax) },
  { prefix: text(lineLengthMax), suffix: text(lineLengthMax) },
)

const commitment = object(
  {
    id: token(),
    names,
    kind: codes('commitmentKind'),
    force: codes('force'),
    /** Who is to do or not to do it. */
    actors: set(codes('actor'), 5),
    /** The parties that are bound. */
    parties: set(party(), partiesMax),
    anchors: list(anchor, { min: 1, max: textsMax }),
  },
  {
    /** True when the commitment is not to do something. */
    negative: boolean(),
    qualifiers: set(codes('qualifier'), 7),
  },
)

const meetings = object(
  {
    id: token(),
    names,
    level: codes('level'),
    commitment: token(),
  },
  {
    /** So many at least between two dates, both included. */
    within: list(object({ atLeast: integer(1, 366), from: date(), until: date() }), { min: 1, max: 20 }),
    /** So many at least in each period, from the one that begins on a date. */
    recurring: list(object({ atLeast: integer(1, 366), each: codes('period'), from: date() }), { min: 1, max: 20 }),
  },
)

const named = object({ names, commitment: token() })

/** Rungs and the whole minutes that each is given to answer. */
const rungs = list(object({ rung: codes('hotlineRung'), minutes: integer(1, 10_080) }), { min: 1, max: 4 })

const mechanism = object(
  { names, meetings: list(meetings, { min: 1, max: 20 }) },
  {
    /** Without a ladder, or without one for a level, the mechanism's own times hold. */
    hotline: object({ names, commitment: token() }, { ladder: object({}, { working: rungs, leadership: rungs }) }),
    review: named,
    /** The commitment by which leads are designated. */
    lead: named,
  },
)

const norms = object({ names, document: text(nameLengthMax), date: date(), commitment: token() })

/** `pack.yaml`, or `pack.json`. */
export const packSourceShape = object(
  {
    v: constant(1),
    id: token(),
    title: names,
    date: date(),
    languages: set(language(), languagesMax),
    parties: list(packParty, { min: 2, max: partiesMax }),
    texts: list(packText, { min: 1, max: textsMax }),
    commitments: list(commitment, { min: 1, max: commitmentsMax }),
    mechanism,
    /** Neutral witnesses whose cosignatures the agreement asks for. */
    witnesses: constant('none'),
  },
  {
    norms,
    /** What requests must say, by when they are answered, and on which calendars. */
    guidelines: guidelinesShape,
  },
)

export type PackSource = Infer<typeof packSourceShape>

/** A text of the agreement, with its words. */
export type PackText = Omit<PackSource['texts'][number], 'file'> & { readonly body: string }

export type Anchor = { readonly text: string; readonly selector: TextQuoteSelector }
export type Commitment = Omit<PackSource['commitments'][number], 'anchors'> & { readonly anchors: readonly Anchor[] }

/** A compiled pack: checked, with the words of its texts in it and no file names. Plain JSON. */
export type Pack = Omit<PackSource, 'texts' | 'commitments'> & {
  readonly texts: readonly PackText[]
  readonly commitments: readonly Commitment[]
}

/** The published JSON Schema of `pack.yaml` and `pack.json`. */
export function formatPackSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Parley agreement pack',
    description:
      'pack.yaml or pack.json of an agreement pack. The compiler also checks what a schema cannot say: that anchors are found once in their texts, that names are in every language, that ids exist and are not used twice.',
    ...formatJsonSchema(packSourceShape),
  }
}
