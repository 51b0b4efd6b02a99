// What a person's roles open on the pages of evidence. The node decides; this only leaves out what would be refused.

import type { SessionView } from '@parley/api'

type Grants = SessionView['grants']

const uploaders: ReadonlySet<string> = new Set(['duty', 'liaison', 'releasing', 'operator'])

/** Whether files may be added in the channel. */
export function addsEvidence(grants: Grants, channel: string): boolean {
  return grants.some((grant) => uploaders.has(grant.role) && (grant.channel === null || grant.channel === channel))
}

const takers: ReadonlySet<string> = new Set(['liaison', 'releasing', 'operator'])

/** Whether files are handed out to this person. */
export function takesEvidence(grants: Grants, channel: string): boolean {
  return grants.some((grant) => takers.has(grant.role) && (grant.channel === null || grant.channel === channel))
}
