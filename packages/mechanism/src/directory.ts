// The directory: each party's offices, what they are designated to be, how they are reached, who is away and who stands
// in. An office has a code; names, numbers and addresses of people are in the bodies. SPEC.md [DR] rules it.

import { orderActs, type Act } from './act.ts'
import { codes, digest, integer, language, list, moment, object, set, token, zone, type Infer } from './shape.ts'
import type { EntryType, Intent, Known, Topic } from './topic.ts'
import type { Code } from './codes.ts'

export const officesMax = 200
const languagesMax = 8
const minutesInDay = 1440

/** Daily hours in the office's own time zone, in minutes after midnight; `until` at or below `from` is the next day. */
const hours = object({
  days: set(integer(1, 7), 7),
  from: integer(0, minutesInDay - 1),
  until: integer(1, minutesInDay),
})

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
    hours: list(hours, { min: 1, max: 7 }),
  },
] as const

const absence = [
  { office: token(), from: moment(), until: moment(), standIn: token(), ground: codes('absenceGround') },
  { position: codes('officePosition'), standInPosition: codes('officePosition') },
] as const

const shapes = {
  'directory.designated': object(...office),
  'directory.amended': object(...office),
  'directory.ended': object({ office: token(), ground: codes('officeEndGround') }),
  'directory.appointed': object({ office: token(), position: codes('officePosition') }),
  'directory.vacated': object({ office: token(), position: codes('officePosition') }),
  'directory.absent': object(...absence),
  'directory.returned': object({ absence: digest() }),
} as const

export type DirectoryType = keyof typeof shapes
type Data<T extends keyof typeof shapes> = Infer<(typeof shapes)[T]>
type DirectoryAct = {
  [T in keyof typeof shapes]: Act & { readonly type: T; readonly data: Data<T> }
}[keyof typeof shapes]

type DirectoryIntent = { [T in keyof typeof shapes]: { readonly type: T; readonly data: Data<T> } }[keyof typeof shapes]

const demand = { count: 1, roles: ['policy', 'liaison', 'administrator', 'operator'] } as const

const types: readonly EntryType[] = Object.entries(shapes).map(([type, shape]) => ({
  type,
  place: 'standing',
  shape,
  demand,
  // Who was appointed is a person's name and stands in the body.
  body: type === 'directory.appointed' ? 'required' : 'optional',
}))

export type DirectoryRefusal =
  | 'directory.office-exists'
  | 'directory.office-unknown'
  | 'directory.offices-max'
  | 'directory.lead-exists'
  | 'directory.parent-unknown'
  | 'directory.parent-circle'
  | 'directory.contact-missing'
  | 'directory.position-unknown'
  | 'directory.absence-empty'
  | 'directory.absence-unknown'
  | 'directory.stand-in-unknown'
  | 'directory.stand-in-self'

/** Who holds a position: the entry whose body names the person. */
export type Holder = { readonly position: Code<'officePosition'>; readonly entry: string }

export type Office = Data<'directory.designated'> & {
  /** The designation, or the latest amendment. */
  readonly entry: string
  /** Sorted by position. */
  readonly holders: readonly Holder[]
}

/** An absence that was neither ended nor overtaken by the end of its office. */
export type Absence = Data<'directory.absent'> & { readonly entry: string }

export type PartyDirectory = {
  readonly party: string
  /** Sorted by office code. */
  readonly offices: readonly Office[]
  /** In the order in which they were announced. */
  readonly absences: readonly Absence[]
  /** The office code of the ministerial lead. */
  readonly lead?: string
}

/** One directory for each party of the channel, sorted by party. */
export type DirectoryState = { readonly parties: readonly PartyDirectory[] }

function isDirectoryAct(act: Act): act is DirectoryAct {
  return Object.hasOwn(shapes, act.type)
}

function viewDirectory(acts: readonly Act[], parties: readonly string[]): DirectoryState {
  const halves = new Map([...parties].sort().map((party) => [party, [] as DirectoryAct[]]))
  for (const act of orderActs(acts)) if (isDirectoryAct(act)) halves.get(act.party)?.push(act)
  return { parties: [...halves].map(([party, half]) => viewHalf(party, half)) }
}

function viewHalf(party: string, acts: readonly DirectoryAct[]): PartyDirectory {
  const offices = new Map<string, Office>()
  const absences = new Map<string, Absence>()
  for (const act of acts) applyDirectory(offices, absences, act)
  const sorted = [...offices.values()].sort((a, b) => (a.office < b.office ? -1 : 1))
  const lead = sorted.find(({ designations }) => designations.includes('lead'))
  return {
    party,
    offices: sorted,
    absences: [...absences.values()],
    ...(lead === undefined ? {} : { lead: lead.office }),
  }
}

