// Verifies the approvals of entries before their turn comes, so that the reading, which goes one by one, finds them
// verified. It decides nothing: the verdict asks again and gets the remembered answer, or does without.

import { officialsAt, relyingPartyAt, verifyApprovals } from '@parley/record'
import type { GovernanceState } from '@parley/record'
import type { Leaf } from './leaf.ts'

const nobodyDemanded = { count: 0, roles: [] }

/**
 * Verifies what the entry says by the officials that its author has now, mostly those it had then. Resolves when all is
 * verified, whatever came out.
 */
export async function foreseeApprovals(governance: GovernanceState, { crypto, parsed }: Leaf): Promise<void> {
  if (parsed === undefined) return
  const { digest, entry } = parsed
  const officials = officialsAt(governance, governance.size)
  const known = entry.approvals.filter(({ official }) => officials.has(official))
  const relyingParty = relyingPartyAt(governance, governance.size)
  const part = { ...entry, approvals: known }
  // What fails here fails again when it is judged, and there it counts.
  await verifyApprovals(crypto, part, nobodyDemanded, officials, relyingParty, digest).catch(() => undefined)
}
