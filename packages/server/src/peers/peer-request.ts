// One HTTPS request to a peer: to the one address that its signed record names, no redirects, no proxies, a bounded
// answer and a bounded time (SECURITY-RULES T-06, T-08).

import { request } from 'node:https'
import type { PinnedAgent } from './pinned-connection.ts'
import { openPeerAddress } from './peer-address.ts'
import { ServerError } from '../error.ts'

/** How long a peer may take: for saying anything at all, and for everything. */
export interface PeerDeadlines {
  readonly silentMilliseconds: number
  readonly wholeMilliseconds: number
}

/** A delivery of 4 MiB over a line of 64 kB/s is through in good time. */
export const usualDeadlines: PeerDeadlines = { silentMilliseconds: 20_000, wholeMilliseconds: 120_000 }

export interface PeerCall {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: Uint8Array
  readonly bytesMax: number
}

export interface PeerAnswer {
  readonly status: number
  readonly body: Buffer
  /** The peer's clock when it answered (Unix milliseconds), if it said. */
  readonly time: number | undefined
}

/** The header in which a node says what its clock shows, in Unix milliseconds. */
export const timeHeader = 'parley-time'

/**
 * Sends one request and reads the whole answer.
 *
 * @throws ServerError `peer.address` before anything is sent; `peer.unreachable` for anything the network did, `peer.pin`,
 *   `peer.limit` for an answer over `bytesMax`.
 */
export function requestPeer(
  agent: PinnedAgent,
  address: string,
  call: PeerCall,
  { silentMilliseconds, wholeMilliseconds }: PeerDeadlines = usualDeadlines,
): Promise<PeerAnswer> {
  return new Promise((resolve, reject) => {
    const { host, port } = openPeerAddress(address)
    const fail = (error: Error): void => {
      clearTimeout(deadline)
      sent.destroy()
      reject(
        error instanceof ServerError ? error : new ServerError('peer.unreachable', error.message, { cause: error }),
      )
    }
    const tooLong = (): void => fail(new ServerError('peer.unreachable', 'the peer took too long to answer'))
    // Silence alone is no measure: a peer that sends a byte now and then would hold us for ever.
    const deadline = setTimeout(tooLong, wholeMilliseconds)
    const sent = request(
      {
        agent,
        hostname: host,
        port,
        method: call.method,
        path: call.path,
        timeout: silentMilliseconds,
        headers:
          call.body === undefined
            ? {}
            : { 'content-type': 'application/octet-stream', 'content-length': call.body.length },
      },
      (answer) => {
        const chunks: Buffer[] = []
        let length = 0
        answer.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (length > call.bytesMax) fail(new ServerError('peer.limit', 'the answer is larger than it may be'))
          else chunks.push(chunk)
        })
        answer.on('end', () => {
          clearTimeout(deadline)
          const said = answer.headers[timeHeader]
          const time = typeof said === 'string' && /^[0-9]{1,15}$/.test(said) ? Number(said) : undefined
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks), time })
        })
        answer.on('error', fail)
      },
    )
    sent.on('timeout', tooLong)
    sent.on('error', fail)
    sent.end(call.body)
  })
}
