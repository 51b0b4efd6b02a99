// The types of the directory's entries and the shapes of their data. An office has a code; names, numbers and addresses of
// people are in the bodies.

import type { Act } from '../act.ts'
import { codes, digest, integer, language, list, moment, object, set, token, zone, type Infer } from '../shape.ts'
import type { EntryType } from '../topic.ts'

const languagesMax = 8
const minutesInDay = 1440
const offsetsMax = 40
/** No zone has ever been further from UTC. */
const offsetMinutesMax = 14 * 60
const officialsMax = 16
const officialIdLength = 32

/** Daily hours in the office's own time zone, in minutes after midnight; `until` at or below `from` is the next day. */
const daily = { days: set(integer(1, 7), 7), from: integer(0, minutesInDay - 1), until: integer(1, minutesInDay) }

/** From a moment on, the office's clocks show so many minutes more than UTC. */
const offset = object({ from: moment(), minutes: integer(-offsetMinutesMax, offsetMinutesMax) })

const office = [
  {
    office: token(),
    kind: codes('officeKind'),
    designations: set(codes('designation'), 5),
    timeZone: zone(),
    languages: set(language(), languagesMax),
  },
  {
    /** The agency of the pack that the office belongs to. */
    agency: token(),
    /** Another office of the same party. */
    parent: token(),
    contact: set(codes('contactKind'), 4),
    hours: list(object(daily), { min: 1, max: 7 }),
    /** What the zone's name means, in the order of time, so that no side asks its own machine. */
    offsets: list(offset, { min: 1, max: offsetsMax }),
    /** The officials of the governance log whose keys approve for this office, by their pseudonymous ids. */
    officials: set(token(officialIdLength), officialsMax),
    /** The moment from which what is said here no longer holds, unless it is said again. */
    until: moment(),
  },
] as const

const absence = [
  { office: token(), from: moment(), until: moment(), standIn: token(), ground: codes('absenceGround') },
  { position: codes('officePosition'), standInPosition: codes('officePosition') },
] as const

const rota = [
  {
    office: token(),
    /** Who is on duty in each week. An empty list ends the rota. */
    weekly: list(object({ position: codes('officePosition'), ...daily }), { max: 21 }),
  },
  {
    /** What differs from the week; where exceptions overlap, the later in the list counts. */
    exceptions: list(
      object({ from: moment(), until: moment(), position: codes('officePosition') }, { standIn: token() }),
      { min: 1, max: 50 },
    ),
  },
] as const

const profile = [
  {
    /** The authorities by their offices, with what each is competent for. */
    authorities: list(object({ office: token(), competence: codes('competence') }), { min: 1, max: 20 }),
    /** Ways by which requests may come, the preferred one first. */
    channels: set(codes('channelKind'), 8),
    languages: set(language(), languagesMax),
    dualCriminality: codes('dualCriminality'),
    /** By when the party itself says that it will have looked at the profile again. */
    reviewBy: moment(),
  },
  {
    formalities: set(codes('formality'), 4),
    useLimits: set(codes('condition'), 5),
    reservations: set(codes('reservation'), 6),
  },
] as const

export const directoryShapes = {
  'directory.designated': object(...office),
  'directory.amended': object(...office),
  'directory.ended': object({ office: token(), ground: codes('officeEndGround') }),
  'directory.appointed': object({ office: token(), position: codes('officePosition') }),
  'directory.vacated': object({ office: token(), position: codes('officePosition') }),
  'directory.absent': object(...absence),
  'directory.returned': object({ absence: digest() }),
  'directory.rostered': object(...rota),
  'directory.profiled': object(...profile),
  'directory.reviewed': object({ reviewBy: moment() }),
} as const

export type DirectoryType = keyof typeof directoryShapes
export type DirectoryData<T extends DirectoryType> = Infer<(typeof directoryShapes)[T]>
/** An act of the directory, its data typed by its type. */
export type DirectoryAct = {
  [T in DirectoryType]: Act & { readonly type: T; readonly data: DirectoryData<T> }
}[DirectoryType]
export type DirectoryIntent = {
  [T in DirectoryType]: { readonly type: T; readonly data: DirectoryData<T> }
}[DirectoryType]

export function isDirectoryAct(act: Act): act is DirectoryAct {
  return Object.hasOwn(directoryShapes, act.type)
}

const demand = { count: 1, roles: ['policy', 'liaison', 'administrator', 'operator'] } as const

export const directoryTypes: readonly EntryType[] = Object.entries(directoryShapes).map(([type, shape]) => ({
  type,
  place: 'standing',
  shape,
  demand,
  // Who was appointed is a person's name and stands in the body.
  body: type === 'directory.appointed' ? 'required' : 'optional',
}))