function applyDirectory(offices: Map<string, Office>, absences: Map<string, Absence>, act: DirectoryAct): void {
  switch (act.type) {
    case 'directory.designated':
    case 'directory.amended':
      offices.set(act.data.office, {
        ...act.data,
        entry: act.digest,
        holders: offices.get(act.data.office)?.holders ?? [],
      })
      return
    case 'directory.ended':
      offices.delete(act.data.office)
      for (const [entry, { office, standIn }] of absences) {
        if (office === act.data.office || standIn === act.data.office) absences.delete(entry)
      }
      return
    case 'directory.appointed':
    case 'directory.vacated': {
      const { office, position } = act.data
      const before = offices.get(office)
      if (before === undefined) return
      const others = before.holders.filter((holder) => holder.position !== position)
      const holders = act.type === 'directory.vacated' ? others : [...others, { position, entry: act.digest }]
      offices.set(office, { ...before, holders: holders.sort((a, b) => (a.position < b.position ? -1 : 1)) })
      return
    }
    case 'directory.absent':
      absences.set(act.digest, { ...act.data, entry: act.digest })
      return
    case 'directory.returned':
      absences.delete(act.data.absence)
      return
  }
}

function mayEnter(intent: Intent, known: Known): DirectoryRefusal | undefined {
  const own = known.subject.filter((act) => act.party === intent.party)
  const half = viewHalf(intent.party, orderActs(own).filter(isDirectoryAct))
  const act = intent as unknown as DirectoryIntent
  const find = (code: string) => half.offices.find(({ office }) => office === code)
  switch (act.type) {
    case 'directory.designated':
      if (find(act.data.office) !== undefined) return 'directory.office-exists'
      if (half.offices.length >= officesMax) return 'directory.offices-max'
      return refuseOffice(act.data, half)
    case 'directory.amended':
      return find(act.data.office) === undefined ? 'directory.office-unknown' : refuseOffice(act.data, half)
    case 'directory.ended':
    case 'directory.appointed':
      return find(act.data.office) === undefined ? 'directory.office-unknown' : undefined
    case 'directory.vacated': {
      const held = find(act.data.office)
      if (held === undefined) return 'directory.office-unknown'
      const { position } = act.data
      return held.holders.some((holder) => holder.position === position) ? undefined : 'directory.position-unknown'
    }
    case 'directory.absent':
      if (find(act.data.office) === undefined) return 'directory.office-unknown'
      if (act.data.until <= act.data.from) return 'directory.absence-empty'
      if (find(act.data.standIn) === undefined) return 'directory.stand-in-unknown'
      return act.data.standIn === act.data.office && act.data.standInPosition === act.data.position
        ? 'directory.stand-in-self'
        : undefined
    case 'directory.returned': {
      const { absence } = act.data
      return half.absences.some(({ entry }) => entry === absence) ? undefined : 'directory.absence-unknown'
    }
  }
}

function refuseOffice(data: Data<'directory.designated'>, half: PartyDirectory): DirectoryRefusal | undefined {
  if (data.designations.includes('lead') && half.lead !== undefined && half.lead !== data.office) {
    return 'directory.lead-exists'
  }
  const refusal = data.parent === undefined ? undefined : refuseParent(data.office, data.parent, half)
  if (refusal !== undefined) return refusal
  // A contact point that cannot be told how it is reached is none.
  if (data.designations.includes('contact-point') && data.contact === undefined) return 'directory.contact-missing'
  return undefined
}

function refuseParent(office: string, parent: string, half: PartyDirectory): DirectoryRefusal | undefined {
  const parents = new Map(half.offices.map((other) => [other.office, other.parent]))
  if (parent !== office && !parents.has(parent)) return 'directory.parent-unknown'
  // No circle is ever let in, so the way up ends.
  for (let above: string | undefined = parent; above !== undefined; above = parents.get(above)) {
    if (above === office) return 'directory.parent-circle'
  }
  return undefined
}

/** Who stands in for an office at a moment (milliseconds since 1970 UTC): the absence announced last, or undefined. */
export function findStandIn(half: PartyDirectory, office: string, now: number): Absence | undefined {
  return half.absences.findLast((away) => away.office === office && away.from <= now && now < away.until)
}

/** The offices of a party that are contact points of this kind, sorted by office code. */
export function listContactPoints(half: PartyDirectory, kind: Code<'contactKind'>): readonly Office[] {
  return half.offices.filter(({ designations, contact }) => {
    return designations.includes('contact-point') && contact?.includes(kind) === true
  })
}

export const directoryTopic: Topic<DirectoryState, DirectoryRefusal> = {
  name: 'directory',
  standing: 'directory',
  types,
  may: mayEnter,
  view: viewDirectory,
}
