// Who may approve and when something may leave, as pure rules over people and roles. They know no keys and no store; the
// store keeps the first two of them as a constraint besides.

import type { Demand } from '@parley/mechanism'
import type { ReleaseErrorCode } from './error.ts'

/** One official's decision, and whose key it was. */
export interface Decision {
  readonly person: string
  readonly official: string
  readonly roles: readonly string[]
}

export interface Waiting {
  /** Who wrote it and so may not approve it. */
  readonly authors: readonly string[]
  readonly approvals: readonly Decision[]
}

/** The authors that a demand keeps from approving: none where one may decide alone. */
export function excludedAuthors(demand: Demand, authors: readonly string[]): readonly string[] {
  return demand.alone === true ? [] : authors
}

/** Why this decision may not be added, or undefined when it may. */
export function ruleApprove(waiting: Waiting, demand: Demand, decision: Decision): ReleaseErrorCode | undefined {
  if (waiting.authors.includes(decision.person)) return 'release.author'
  const taken = waiting.approvals.some(
    ({ official, person }) => person === decision.person || official === decision.official,
  )
  if (taken) return 'release.twice'
  return decision.roles.some((role) => (demand.roles as readonly string[]).includes(role)) ? undefined : 'release.role'
}

/** How many more people of a demanded role must approve. `inForce` says whether an official still is one now. */
export function countMissing(waiting: Waiting, demand: Demand, inForce: (official: string) => boolean): number {
  const people = new Set(
    waiting.approvals
      .filter(({ official, person, roles }) => {
        const entitled = roles.some((role) => (demand.roles as readonly string[]).includes(role))
        return entitled && inForce(official) && !waiting.authors.includes(person)
      })
      .map(({ person }) => person),
  )
  return Math.max(0, demand.count - people.size)
}

/** Why it may not leave, or undefined when it may. */
export function ruleRelease(
  waiting: Waiting,
  demand: Demand,
  facts: {
    readonly inForce: (official: string) => boolean
    readonly stale: boolean
    /** Whether its marking is above what the channel may carry, by what is in force by now. */
    readonly aboveCeiling: boolean
  },
): ReleaseErrorCode | undefined {
  // An approval of somebody who is no official any more would still be valid by what the entry has seen.
  if (waiting.approvals.some(({ official }) => !facts.inForce(official))) return 'release.revoked'
  if (facts.aboveCeiling) return 'release.above-ceiling'
  if (countMissing(waiting, demand, facts.inForce) > 0) return 'release.short'
  return facts.stale ? 'release.stale' : undefined
}
