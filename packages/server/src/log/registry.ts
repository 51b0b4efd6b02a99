// Who there is and which logs there are: the parties by their governance, the channels by their genesis, each log by its
// origin. It grows as the governance logs do; it knows keys and never what a channel's entries mean.

import {
  addressAt,
  channelOrigin,
  governanceChannel,
  governanceOrigin,
  keyAt,
  logId,
  logKeyAt,
  parseBase64,
  createVerifierKey,
} from '@parley/record'
import type { Crypto, Genesis, GovernanceState, KeyRole, VerifierKey } from '@parley/record'
import { ServerError } from '../error.ts'

export interface KnownLog {
  readonly origin: string
  /** Its name in URLs. */
  readonly id: string
  readonly party: string
  /** A channel id, or `governance`. */
  readonly channel: string
  readonly own: boolean
}

export interface KnownChannel {
  readonly channel: string
  readonly genesis: Genesis
  readonly genesisBytes: Uint8Array
  /** Sorted. */
  readonly parties: readonly string[]
}

/** How a party's cosignatures are named: which role each key name stands for. */
export type Cosigner = { readonly party: string; readonly role: 'witness' | 'mirror'; readonly key: VerifierKey }

export interface Registry {
  /** Our own party. */
  readonly self: string
  /** The governance of a party as far as it is replicated here. @throws ServerError `peer.unknown` */
  governance(party: string): GovernanceState
  parties(): readonly string[]
  channels(): readonly KnownChannel[]
  /** @throws ServerError `channel.unknown` */
  channel(id: string): KnownChannel
  logs(): readonly KnownLog[]
  logOf(origin: string): KnownLog | undefined
  logById(id: string): KnownLog | undefined
  /** The logs of a channel: each party's channel log, and the governance log of each. */
  logsOf(channel: string): readonly KnownLog[]
  /** The parties other than ourselves that replicate a log. */
  membersOf(log: KnownLog): readonly string[]
  /**
   * The key that signs the heads of a log at that size of it, by the governance that is replicated here or the one given.
   * @throws ServerError `log.unknown`, RecordError `governance.key`
   */
  logKey(origin: string, size: number, state?: GovernanceState): VerifierKey
  cosigners(party: string): readonly Cosigner[]
  key(party: string, role: KeyRole): string
  address(party: string): string
  addParty(governance: GovernanceState): void
  addChannel(genesis: Genesis, genesisBytes: Uint8Array): KnownChannel
  /** Takes over what a longer governance log says. */
  setGovernance(governance: GovernanceState): void
}

/** A registry that knows nobody but ourselves yet. */
export function createRegistry(crypto: Crypto, self: string): Registry {
  const governances = new Map<string, GovernanceState>()
  const channels = new Map<string, KnownChannel>()
  const logs = new Map<string, KnownLog>()
  const byId = new Map<string, KnownLog>()

  function addLog(origin: string, party: string, channel: string): void {
    const log = { origin, id: logId(crypto, origin), party, channel, own: party === self }
    logs.set(origin, log)
    byId.set(log.id, log)
  }

  function governance(party: string): GovernanceState {
    const state = governances.get(party)
    if (state === undefined) throw new ServerError('peer.unknown', `nothing is known of ${party}`)
    return state
  }

  function channel(id: string): KnownChannel {
    const known = channels.get(id)
    if (known === undefined) throw new ServerError('channel.unknown', 'there is no such channel here')
    return known
  }

  function key(party: string, role: KeyRole): string {
    const state = governance(party)
    return keyAt(state, role, state.size)
  }

  return {
    self,
    governance,
    channel,
    key,
    parties: () => [...governances.keys()].sort(),
    channels: () => [...channels.values()],
    logs: () => [...logs.values()],
    logOf: (origin) => logs.get(origin),
    logById: (id) => byId.get(id),
    logsOf(id) {
      const { parties } = channel(id)
      return [...logs.values()].filter(
        (log) => log.channel === id || (log.channel === governanceChannel && parties.includes(log.party)),
      )
    },
    membersOf(log) {
      const together =
        log.channel === governanceChannel
          ? [...channels.values()]
              .filter(({ parties }) => parties.includes(log.party))
              .flatMap(({ parties }) => parties)
          : channel(log.channel).parties
      return [...new Set(together)].filter((party) => party !== self).sort()
    },
    logKey(origin, size, state) {
      const log = logs.get(origin)
      if (log === undefined) throw new ServerError('log.unknown', 'there is no such log here')
      return createVerifierKey(crypto, 'ed25519', origin, logKeyAt(state ?? governance(log.party), origin, size))
    },
    cosigners(party) {
      const { prefix } = governance(party)
      return (['witness', 'mirror'] as const).map((role) => ({
        party,
        role,
        key: createVerifierKey(crypto, 'cosignature/v1', `${prefix}/${role}`, parseBase64(key(party, role))),
      }))
    },
    address(party) {
      const state = governance(party)
      return addressAt(state, state.size).address
    },
    addParty(state) {
      governances.set(state.party, state)
      addLog(governanceOrigin(state.prefix), state.party, governanceChannel)
    },
    addChannel(genesis, genesisBytes) {
      const known = {
        channel: genesis.channel,
        genesis,
        genesisBytes,
        parties: genesis.parties.map(({ party }) => party),
      }
      channels.set(known.channel, known)
      for (const { party, prefix } of genesis.parties)
        addLog(channelOrigin(prefix, genesis.channel), party, genesis.channel)
      return known
    },
    setGovernance(state) {
      governances.set(state.party, state)
    },
  }
}
