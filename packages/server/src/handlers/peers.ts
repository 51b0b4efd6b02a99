// The operations on peers: how each link stands, both ways, trying one out, and going on without one.

import type { Operations, PeerView } from '@parley/api'
import type { Overrides } from '../desk/override.ts'
import { ServerError } from '../error.ts'
import type { Handler } from '../http/handler.ts'
import type { Reach } from '../http/reach.ts'
import type { ParleyNode } from '../node.ts'
import type { PeerLinks } from '../peers/peer-link.ts'
import { testPeer } from '../peers/test-peer.ts'
import { actorOf } from './people.ts'

const lateMilliseconds = 2 * 60 * 60_000
const silentMilliseconds = 24 * 60 * 60_000

export function createListPeers(
  node: ParleyNode,
  links: PeerLinks,
  overrides: Overrides,
): Handler<Operations['listPeers']> {
  return ({ reaches }) => {
    const others = node.registry.parties().filter((party) => sharesReach(node, party, reaches))
    return { items: others.map((party) => viewPeer(node, links, overrides, party, reaches)) }
  }
}

/** Whether another party is a member of a channel within reach. */
function sharesReach({ registry }: ParleyNode, party: string, reaches: Reach): boolean {
  if (party === registry.self) return false
  return registry.channels().some(({ channel, parties }) => parties.includes(party) && reaches(channel))
}

function viewPeer(node: ParleyNode, links: PeerLinks, overrides: Overrides, party: string, reaches: Reach): PeerView {
  const { clock, registry, state } = node
  const { clockOffset, lastAttempt, lastContact, lastError } = links.health(party)
  const progress = [...(state.peers.get(party)?.progress ?? [])]
  const answered = lastAnswered(node, party)
  const heard = lastHeard(node, links, party)
  const override = overrides.view(party)
  const idsOf = (origins: readonly string[]) =>
    origins.flatMap((origin) => {
      const log = registry.logOf(origin)
      return log !== undefined && reaches(log.channel) ? [log.id] : []
    })
  return {
    party,
    address: registry.address(party),
    state: stateOf(clock(), heard, lastError === undefined ? undefined : lastAttempt),
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
    holdsUp: idsOf(overrides.listHeldUp(party)),
    override:
      override === undefined
        ? null
        : { state: override.state, at: override.at, logs: idsOf(override.logs), heardSince: heard > override.at },
  }
}

/** When the party last answered a delivery of ours, 0 for never. */
function lastAnswered({ state }: ParleyNode, party: string): number {
  return Math.max(0, ...[...(state.peers.get(party)?.progress.values() ?? [])].map(({ answered }) => answered))
}

/** When anything last came from the party (Unix milliseconds), 0 for never. */
export function lastHeard(node: ParleyNode, links: Pick<PeerLinks, 'health'>, party: string): number {
  return Math.max(links.health(party).lastContact ?? 0, lastAnswered(node, party))
}

/** `failed`: when the last attempt was made, if it failed. */
function stateOf(now: number, heard: number, failed: number | undefined): PeerView['state'] {
  if (heard === 0) return 'never'
  if (now - heard > silentMilliseconds) return 'silent'
  if (failed !== undefined && failed >= heard) return 'unreachable'
  return now - heard > lateMilliseconds ? 'late' : 'linked'
}

export function createOverridePeer(
  node: ParleyNode,
  links: PeerLinks,
  overrides: Overrides,
): Handler<Operations['overridePeer']> {
  return async ({ body, caller, params: { party }, reaches }) => {
    if (!sharesReach(node, party, reaches))
      throw new ServerError('peer.unknown', 'there is no other party of that name')
    const origins = body.logs.map((id) => node.registry.logById(id)?.origin ?? '')
    await overrides.approve(actorOf(caller), party, origins)
    return viewPeer(node, links, overrides, party, reaches)
  }
}

export function createTestPeer(node: ParleyNode): Handler<Operations['testPeer']> {
  return ({ params: { party }, reaches }) => {
    if (!sharesReach(node, party, reaches))
      throw new ServerError('peer.unknown', 'no other party of that name is within reach')
    return testPeer(node, party)
  }
}
