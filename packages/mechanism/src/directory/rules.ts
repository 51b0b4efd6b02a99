// What a party may say in its half of the directory, and the reason when it may not. SPEC.md [DR] rules it.

import type { Intent, Known } from '../topic.ts'
import type { DirectoryData, DirectoryIntent } from './shapes.ts'
import { viewHalf, type PartyDirectory } from './view.ts'

export const officesMax = 200

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
  | 'directory.exception-empty'
  | 'directory.offsets-unordered'
  | 'directory.profile-missing'

/** Why this may not be entered, or undefined. The data has the shape of its type. */
export function mayEnter(intent: Intent, known: Known): DirectoryRefusal | undefined {
  const own = known.subject.filter((act) => act.party === intent.party)
  const half = viewHalf(intent.party, own)
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
    case 'directory.rostered': {
      const { exceptions = [], office } = act.data
      if (find(office) === undefined) return 'directory.office-unknown'
      if (exceptions.some(({ from, until }) => until <= from)) return 'directory.exception-empty'
      return exceptions.every(({ standIn }) => standIn === undefined || find(standIn) !== undefined)
        ? undefined
        : 'directory.stand-in-unknown'
    }
    case 'directory.profiled':
      return act.data.authorities.every(({ office }) => find(office) !== undefined)
        ? undefined
        : 'directory.office-unknown'
    case 'directory.reviewed':
      return half.profile === undefined ? 'directory.profile-missing' : undefined
    case 'directory.returned': {
      const { absence } = act.data
      return half.absences.some(({ entry }) => entry === absence) ? undefined : 'directory.absence-unknown'
    }
  }
}

function refuseOffice(data: DirectoryData<'directory.designated'>, half: PartyDirectory): DirectoryRefusal | undefined {
  if (data.designations.includes('lead') && half.lead !== undefined && half.lead !== data.office) {
    return 'directory.lead-exists'
  }
  const refusal = data.parent === undefined ? undefined : refuseParent(data.office, data.parent, half)
  if (refusal !== undefined) return refusal
  // A contact point that cannot be told how it is reached is none.
  if (data.designations.includes('contact-point') && data.contact === undefined) return 'directory.contact-missing'
  // A zone whose rules run backwards would be read otherwise by whoever reads it from the other end.
  const offsets = data.offsets ?? []
  return offsets.every(({ from }, i) => i === 0 || offsets[i - 1]!.from < from)
    ? undefined
    : 'directory.offsets-unordered'
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
