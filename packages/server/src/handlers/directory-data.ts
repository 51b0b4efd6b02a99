// The least data of an act of the directory, for the question whether it is open at all: it names what the party's own half
// holds, because most acts are about an office or an absence that must be there.

import { viewSubject } from '@parley/mechanism'
import type { Act, PartyDirectory } from '@parley/mechanism'
import { atMillisecondsMax } from '@parley/record'
import type { CanonicalObject } from '@parley/record'

/** A name for what is not there; no office of a half that is asked about has it. */
const nowhere = 'no-office'

/** What to try for a type, or undefined for types of other topics. Never empty. */
export function listDirectoryData(
  type: string,
  self: string,
  acts: readonly Act[],
): readonly CanonicalObject[] | undefined {
  if (!type.startsWith('directory.')) return undefined
  const half = viewHalfOf(self, acts)
  const offices = half?.offices ?? []
  const [first] = offices
  const office = first?.office ?? nowhere
  switch (type) {
    case 'directory.designated':
      return [leastOffice(nowhere)]
    case 'directory.amended':
      return [leastOffice(office)]
    case 'directory.ended':
      return [{ office, ground: 'merged' }]
    case 'directory.appointed':
      return [{ office, position: 'head' }]
    case 'directory.vacated': {
      const held = offices.flatMap((one) => one.holders.map(({ position }) => ({ office: one.office, position })))
      return held.length === 0 ? [{ office, position: 'head' }] : held
    }
    case 'directory.absent': {
      const standIn = offices[1]?.office ?? office
      return [{ office, position: 'head', from: 0, until: atMillisecondsMax, standIn, ground: 'leave' }]
    }
    case 'directory.returned':
      return [{ absence: half?.absences[0]?.entry ?? '0'.repeat(64) }]
    case 'directory.rostered':
      return [{ office, weekly: [] }]
    case 'directory.profiled':
      return [{ authorities: [], channels: ['parley'], languages: ['en'], dualCriminality: 'required', reviewBy: 0 }]
    default:
      return [{ reviewBy: 0 }]
  }
}

function viewHalfOf(self: string, acts: readonly Act[]): PartyDirectory | undefined {
  const viewed = viewSubject('directory', acts, [self])
  return viewed.topic === 'directory' ? viewed.state.parties.find(({ party }) => party === self) : undefined
}

function leastOffice(office: string): CanonicalObject {
  return { office, kind: 'agency', designations: ['member-agency'], timeZone: 'UTC', languages: ['en'] }
}
