// Who answers for a contact point at a moment: its rota, its hours, its absences and who stands in. It reads a party's own
// statements and a moment that it is handed; every side computes the same. SPEC.md [DR] rules it.

import type { Code } from '../codes.ts'
import { holdsMinute, localTime } from './local-time.ts'
import type { Absence, Office, PartyDirectory } from './view.ts'

/** Who is to be found at one contact point. */
export interface Duty {
  /** The contact point that was asked for. */
  readonly contactPoint: string
  /**
   * `unknown`: its hours are in a zone whose offset the office does not state. `expired`: what was said of the office no
   * longer holds. `nobody`: everybody who could stand in is away.
   */
  readonly state: 'on-duty' | 'out-of-hours' | 'unknown' | 'expired' | 'nobody'
  /** The office that answers: the contact point or who stands in for it. */
  readonly office: string
  readonly position?: Code<'officePosition'>
  /** The absence by which another answers. */
  readonly absence?: string
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

/** Who is on duty at each of a party's contact points of a kind at a moment, in the order of the office codes. */
export function whoIsOnDuty(half: PartyDirectory, kind: Code<'contactKind'>, now: number): readonly Duty[] {
  return listContactPoints(half, kind).map((office) => dutyOf(half, office, now))
}

/** Who is on duty at one office at a moment. */
export function dutyOf(half: PartyDirectory, contactPoint: Office, now: number): Duty {
  const named = { contactPoint: contactPoint.office }
  let office = contactPoint
  let position: Duty['position']
  let absence: string | undefined
  // Each step goes to an office that was not asked before, so the way through the stand-ins ends.
  for (const asked = new Set([office.office]); ; asked.add(office.office)) {
    const away = half.absences.findLast(
      (one) => one.office === office.office && one.position === undefined && one.from <= now && now < one.until,
    )
    if (away === undefined) break
    absence = away.entry
    position = away.standInPosition
    const next = half.offices.find((one) => one.office === away.standIn)
    if (next === undefined || asked.has(next.office))
      return { ...named, state: 'nobody', office: office.office, absence }
    office = next
  }
  const found = rosterOf(office, now)
  const placed = placeOf(half, office, position ?? found.position, now)
  const away = placed.absence ?? absence
  return {
    ...named,
    state: found.state,
    office: placed.office ?? found.standIn ?? office.office,
    ...(placed.position === undefined ? {} : { position: placed.position }),
    ...(away === undefined ? {} : { absence: away }),
  }
}

function rosterOf(
  office: Office,
  now: number,
): { readonly state: Duty['state']; readonly position?: Code<'officePosition'>; readonly standIn?: string } {
  if (office.until !== undefined && office.until <= now) return { state: 'expired' }
  const exception = office.rota?.exceptions?.findLast(({ from, until }) => from <= now && now < until)
  if (exception !== undefined) {
    const { position, standIn } = exception
    return { state: 'on-duty', position, ...(standIn === undefined ? {} : { standIn }) }
  }
  const spans = office.rota?.weekly ?? office.hours
  if (spans === undefined) return { state: 'on-duty' }
  const local = localTime(office, now)
  if (local === undefined) return { state: 'unknown' }
  if (office.rota !== undefined) {
    const slot = office.rota.weekly.find((span) => holdsMinute(span, local))
    return slot === undefined ? { state: 'out-of-hours' } : { state: 'on-duty', position: slot.position }
  }
  return { state: spans.some((span) => holdsMinute(span, local)) ? 'on-duty' : 'out-of-hours' }
}

/** The holder of a position may be away alone; another office or position then has its place. */
function placeOf(
  half: PartyDirectory,
  { office }: Office,
  position: Duty['position'],
  now: number,
): { readonly position?: Duty['position']; readonly office?: string; readonly absence?: string } {
  if (position === undefined) return {}
  const away = half.absences.findLast(
    (one) => one.office === office && one.position === position && one.from <= now && now < one.until,
  )
  if (away === undefined) return { position }
  return { office: away.standIn, position: away.standInPosition ?? position, absence: away.entry }
}

/** Whether a party has let the time pass by which it was to look at its profile again. */
export function isReviewOverdue({ profile }: PartyDirectory, now: number): boolean {
  return profile !== undefined && profile.reviewBy <= now
}
