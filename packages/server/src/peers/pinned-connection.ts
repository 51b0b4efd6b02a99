// TLS 1.3 to a peer and from it, both sides known by the public keys that the record pins (SECURITY-RULES T-19). No
// authority is asked and no name is believed: a certificate only carries the key and its dates.

import { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { ServerError } from '../error.ts'
import { pinOf } from '../keys/pin.ts'
import { createGuardedLookup } from './peer-address.ts'

const connectMilliseconds = 5000
const socketsPerPeerMax = 4
/** What is spoken, and all that is: an answer to another protocol is never read as one of ours. */
export const peerProtocol = 'http/1.1'

/** PEM of our own key and certificate. */
export interface TransportIdentity {
  readonly key: string
  readonly certificate: string
}

/** The pin that the other end of a connection proved to hold. @throws ServerError `peer.pin`. */
export function provenPin(socket: TLSSocket, now: Date): string {
  if (socket.getProtocol() !== 'TLSv1.3') throw new ServerError('peer.pin', 'the connection is not TLS 1.3')
  if (socket.alpnProtocol !== peerProtocol) throw new ServerError('peer.pin', 'the other side names no protocol')
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) throw new ServerError('peer.pin', 'the other side showed no certificate')
  return pinOf(certificate, now)
}

/** Connections to one peer under one pin. When the record names another key, they are of no use any more. */
export class PinnedAgent extends Agent {
  readonly pin: string
  readonly #identity: TransportIdentity
  readonly #now: () => number
  readonly #lookup = createGuardedLookup()

  constructor(identity: TransportIdentity, pin: string, now: () => number) {
    super({ keepAlive: true, maxSockets: socketsPerPeerMax, timeout: 60_000 })
    this.#identity = identity
    this.pin = pin
    this.#now = now
  }

  override createConnection(
    options: { host?: string | null; port?: number | string | null },
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const socket = connect({
      host: options.host ?? '',
      port: Number(options.port),
      key: this.#identity.key,
      cert: this.#identity.certificate,
      minVersion: 'TLSv1.3',
      // The chain is not what we trust; the pin below is.
      rejectUnauthorized: false,
      ALPNProtocols: [peerProtocol],
      lookup: this.#lookup,
    })
    const settle = (error: Error | null): void => {
      clearTimeout(deadline)
      socket.off('error', settle)
      socket.off('close', close)
      if (error !== null) socket.destroy()
      callback?.(error, socket)
    }
    const close = (): void => settle(new ServerError('peer.unreachable', 'the connection was closed'))
    // From the first packet to the pin, however slowly the other side dribbles.
    const deadline = setTimeout(
      () => settle(new ServerError('peer.unreachable', 'the connection took too long')),
      connectMilliseconds,
    )
    socket.once('error', settle)
    socket.once('close', close)
    socket.once('secureConnect', () => settle(this.#refusalOf(socket)))
    return undefined
  }

  #refusalOf(socket: TLSSocket): Error | null {
    try {
      if (provenPin(socket, new Date(this.#now())) === this.pin) return null
      return new ServerError('peer.pin', 'the other side holds another key than the one that the record pins')
    } catch (error) {
      return error as Error
    }
  }
}
