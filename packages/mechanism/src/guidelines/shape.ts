// What guidelines look like in a pack: what each kind of request must say, by when each step is due, on which calendars,
// and on what grounds a request may be turned down. Each value names its source and says whether it is a default of
// those who wrote the pack and not agreed by the parties. SPEC.md [GL] rules it.

import { codeLists, type Code } from '../codes.ts'
import {
  boolean,
  codes,
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
  zone,
} from '../shape.ts'
import type { Infer } from '../shape.ts'

const languagesMax = 8
const partiesMax = 200
const minutesOfDay = 24 * 60
const minutesAheadMax = 14 * 60
const holidaysMax = 1000
const yearsMax = 50

/** Where a value comes from: the id of one of the sources, and whether it is a default that no party has agreed to. */
const origin = { source: token(), default: boolean() } as const

/** So much time. Days and hours are of the calendar unless they say that they are of working time. */
const spanFields = { count: integer(1, 9999), unit: codes('spanUnit') } as const
const span = object(spanFields)
const target = object({ ...spanFields, ...origin })

const targets = object(
  {},
  {
    acknowledgement: target,
    triage: target,
    decision: target,
    'first-answer': target,
    'final-answer': target,
    clarification: target,
  },
)

const refusalGrounds = object({ grounds: set(codes('refusalGround'), codeLists.refusalGround.length), ...origin })
const postponementGrounds = object({
  grounds: set(codes('postponementGround'), codeLists.postponementGround.length),
  ...origin,
})
const particulars = set(codes('particular'), codeLists.particular.length)

const kind = object(
  {
    kind: codes('requestKind'),
    /** The particulars without which a request of this kind is incomplete. */
    required: particulars,
    /** What it may be to an earlier request. */
    relations: set(codes('relation'), codeLists.relation.length),
    ...origin,
  },
  {
    /** Particulars that help and may be left out. */
    welcome: particulars,
    /** In place of the targets of its urgency, one by one. */
    targets,
    /** In place of the grounds for every kind. */
    refusal: refusalGrounds,
    postponement: postponementGrounds,
  },
)

/** Where in a year the clocks change: on the n-th weekday of a month (5 is the last), counted in minutes from
 * the beginning of that date in UTC; a change at night may come before it. */
const change = object({
  month: integer(1, 12),
  week: integer(1, 5),
  /** 1 is Monday, 7 is Sunday. */
  weekday: integer(1, 7),
  minute: integer(-minutesOfDay, 2 * minutesOfDay),
})

const calendar = object(
  {
    party: party(),
    /** The IANA name, for people. What is computed follows from the offsets, which are the same on every machine. */
    zone: zone(),
    /** Minutes that the clocks are ahead of UTC outside summer time. */
    ahead: integer(-minutesAheadMax, minutesAheadMax),
    /** Days on which people work, 1 is Monday. */
    weekdays: list(integer(1, 7), { min: 1, max: 7, unique: true }),
    /** When they work on such a day, in minutes after local midnight, in their order. */
    hours: list(object({ from: integer(0, minutesOfDay), until: integer(0, minutesOfDay) }), { min: 1, max: 4 }),
    ...origin,
  },
  {
    /** From `begins` to `ends` of each year the clocks are ahead so much. */
    summer: object({ ahead: integer(-minutesAheadMax, minutesAheadMax), begins: change, ends: change }),
    /** Of which years the holidays and extra days of work are told, and by which source; of others nothing is known. */
    years: list(object({ year: integer(1970, 9999), ...origin }), { min: 1, max: yearsMax }),
    holidays: list(object({ date: date(), names: record(language(), text(200), { min: 1, max: languagesMax }) }), {
      min: 1,
      max: holidaysMax,
    }),
    /** Days on which people work although the rest of the calendar says that they do not. */
    extraWorkdays: list(date(), { min: 1, max: holidaysMax, unique: true }),
  },
)

export const guidelinesShape = object({
  /** What the values come from, in words. */
  sources: list(object({ id: token(), words: text(1000) }), { min: 1, max: 64 }),
  /** The highest marking that may travel in a channel of the agreement. */
  ceiling: object({ handling: codes('handling'), ...origin }),
  urgencies: list(object({ urgency: codes('urgency'), targets }), { min: 1, max: codeLists.urgency.length }),
  kinds: list(kind, { min: 1, max: codeLists.requestKind.length }),
  /** What the clocks stand still for, because the asking side owes something, and which do. */
  pauses: object({
    while: set(codes('pauseGround'), codeLists.pauseGround.length),
    stops: set(codes('clock'), codeLists.clock.length),
    ...origin,
  }),
  /** How often the requested side may put off its answers, by how much in all, and whether the asking side must agree. */
  extension: object({ times: integer(0, 99), atMost: span, agreement: boolean(), ...origin }),
  preservation: object({
    period: span,
    renewal: span,
    /** Days before the end at which the asking side is warned, the first warning first. */
    alarmDays: list(integer(1, 365), { min: 1, max: 8, unique: true }),
    ...origin,
  }),
  refusal: refusalGrounds,
  postponement: postponementGrounds,
  criteria: object({ criteria: set(codes('criterion'), codeLists.criterion.length), ...origin }),
  calendars: list(calendar, { min: 1, max: partiesMax }),
})

export type Guidelines = Infer<typeof guidelinesShape>
export type Span = Infer<typeof span>
export type Targets = Infer<typeof targets>
export type Target = Infer<typeof target>
export type Calendar = Infer<typeof calendar>
/** What working time is computed from. */
export type WorkingCalendar = Omit<Calendar, 'party' | 'source' | 'default'>
export type ClockChange = Infer<typeof change>
export type KindGuideline = Infer<typeof kind>
export type TargetName = keyof Targets & Code<'clock'>
