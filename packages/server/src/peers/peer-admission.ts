// Who is let in: connections that prove, by their TLS key, to be a party of the record, each party only a few of them, and
// only while the record still names that key. Whoever has not proven anything yet is cheap and replaceable.

import type { Socket } from 'node:net'
import type { Server } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { ServerError } from '../error.ts'
import { provenPin } from './pinned-connection.ts'

/** Connections of one party. */
export const connectionsPerPeerMax = 8
/** Connections that have not finished their handshake; the oldest makes room, so that silence locks nobody out. */
const unprovenMax = 128

export interface AdmissionParts {
  readonly clock: () => number
  readonly partyOfPin: (pin: string) => string | undefined
  readonly holdsPin: (party: string, pin: string) => boolean
  readonly refused: (code: string) => void
}

interface Admitted {
  readonly party: string
  readonly pin: string
}

export interface PeerAdmission {
  /** Whose connection this is; undefined for nobody's, and for one under a key that the record names no more. */
  partyOf(socket: TLSSocket): string | undefined
}

/** Watches over the connections of a server from now on. */
export function admitPeers(server: Server, parts: AdmissionParts): PeerAdmission {
  const admitted = new WeakMap<TLSSocket, Admitted>()
  const counts = new Map<string, number>()
  const unproven = new Set<Socket>()
  // A TLS socket does not say which TCP socket it wraps, but both name the same other end.
  const endOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress ?? ''} ${remotePort ?? 0}`
  const byEnd = new Map<string, Socket>()

  server.on('connection', (socket: Socket) => {
    const end = endOf(socket)
    unproven.add(socket)
    byEnd.set(end, socket)
    socket.once('close', () => {
      unproven.delete(socket)
      if (byEnd.get(end) === socket) byEnd.delete(end)
    })
    const [oldest] = unproven
    if (unproven.size > unprovenMax && oldest !== undefined) {
      unproven.delete(oldest)
      oldest.destroy()
      parts.refused('peer.limit')
    }
  })

  function prove(socket: TLSSocket): Admitted | undefined {
    try {
      const pin = provenPin(socket, new Date(parts.clock()))
      const party = parts.partyOfPin(pin)
      if (party === undefined) parts.refused('peer.unknown')
      return party === undefined ? undefined : { party, pin }
    } catch (error) {
      parts.refused(error instanceof ServerError ? error.code : 'peer.pin')
      return undefined
    }
  }

  server.on('secureConnection', (socket: TLSSocket) => {
    const raw = byEnd.get(endOf(socket))
    if (raw !== undefined) unproven.delete(raw)
    const proven = prove(socket)
    const count = proven === undefined ? 0 : (counts.get(proven.party) ?? 0)
    if (proven === undefined || count >= connectionsPerPeerMax) {
      if (proven !== undefined) parts.refused('peer.limit')
      socket.destroy()
      return
    }
    const { party } = proven
    admitted.set(socket, proven)
    counts.set(party, count + 1)
    socket.once('close', () => counts.set(party, (counts.get(party) ?? 1) - 1))
  })
  server.on('tlsClientError', () => parts.refused('peer.pin'))

  return {
    partyOf(socket) {
      const known = admitted.get(socket)
      return known !== undefined && parts.holdsPin(known.party, known.pin) ? known.party : undefined
    },
  }
}
