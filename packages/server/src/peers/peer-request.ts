// One HTTPS request to a peer: to the one address that its signed record names, no redirects, no proxies, a bounded
// answer and a bounded time (SECURITY-RULES T-06, T-08).

import { request } from 'node:https'
import type { PinnedAgent } from './pinned-connection.ts'
import { ServerError } from '../error.ts'

const answerMilliseconds = 20_000

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
 * @throws ServerError `peer.unreachable` for anything the network did, `peer.pin`, `peer.limit` for an answer over `bytesMax`.
 */
export function requestPeer(
  agent: PinnedAgent,
  address: string,
  call: { method: 'GET' | 'POST'; path: string; body?: Uint8Array; bytesMax: number },
): Promise<PeerAnswer> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      sent.destroy()
      reject(
        error instanceof ServerError ? error : new ServerError('peer.unreachable', error.message, { cause: error }),
      )
    }
    const sent = request(
      {
        agent,
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        method: call.method,
        path: call.path,
        timeout: answerMilliseconds,
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
          const said = answer.headers[timeHeader]
          const time = typeof said === 'string' && /^[0-9]{1,15}$/.test(said) ? Number(said) : undefined
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks), time })
        })
        answer.on('error', fail)
      },
    )
    sent.on('timeout', () => fail(new ServerError('peer.unreachable', 'the peer took too long to answer')))
    sent.on('error', fail)
    sent.end(call.body)
  })
}
