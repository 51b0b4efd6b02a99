// The governance of a party as its replicated log has made it: its card, then every entry that was found valid.

import { applyGovernance, equalBytes, Frontier, leafHash, parseEntry, passGovernance } from '@parley/record'
import type { Crypto, GovernanceState } from '@parley/record'
import { entriesPerReadMax, readEntries } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import type { Log } from '../db/logs.ts'
import type { Reader } from '../db/statement.ts'
import { ServerError } from '../error.ts'

/**
 * `founded` is the state after the card. The entries are held against the root of the log first: keys follow from them.
 *
 * @throws ServerError `log.damaged`.
 */
export async function readGovernance(
  crypto: Crypto,
  reader: Reader,
  founded: GovernanceState,
  { id, origin, root, size }: Pick<Log, 'id' | 'origin' | 'root' | 'size'>,
): Promise<GovernanceState> {
  const entries: StoredEntry[] = []
  const frontier = Frontier.empty(crypto)
  for (let start = 0; start < size; start += entriesPerReadMax) {
    const end = Math.min(size, start + entriesPerReadMax)
    for (const entry of await readEntries(reader, { log: id, start, end })) {
      frontier.append(leafHash(crypto, entry.bytes))
      entries.push(entry)
    }
  }
  if (!equalBytes(frontier.root(), root)) {
    throw new ServerError('log.damaged', `what is stored of ${origin} does not give its root`, { detail: origin })
  }
  let state = founded
  for (const { bytes, position, verdict } of entries.slice(1)) {
    state = verdict === 'valid' ? applyGovernance(crypto, state, parseEntry(bytes), position) : passGovernance(state)
  }
  return state
}
