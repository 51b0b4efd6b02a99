// The operations on peers: how each link stands, both ways, and trying one out.

import type { Operations, PeerView } from '@parley/api'
import { ServerError } from '../error.ts'
import type { Handler } from '../http/handler.ts'
import type { Reach } from '../http/reach.ts'
import type { ParleyNode } from '../node.ts'
import type { PeerLinks } from '../peers/peer-link.ts'
import { testPeer } from '../peers/test-peer.ts'

const lateMilliseconds = 2 * 60 * 60_000
const silentMilliseconds = 24 * 60 * 60_000

export function createListPeers(node: ParleyNode, links: PeerLinks): Handler<Operations['listPeers']> {
  return ({ reaches }) => {
    const others = node.registry.parties().filter((party) => sharesReach(node, party, reaches))
    return { items: others.map((party) => viewPeer(node, links, party, reaches)) }
  }
}

/** Whether another party is a member of a channel within reach. */
function sharesReach({ registry }: ParleyNode, party: string, reaches: Reach): boolean {
  if (party === registry.self) return false
  return registry.channels().some(({ channel, parties }) => parties.includes(party) && reaches(channel))
}

function viewPeer(node: ParleyNode, links: PeerLinks, party: string, reaches: Reach): PeerView {
  const { clock, registry, state } = node
  const { clockOffset, lastAttempt, lastContact, lastError } = links.health(party)
  const progress = [...(state.peers.get(party)?.progress ?? [])]
  const answered = Math.max(0, ...progress.map(([, { answered: at }]) => at))
  const heard = Math.max(lastContact ?? 0, answered)
  return {
    party,
    address: registry.address(party),
    state: stateOf(clock(), heard),
    lastContact: lastContact ?? null,
    lastReceipt: answered === 0 ? null : answered,
    outgoing: progress.flatMap(([origin, { receipted }]) => {
      const log = registry.logOf(origin)
      return log === undefined || !reaches(log.channel)
        ? []
        : [{ log: log.id, size: state.own.get(origin)?.frontier.size ?? 0, acked: receipted }]
    }),
    incoming: registry
      .logs()
      .filter((log) => log.party === party && reaches(log.channel))
      .map(({ id, origin }) => {
        const replica = state.replicas.get(origin)
        const size = replica?.frontier.size ?? 0
        return { log: id, size, head: Math.max(size, replica?.head?.size ?? 0) }
      }),
    clockOffsetSeconds: clockOffset === undefined ? null : Math.round(clockOffset / 1000),
    lastError: lastError === undefined ? null : { code: lastError, at: lastAttempt ?? 0 },
  }
}

function stateOf(now: number, heard: number): PeerView['state'] {
  if (heard === 0) return 'never'
  if (now - heard > silentMilliseconds) return 'silent'
  return now - heard > lateMilliseconds ? 'late' : 'linked'
}

export function createTestPeer(node: ParleyNode): Handler<Operations['testPeer']> {
  return ({ params: { party }, reaches }) => {
    if (!sharesReach(node, party, reaches))
      throw new ServerError('peer.unknown', 'no other party of that name is within reach')
    return testPeer(node, party)
  }
}
