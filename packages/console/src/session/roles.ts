// What a person's roles open in the console. The node decides; this only leaves out what would be refused.

import { readerRoles } from '@parley/api'
import type { SessionView } from '@parley/api'

type Grants = SessionView['grants']

export function readsCases(grants: Grants): boolean {
  return grants.some(({ role }) => (readerRoles as readonly string[]).includes(role))
}

/** Whether the page of people is theirs to see. */
export function managesPeople(grants: Grants): boolean {
  return grants.some(({ channel, role }) => channel === null && ['administrator', 'auditor', 'operator'].includes(role))
}

/** Whether they may let texts of a case leave for people outside. */
export function mayDisclose(grants: Grants, channel: string): boolean {
  return grants.some(
    ({ channel: held, role }) => (held === null || held === channel) && (role === 'releasing' || role === 'operator'),
  )
}

/** Whether they may decide, with a second person, to go on without a party that does not answer. */
export function mayOverride(grants: Grants): boolean {
  return grants.some(
    ({ channel, role }) => channel === null && ['administrator', 'cochair', 'releasing', 'operator'].includes(role),
  )
}
