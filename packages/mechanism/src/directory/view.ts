// The state of the directory: one half for each party, from its own acts. SPEC.md [DR] rules it. It knows no clock.

import { orderActs, type Act } from '../act.ts'
import type { Code } from '../codes.ts'
import { isDirectoryAct, type DirectoryAct, type DirectoryData } from './shapes.ts'

/** Who holds a position: the entry whose body names the person. */
export type Holder = { readonly position: Code<'officePosition'>; readonly entry: string }

/** Who is on duty when, as last said. */
export type Rota = Omit<DirectoryData<'directory.rostered'>, 'office'> & { readonly entry: string }

export type Office = DirectoryData<'directory.designated'> & {
  /** The designation, or the latest amendment. */
  readonly entry: string
  /** Sorted by position. */
  readonly holders: readonly Holder[]
  readonly rota?: Rota
}

/** An absence that was neither ended nor overtaken by the end of its office. */
export type Absence = DirectoryData<'directory.absent'> & { readonly entry: string }

/** How a party wants to be asked. `reviewBy` is that of the latest review. */
export type Profile = DirectoryData<'directory.profiled'> & {
  readonly entry: string
  readonly reviewed?: string
}

export type PartyDirectory = {
  readonly party: string
  /** Sorted by office code. */
  readonly offices: readonly Office[]
  /** In the order in which they were announced. */
  readonly absences: readonly Absence[]
  /** The office code of the ministerial lead. */
  readonly lead?: string
  readonly profile?: Profile
}

/** One directory for each party of the channel, sorted by party. */
export type DirectoryState = { readonly parties: readonly PartyDirectory[] }

/** The directory from its valid acts in any order. Acts of other topics are passed over. */
export function viewDirectory(acts: readonly Act[], parties: readonly string[]): DirectoryState {
  const halves = new Map([...parties].sort().map((party) => [party, [] as Act[]]))
  for (const act of acts) halves.get(act.party)?.push(act)
  return { parties: [...halves].map(([party, half]) => viewHalf(party, half)) }
}

/** One party's half, from its own acts. */
export function viewHalf(party: string, acts: readonly Act[]): PartyDirectory {
  const offices = new Map<string, Office>()
  const absences = new Map<string, Absence>()
  const own = orderActs(acts).filter(isDirectoryAct)
  for (const act of own) applyDirectory(offices, absences, act)
  const sorted = [...offices.values()].sort((a, b) => (a.office < b.office ? -1 : 1))
  const lead = sorted.find(({ designations }) => designations.includes('lead'))
  const profile = viewProfile(own)
  return {
    party,
    offices: sorted,
    absences: [...absences.values()],
    ...(lead === undefined ? {} : { lead: lead.office }),
    ...(profile === undefined ? {} : { profile }),
  }
}

function viewProfile(acts: readonly DirectoryAct[]): Profile | undefined {
  let profile: Profile | undefined
  for (const act of acts) {
    if (act.type === 'directory.profiled') profile = { ...act.data, entry: act.digest }
    else if (act.type === 'directory.reviewed' && profile !== undefined) {
      profile = { ...profile, reviewBy: act.data.reviewBy, reviewed: act.digest }
    }
  }
  return profile
}

function applyDirectory(offices: Map<string, Office>, absences: Map<string, Absence>, act: DirectoryAct): void {
  switch (act.type) {
    case 'directory.designated':
    case 'directory.amended':
      offices.set(act.data.office, {
        ...act.data,
        entry: act.digest,
        holders: offices.get(act.data.office)?.holders ?? [],
        ...rotaOf(offices.get(act.data.office)),
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
    case 'directory.rostered': {
      const { office, ...said } = act.data
      const before = offices.get(office)
      if (before === undefined) return
      const { rota: _replaced, ...bare } = before
      offices.set(office, said.weekly.length === 0 ? bare : { ...bare, rota: { ...said, entry: act.digest } })
      return
    }
    case 'directory.absent':
      absences.set(act.digest, { ...act.data, entry: act.digest })
      return
    case 'directory.returned':
      absences.delete(act.data.absence)
      return
    case 'directory.profiled':
    case 'directory.reviewed':
      return
  }
}

function rotaOf(office: Office | undefined): { readonly rota?: Rota } {
  return office?.rota === undefined ? {} : { rota: office.rota }
}
