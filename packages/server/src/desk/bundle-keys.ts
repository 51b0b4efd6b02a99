// Whose keys verify what a bundle carries, while nothing of it is stored yet: the parties' governance as it is held here,
// led on by the governance entries of the bundle itself. It is dropped when the import ends; only what was stored counts.

import { createVerifierKey, governanceChannel, judgeGovernance, keyAt, parseBase64 } from '@parley/record'
import type { Crypto, GovernanceState, VerifierKey } from '@parley/record'
import type { HeadClaim, KeyLookup } from '@parley/record/exchange'
import type { Registry } from '../log/registry.ts'

export interface BundleKeys extends KeyLookup {
  /** Takes over what verified entries of a governance log say; they join on to what is known of it. */
  advance(party: string, start: number, entries: readonly Uint8Array[]): Promise<void>
}

export function createBundleKeys(crypto: Crypto, registry: Registry): BundleKeys {
  const advanced = new Map<string, GovernanceState>()
  const governance = (party: string): GovernanceState => advanced.get(party) ?? registry.governance(party)

  async function governanceAfter(
    party: string,
    { entries, start }: Pick<HeadClaim, 'entries' | 'start'>,
  ): Promise<GovernanceState> {
    let state = governance(party)
    if (start > state.size) return state
    for (const bytes of entries.slice(state.size - start)) {
      state = (await judgeGovernance({ crypto, bytes, state, replay: () => false })).state
    }
    return state
  }

  return {
    async verifierKeysOf(claim): Promise<readonly VerifierKey[]> {
      const log = registry.logOf(claim.origin)
      if (log === undefined) return []
      const state = log.channel === governanceChannel ? await governanceAfter(log.party, claim) : governance(log.party)
      return [registry.logKey(claim.origin, claim.size, state)]
    },
    cosignerKeysOf(origin) {
      const log = registry.logOf(origin)
      if (log === undefined) return []
      const parties = [...new Set([log.party, registry.self, ...registry.membersOf(log)])]
      return parties.flatMap((party) => listCosigners(crypto, governance(party)))
    },
    async advance(party, start, entries) {
      advanced.set(party, await governanceAfter(party, { start, entries }))
    },
  }
}

function listCosigners(crypto: Crypto, state: GovernanceState): VerifierKey[] {
  return (['witness', 'mirror'] as const).map((role) => {
    const key = parseBase64(keyAt(state, role, state.size))
    return createVerifierKey(crypto, 'cosignature/v1', `${state.prefix}/${role}`, key)
  })
}
