// Which officials of our governance log a person is, and whose key a passkey is there: what an approval by passkey needs.

import { officialsAt, parseBase64 } from '@parley/record'
import type { GovernanceState, KeyAlgorithm, OfficialRole } from '@parley/record'
import { listStoredOfficials } from '../db/officials.ts'
import type { Reader } from '../db/statement.ts'

/** An official's key in force that belongs to a person. */
export interface PersonOfficial {
  readonly account: string
  readonly official: string
  readonly algorithm: KeyAlgorithm
  /** The public key, as its algorithm spells it. */
  readonly key: Uint8Array
  /** As the governance log says. */
  readonly roles: readonly OfficialRole[]
  /** The credential id (base64url) to allow in `navigator.credentials.get`; null for a key kept by other means. */
  readonly passkey: string | null
}

/** The officials in force now whose keys belong to a person; of one account, when it is given. */
export async function listPersonOfficials(
  reader: Reader,
  governance: GovernanceState,
  account?: string,
): Promise<PersonOfficial[]> {
  const inForce = officialsAt(governance, governance.size)
  const stored = await listStoredOfficials(reader, account)
  return stored.flatMap(({ account: owner, official, passkey }) => {
    const found = inForce.get(official)
    if (found === undefined) return []
    const roles = found.roles as readonly OfficialRole[]
    return [{ account: owner, official, algorithm: found.algorithm, key: parseBase64(found.key), roles, passkey }]
  })
}
