// Whose keys verify what peers hand over, from what is known of the parties.

import { governanceChannel, judgeGovernance } from '@parley/record'
import type { Crypto, GovernanceState, VerifierKey } from '@parley/record'
import type { HeadClaim, KeyLookup } from '@parley/record/exchange'
import type { Registry } from '../log/registry.ts'

/**
 * A head of a governance log may be signed by the very key that an entry before it brings, so the entries that came
 * along are read first. What they say counts for nothing until they are durable.
 */
export function createKeyLookup(crypto: Crypto, registry: Registry): KeyLookup {
  async function governanceAfter(claim: HeadClaim, state: GovernanceState): Promise<GovernanceState> {
    let after = state
    for (const bytes of claim.entries.slice(Math.max(0, state.size - claim.start))) {
      const verdict = await judgeGovernance({ crypto, bytes, state: after, replay: () => false })
      after = verdict.state
    }
    return after
  }

  return {
    async verifierKeysOf(claim): Promise<readonly VerifierKey[]> {
      const log = registry.logOf(claim.origin)
      if (log === undefined) return []
      const held = registry.governance(log.party)
      const state =
        log.channel === governanceChannel && claim.start <= held.size ? await governanceAfter(claim, held) : held
      return [registry.logKey(claim.origin, claim.size, state)]
    },
    cosignerKeysOf(origin) {
      const log = registry.logOf(origin)
      if (log === undefined) return []
      const parties = [log.party, ...registry.membersOf(log), registry.self]
      return [...new Set(parties)].flatMap((party) => registry.cosigners(party).map(({ key }) => key))
    },
  }
}
