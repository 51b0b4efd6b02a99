// People's official keys in our governance log, and where those people use their passkeys. The log must name the place before
// an approval made there can be verified by anybody.

import { relyingPartyAt } from '@parley/record'
import type { CanonicalObject, Enrolment, RelyingParty } from '@parley/record'
import type { ParleyNode } from '../node.ts'
import { recordGovernance } from './govern.ts'
import { retireOperatorKey } from './machine-key.ts'

/**
 * Records that a key is an official's. The first time, and when the console has moved, it records before that where passkeys
 * are used; when people can release without it by now, the operator's key ends.
 *
 * @throws ServerError as `recordGovernance`
 */
export async function enrolOfficial(node: ParleyNode, enrolment: Enrolment, site: RelyingParty): Promise<void> {
  await nameRelyingParty(node, site)
  await recordGovernance(node, 'official.enrolled', enrolment as unknown as CanonicalObject)
  await retireOperatorKey(node)
}

/** @throws ServerError as `recordGovernance` */
export async function revokeOfficial(node: ParleyNode, official: string): Promise<void> {
  await recordGovernance(node, 'official.revoked', { official })
}

/**
 * Sees to it that our governance log names these ids and origins as the places of passkeys. What was approved at others
 * before stays as it was judged: an approval is verified by the log as it stood then.
 *
 * @throws ServerError as `recordGovernance`
 */
export async function nameRelyingParty(node: ParleyNode, site: RelyingParty): Promise<void> {
  const { registry } = node
  const governance = registry.governance(registry.self)
  const named = relyingPartyAt(governance, governance.size)
  const isNamed =
    site.ids.every((id) => named.ids.includes(id)) && site.origins.every((origin) => named.origins.includes(origin))
  if (isNamed) return
  await recordGovernance(node, 'address.amended', {
    address: registry.address(registry.self),
    relyingParty: { ids: site.ids.toSorted(), origins: site.origins.toSorted() },
  })
}
