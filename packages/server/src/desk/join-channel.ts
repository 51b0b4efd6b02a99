// Joins a channel: takes up its parties and logs, and says so in our governance log.

import { checkCard, equalBytes, genesisDigest, governanceOrigin, openCard, parseGenesis } from '@parley/record'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { recordGovernance } from './govern.ts'

/**
 * Joins the channel of a genesis with the cards of all its parties.
 *
 * @throws RecordError `genesis.*`, and what opening a card throws; ServerError `channel.not-a-party`, `channel.exists`,
 *   `peer.unknown` for a party without a card, `log.read-only` while the members of our governance log have not all been
 *   heard.
 */
export async function joinChannel(
  node: ParleyNode,
  genesisBytes: Uint8Array,
  cards: readonly Uint8Array[],
): Promise<string> {
  const { crypto, registry } = node
  const genesis = parseGenesis(genesisBytes)
  const named = genesis.parties.find(({ party }) => party === registry.self)
  if (named === undefined || named.founded !== registry.governance(registry.self).founded) {
    throw new ServerError('channel.not-a-party', 'the genesis does not name this party')
  }
  const byParty = new Map<string, Uint8Array>()
  for (const card of cards) {
    const opened = await openCard(crypto, card)
    // Cards of parties that the channel does not have are of no concern here.
    if (!genesis.parties.some(({ party }) => party === opened.party)) continue
    checkCard(genesis, opened)
    byParty.set(opened.party, card)
  }
  for (const { founded, party } of genesis.parties) {
    const known = registry.parties().includes(party)
    if (known && registry.governance(party).founded !== founded) {
      throw new ServerError('channel.not-a-party', `the genesis pins another ${party} than the one known here`)
    }
    if (!known && !byParty.has(party)) throw new ServerError('peer.unknown', `the card of ${party} is missing`)
  }
  // The entry that says so must have a place before anything is taken up, or the channel would be joined by half.
  const governance = node.state.own.get(governanceOrigin(node.home.settings.prefix))
  if (governance?.phase !== 'open') {
    throw new ServerError('log.read-only', 'the governance log may not be added to now', {
      detail: governance?.phase ?? 'absent',
    })
  }
  const known = registry.channels().find(({ channel }) => channel === genesis.channel)
  if (known === undefined) await node.addChannel(genesis, genesisBytes, byParty)
  else if (!equalBytes(known.genesisBytes, genesisBytes) || hasJoined(node, genesis.channel)) {
    throw new ServerError('channel.exists', 'the channel is known here already')
  }
  // An earlier attempt may have ended here, because our governance log was not open: then this is what was missing.
  await recordGovernance(node, 'channel.joined', {
    channel: genesis.channel,
    genesis: genesisDigest(crypto, genesisBytes),
  })
  return genesis.channel
}

function hasJoined({ registry }: ParleyNode, channel: string): boolean {
  return registry.governance(registry.self).channels.some((joined) => joined.channel === channel)
}
