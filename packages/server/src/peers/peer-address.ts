// Where a peer may be reached: at the one address that its signed record names, spelled in the one way there is, and at
// nothing on this machine or behind it that a name could be bent to (SECURITY-RULES T-08). It opens no connection.

import { lookup } from 'node:dns'
import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { ServerError } from '../error.ts'

export interface PeerAddress {
  readonly host: string
  readonly port: number
}

/** `lookup` of node:dns, as it gives all addresses of a name. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

type Ranges = readonly (readonly [network: string, prefix: number])[]

/** No party lives here, whoever says so: this host, links, everybody at once, and what belongs to nobody. */
const nobodys: Ranges = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['100::', 64],
  ['2001:db8::', 32],
]

/** Networks of a house. A record may name such an address itself; a name must not lead there. */
const houses: Ranges = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
  ['fec0::', 10],
]

function listOf(ranges: Ranges): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4')
  return list
}

const nobodysList = listOf(nobodys)
const housesList = listOf([...nobodys, ...houses])
/** Prefixes under which an IPv4 address stands in an IPv6 one: mapped, compatible, translated (two ways), 6to4, Teredo. */
const wrappers = listOf([
  ['::ffff:0:0', 96],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
])

/** Whether connecting there is out of the question. `named` says that the record spells a name and not this address. */
export function isBarred(address: string, named: boolean): boolean {
  const family = isIP(address)
  if (family === 0) return true
  const list = named ? housesList : nobodysList
  if (family === 4) return list.check(address, 'ipv4')
  if (list.check(address, 'ipv6')) return true
  // A wrapped IPv4 address says one thing and leads to another; loopback is the only honest one among them.
  return address !== '::1' && wrappers.check(address, 'ipv6')
}

/**
 * The host and port of an address as a record spells it, `https://host[:port]`.
 *
 * @throws ServerError `peer.address` when the spelling can be read in more than one way, or nobody can be there.
 */
export function openPeerAddress(address: string): PeerAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined
  // What a URL parser changes it has understood otherwise than the record says: 0x7f.1, 2130706433, host.:443.
  const spelled = /^https:\/\/([^:/@\\?#]+|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?$/.exec(address)
  if (url === undefined || spelled === null || url.hostname !== spelled[1] || url.hostname.endsWith('.')) {
    throw new ServerError('peer.address', 'the address of the peer is not spelled in the one way there is')
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(spelled[2] ?? 443)
  if (port > 65_535 || (isIP(host) !== 0 && isBarred(host, false))) {
    throw new ServerError('peer.address', 'nobody can be at the address of the peer')
  }
  return { host, port }
}

/** Looks a name up once for each connection and gives one address, none that a name may not lead to. */
export function createGuardedLookup(resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const first = error === null ? found.find(({ address }) => !isBarred(address, true)) : undefined
      if (first === undefined) {
        callback(error ?? new ServerError('peer.address', 'the name of the peer leads where no peer may be'), '')
      } else if (options.all === true) callback(null, [first])
      else callback(null, first.address, first.family)
    })
  }
}
