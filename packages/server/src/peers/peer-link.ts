// One peer as this node sees it: how it is reached, when it was last heard and what went wrong. For people and for
// `parley peers`; nothing is decided by it.

import { RecordError } from '@parley/record'
import type { TransportIdentity } from './pinned-connection.ts'
import { PinnedAgent } from './pinned-connection.ts'
import { requestPeer, usualDeadlines } from './peer-request.ts'
import type { PeerAnswer, PeerCall, PeerDeadlines } from './peer-request.ts'
import type { Registry } from '../log/registry.ts'
import { ServerError } from '../error.ts'

export interface LinkHealth {
  /** Unix milliseconds; undefined for never since the start. */
  readonly lastContact: number | undefined
  readonly lastAttempt: number | undefined
  /** The code of the last failure; undefined once the peer has answered again. */
  readonly lastError: string | undefined
  /** Its clock less ours, in milliseconds, half the round trip taken off. */
  readonly clockOffset: number | undefined
}

export interface PeerLinks {
  /** @throws ServerError as `requestPeer`; `peer.unknown`. */
  request(party: string, call: PeerCall): Promise<PeerAnswer>
  health(party: string): LinkHealth
  /** The peer was heard from its own side. */
  noteContact(party: string): void
  /** Which party a pinned key belongs to. */
  partyOfPin(pin: string): string | undefined
  /** Whether the record still names this key for the party. */
  holdsPin(party: string, pin: string): boolean
  close(): void
}

const silent: LinkHealth = {
  lastContact: undefined,
  lastAttempt: undefined,
  lastError: undefined,
  clockOffset: undefined,
}

export function createPeerLinks(
  registry: Registry,
  identity: TransportIdentity,
  clock: () => number,
  deadlines: PeerDeadlines = usualDeadlines,
): PeerLinks {
  const agents = new Map<string, PinnedAgent>()
  const healths = new Map<string, LinkHealth>()

  /** Connections to a key that the record names no more are closed, those that are kept alive too. */
  function agentOf(party: string): PinnedAgent {
    const pin = registry.key(party, 'transport')
    const held = agents.get(party)
    if (held?.pin === pin) return held
    held?.destroy()
    const agent = new PinnedAgent(identity, pin, clock)
    agents.set(party, agent)
    return agent
  }

  const health = (party: string): LinkHealth => healths.get(party) ?? silent

  return {
    health,
    async request(party, call) {
      const sent = clock()
      healths.set(party, { ...health(party), lastAttempt: sent })
      try {
        const answer = await requestPeer(agentOf(party), registry.address(party), call, deadlines)
        const now = clock()
        const clockOffset = answer.time === undefined ? undefined : answer.time - Math.round((sent + now) / 2)
        healths.set(party, { lastContact: now, lastAttempt: sent, lastError: undefined, clockOffset })
        return answer
      } catch (error) {
        const code = error instanceof ServerError ? error.code : 'peer.protocol'
        healths.set(party, { ...health(party), lastError: code })
        throw error
      }
    },
    noteContact(party) {
      healths.set(party, { ...health(party), lastContact: clock() })
    },
    partyOfPin: (pin) => registry.parties().find((party) => party !== registry.self && holdsPin(registry, party, pin)),
    holdsPin: (party, pin) => holdsPin(registry, party, pin),
    close() {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

/** A party without a key in force holds none; that is no reason to know nobody else. */
function holdsPin(registry: Registry, party: string, pin: string): boolean {
  try {
    return registry.key(party, 'transport') === pin
  } catch (error) {
    if (error instanceof RecordError && error.code === 'governance.key') return false
    throw error
  }
}
