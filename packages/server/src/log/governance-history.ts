// The governance of a party as its replicated log has made it: its card, then every entry that was found valid.

import { applyGovernance, parseEntry, passGovernance } from '@parley/record'
import type { Crypto, GovernanceState } from '@parley/record'
import { entriesPerReadMax, readEntries } from '../db/entries.ts'
import type { Reader } from '../db/statement.ts'

/** `founded` is the state after the card; `size` how many entries of the log are read. */
export async function readGovernance(
  crypto: Crypto,
  reader: Reader,
  founded: GovernanceState,
  log: number,
  size: number,
): Promise<GovernanceState> {
  let state = founded
  for (let start = 1; start < size; start += entriesPerReadMax) {
    const end = Math.min(size, start + entriesPerReadMax)
    for (const { bytes, position, verdict } of await readEntries(reader, { log, start, end })) {
      state = verdict === 'valid' ? applyGovernance(crypto, state, parseEntry(bytes), position) : passGovernance(state)
    }
  }
  return state
}
