// An act of the directory that was begun beside what it is about, and what its form then begins with: what stands.

import type { Absence, Office, Profile } from '@parley/mechanism'
import type { Json } from '../requests/act-draft.ts'

type Values = Readonly<Record<string, Json>>

export interface Begun {
  readonly type: string
  readonly about?: string
  /** What the person may change, and what not. */
  readonly suggested?: Values
  readonly fixed?: Values
}

const yearMilliseconds = 365 * 86_400_000

/** What is said of an office, to be said again with a change. */
export function beginAmendment({ entry: _entry, holders: _holders, rota: _rota, ...said }: Office): Begun {
  return { type: 'directory.amended', about: said.office, suggested: said as unknown as Values }
}

/** The week of an office's rota; one officer around the clock where there is none yet. */
export function beginRota({ office, rota }: Office): Begun {
  const standing = rota ?? { weekly: [{ position: 'duty-officer', days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 1440 }] }
  const { entry: _entry, ...said } = { entry: '', ...standing }
  return { type: 'directory.rostered', about: office, fixed: { office }, suggested: said as unknown as Values }
}

export function beginProfile(profile: Profile | undefined, now: number): Begun {
  const { entry: _entry, reviewed: _reviewed, ...said } = { entry: '', reviewed: '', ...profile }
  const reviewBy = now + yearMilliseconds
  return { type: 'directory.profiled', suggested: { ...(said as unknown as Values), reviewBy } }
}

/** The profile stands for another year. */
export function beginReview(now: number): Begun {
  return { type: 'directory.reviewed', suggested: { reviewBy: now + yearMilliseconds } }
}

export function beginReturn({ entry }: Absence): Begun {
  return { type: 'directory.returned', about: entry, fixed: { absence: entry } }
}
