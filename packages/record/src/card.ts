// A party's card: the bytes of its founding entry, leaf 0 of its governance log, as a file that parties exchange before
// they agree. It proves itself; that it is the right party's, only a genesis or a person can say.

import { verifyApprovals } from './approval.ts'
import type { Crypto } from './crypto.ts'
import { parseEntry, type Entry } from './entry.ts'
import { applyGovernance, officialsAt, relyingPartyAt, type GovernanceState } from './governance.ts'
import type { PartyFounded } from './governance-data.ts'

/** An opened card: what the founding entry says, and what it makes. */
export interface Card extends PartyFounded {
  /** Hexadecimal digest of the founding entry. */
  readonly founded: string
  readonly entry: Entry
  /** The governance state after it. */
  readonly governance: GovernanceState
}

/** What a governance entry demands in ordinary running: one administrator. */
export const governanceDemand = { count: 1, roles: ['administrator'] } as const

/**
 * Opens a card: its form, the ids of its officials, its keys, and an approval by an administrator that it names.
 *
 * @throws RecordError as `parseEntry`, `applyGovernance` and `verifyApprovals` do.
 */
export async function openCard(crypto: Crypto, bytes: Uint8Array): Promise<Card> {
  const entry = parseEntry(bytes)
  const governance = applyGovernance(crypto, undefined, entry, 0)
  // The form of a founding entry has just been checked, and checking its keys is costly.
  const founded = entry.data as unknown as PartyFounded
  const officials = officialsAt(governance, 1)
  await verifyApprovals(crypto, entry, governanceDemand, officials, relyingPartyAt(governance, 1))
  return { ...founded, founded: governance.founded, entry, governance }
}
