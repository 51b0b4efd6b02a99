// TLS 1.3 to a peer and from it, both sides known by the public keys that the record pins (SECURITY-RULES T-19). No
// authority is asked and no name is believed: a certificate only carries the key and its dates.

import { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { ServerError } from '../error.ts'
import { pinOf } from '../keys/pin.ts'

const connectMilliseconds = 5000
const socketsPerPeerMax = 4

/** PEM of our own key and certificate. */
export interface TransportIdentity {
  readonly key: string
  readonly certificate: string
}

/** The pin that the other end of a connection proved to hold. @throws ServerError `peer.pin`. */
export function provenPin(socket: TLSSocket, now: Date): string {
  if (socket.getProtocol() !== 'TLSv1.3') throw new ServerError('peer.pin', 'the connection is not TLS 1.3')
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) throw new ServerError('peer.pin', 'the other side showed no certificate')
  return pinOf(certificate, now)
}

/**
 * Connections to one peer. `pin` is asked at each new connection, because a peer's key can be rotated by its record.
 */
export class PinnedAgent extends Agent {
  readonly #identity: TransportIdentity
  readonly #pin: () => string
  readonly #now: () => number

  constructor(identity: TransportIdentity, pin: () => string, now: () => number) {
    super({ keepAlive: true, maxSockets: socketsPerPeerMax, timeout: 60_000 })
    this.#identity = identity
    this.#pin = pin
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
      ALPNProtocols: ['http/1.1'],
    })
    const fail = (error: Error): void => {
      socket.destroy()
      callback?.(error, socket)
    }
    socket.setTimeout(connectMilliseconds, () =>
      fail(new ServerError('peer.unreachable', 'the connection took too long')),
    )
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      socket.setTimeout(0)
      socket.off('error', fail)
      try {
        if (provenPin(socket, new Date(this.#now())) !== this.#pin()) {
          throw new ServerError('peer.pin', 'the other side holds another key than the one that the record pins')
        }
        callback?.(null, socket)
      } catch (error) {
        fail(error as Error)
      }
    })
    return undefined
  }
}
