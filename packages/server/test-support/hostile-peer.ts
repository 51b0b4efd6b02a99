// A party that has all its keys and no manners: speaks the protocol between nodes by hand, says whatever a test wants said,
// and answers as it is told to. Nothing of the server is used but the connection.

import { createServer } from 'node:https'
import type { IncomingMessage, Server } from 'node:http'
import {
  entryDigest,
  formatBase64,
  formatDelivery,
  leafHash,
  logId,
  MemoryTree,
  proveConsistency,
  signCheckpoint,
} from '@parley/record'
import type { Delivery, Draft, Seen, Signer } from '@parley/record'
import { composeHeads } from '@parley/record/exchange'
import { nodeCrypto } from '@parley/record/node'
import { approve } from '../src/desk/founding.ts'
import { homePaths } from '../src/home.ts'
import { openKeyring } from '../src/keys/keyring.ts'
import type { Keyring } from '../src/keys/keyring.ts'
import { requestPeer } from '../src/peers/peer-request.ts'
import type { PeerAnswer } from '../src/peers/peer-request.ts'
import { PinnedAgent } from '../src/peers/pinned-connection.ts'
import type { TestNode } from './two-nodes.ts'

/** A log that is kept in memory and of which anything can be said. */
export interface HostileLog {
  readonly origin: string
  readonly id: string
  readonly entries: Uint8Array[]
  readonly tree: MemoryTree
  append(...entries: Uint8Array[]): void
  /** A signed head at a size that the log has or had. */
  head(size?: number, signer?: Signer): Promise<Uint8Array>
  /** A delivery of the entries from `from` to before `end`, under the head of `size`. */
  delivery(range?: { from?: number; end?: number; size?: number }): Promise<Delivery>
  frame(range?: { from?: number; end?: number; size?: number }): Promise<Uint8Array>
  /** The newest head as others name it in `seen`. */
  seen(size?: number): Seen
  /** Another log of the same origin with the same first entries. */
  fork(size: number): HostileLog
}

export interface HostilePeer {
  readonly party: string
  readonly keyring: Keyring
  readonly governance: HostileLog
  readonly channel: HostileLog
  /** An approved entry of the channel; `draft` replaces what it would otherwise say. */
  entry(draft: Partial<Draft> & { readonly type: string }): Promise<Uint8Array>
  governanceEntry(type: string, data: Draft['data']): Promise<Uint8Array>
  call(method: 'GET' | 'POST', path: string, body?: Uint8Array): Promise<PeerAnswer>
  push(frame: Uint8Array): Promise<PeerAnswer>
  /** Answers on its own address from now on; what `answer` gives nothing for is answered as an honest newcomer would. */
  listen(answer?: Responder): Promise<void>
  close(): Promise<void>
}

export type Responder = (request: {
  readonly method: string
  readonly path: string
  readonly body: Uint8Array
}) => Promise<Response | undefined> | Response | undefined

export interface Response {
  readonly status: number
  readonly body: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export function createHostileLog(origin: string, signer: Signer, entries: readonly Uint8Array[] = []): HostileLog {
  const tree = new MemoryTree(nodeCrypto)
  const log: HostileLog = {
    origin,
    id: logId(nodeCrypto, origin),
    entries: [],
    tree,
    append(...more) {
      for (const entry of more) {
        log.entries.push(entry)
        tree.append(leafHash(nodeCrypto, entry))
      }
    },
    head: (size = tree.size, by = signer) => signCheckpoint(nodeCrypto, by, { origin, size, root: tree.root(size) }),
    async delivery({ from = 0, size = tree.size, end = size } = {}) {
      const proof = end === 0 || end === size ? [] : await proveConsistency(nodeCrypto, tree, end, size)
      const head = await log.head(size)
      return { origin, from, head, proof, entries: log.entries.slice(from, end), bodies: [], cosignatures: [] }
    },
    frame: async (range) => formatDelivery(await log.delivery(range)),
    seen: (size = tree.size) => ({ origin, size, root: formatBase64(tree.root(size)), time: 0 }),
    fork: (size) => createHostileLog(origin, signer, log.entries.slice(0, size)),
  }
  log.append(...entries)
  return log
}

/** The party of a test node that does not run, turned against `target`. */
export async function createHostilePeer(self: TestNode, target: TestNode, channel: string): Promise<HostilePeer> {
  const keyring = await openKeyring(homePaths.keys(self.home.folder))
  const pin = target.node.registry.key(target.party, 'transport')
  const agent = new PinnedAgent(keyring.transport, pin, Date.now)
  const governance = createHostileLog(self.governanceLog, keyring.signers.log, self.founding)
  let server: Server | undefined
  let at = Date.now()

  const peer: HostilePeer = {
    party: self.party,
    keyring,
    governance,
    channel: createHostileLog(self.channelLog, keyring.signers.log),
    entry(draft) {
      const whole = { v: 1, channel, from: self.party, at: ++at, seen: [governance.seen()], data: {}, ...draft }
      return approve(nodeCrypto, whole as Draft, keyring.signers.operator)
    },
    governanceEntry(type, data) {
      const draft = { v: 1, channel: 'governance', from: self.party, type, at: ++at, seen: [], data } as const
      return approve(nodeCrypto, draft, keyring.signers.operator)
    },
    call: (method, path, body) =>
      requestPeer(agent, target.address, {
        method,
        path,
        bytesMax: 32 * 1024 * 1024,
        ...(body === undefined ? {} : { body }),
      }),
    push: (frame) => peer.call('POST', '/parley/v1/deliveries', frame),
    async listen(answer) {
      const { key, certificate } = keyring.transport
      const options = { key, cert: certificate, minVersion: 'TLSv1.3', requestCert: true } as const
      server = createServer(
        { ...options, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] },
        (request, response) => {
          void respond(request, answer).then(({ body, headers, status }) => {
            response.writeHead(status, { ...headers })
            response.end(body)
          })
        },
      )
      const listening = server
      await new Promise<void>((resolve) => listening.listen(Number(new URL(self.address).port), '127.0.0.1', resolve))
    },
    async close() {
      agent.destroy()
      const closing = server
      if (closing === undefined) return
      await new Promise((resolve) => {
        closing.close(resolve)
        closing.closeAllConnections()
      })
    },
  }
  return peer
}

async function respond(request: IncomingMessage, answer: Responder | undefined): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const body = new Uint8Array(Buffer.concat(chunks))
  const given = await answer?.({ method: request.method ?? '', path: request.url ?? '', body })
  if (given !== undefined) return given
  if (request.url === '/parley/v1/heads') return { status: 200, body: composeHeads([]) }
  return { status: 404, body: new Uint8Array() }
}

/** The id of the subject that an entry founds. */
export function subjectOf(draft: Draft): string {
  return entryDigest(nodeCrypto, draft)
}
