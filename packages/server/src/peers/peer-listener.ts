// What a node answers to its peers: TLS 1.3, both sides pinned, a handful of paths, each with its limits. A peer is known
// by its key alone and reaches only the logs of the channels it is a party of; anything else is not found.

import { createServer } from 'node:https'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { formatUtf8, parseUtf8, RecordError } from '@parley/record'
import { ServerError } from '../error.ts'
import { bodiesAskedMax } from './peer-paths.ts'
import { timeHeader } from './peer-request.ts'
import { provenPin } from './pinned-connection.ts'
import type { TransportIdentity } from './pinned-connection.ts'

const deliveryBytesMax = 20 * 1024 * 1024
const bodiesRequestBytesMax = bodiesAskedMax * 65 + 1
const connectionsMax = 512
const connectionsPerPeerMax = 8
const headersMilliseconds = 10_000
const requestMilliseconds = 60_000

/** What is answered: bytes, or nothing with a status that says why. */
export type PeerReply =
  | { readonly status: 200; readonly body: Uint8Array }
  | { readonly status: 400 | 404 | 409 | 413 | 422 | 429 | 503; readonly code: string }

/** What the node does for a peer that has proven who it is. Errors of the record become 422 with their code. */
export interface PeerService {
  takeDelivery(party: string, frame: Uint8Array): Promise<PeerReply>
  showHeads(party: string): Promise<PeerReply>
  showNode(party: string): Promise<PeerReply>
  giveDelivery(party: string, log: string, start: number): Promise<PeerReply>
  giveBodies(party: string, log: string, digests: readonly string[]): Promise<PeerReply>
  giveConsistency(party: string, log: string, oldSize: number, size: number): Promise<PeerReply>
  /** A witness request (c2sp.org/tlog-witness), answered with its own statuses. */
  takeCheckpoint(party: string, request: Uint8Array): Promise<{ status: number; type: string; body: Uint8Array }>
  /** A public path of c2sp.org/tlog-tiles or tlog-witness below `/logs/` or `/witness/`. */
  showFile(party: string, path: string): Promise<{ status: number; type: string; body: Uint8Array; immutable: boolean }>
}

export interface PeerListenerParts {
  readonly identity: TransportIdentity
  readonly service: PeerService
  readonly clock: () => number
  readonly partyOfPin: (pin: string) => string | undefined
  readonly noteContact: (party: string) => void
  readonly refused: (code: string) => void
}

export interface PeerListener {
  readonly port: number
  close(): Promise<void>
}

/** @throws the error of `listen` when the port is taken. */
export async function startPeerListener(parts: PeerListenerParts, host: string, port: number): Promise<PeerListener> {
  const server = createServer(
    {
      key: parts.identity.key,
      cert: parts.identity.certificate,
      minVersion: 'TLSv1.3',
      requestCert: true,
      // Whom we talk to is decided by the pin, before anything is read.
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      maxHeaderSize: 8192,
      headersTimeout: headersMilliseconds,
      requestTimeout: requestMilliseconds,
    },
    (request, response) => void answer(parts, request, response),
  )
  server.maxConnections = connectionsMax
  admitKnownPeers(server, parts)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const parties = new WeakMap<TLSSocket, string>()

/** Connections by anybody but a known peer end with the handshake; so do more of one peer than it may have. */
function admitKnownPeers(server: Server, parts: PeerListenerParts): void {
  const open = new Map<string, number>()
  server.on('secureConnection', (socket: TLSSocket) => {
    let party: string | undefined
    try {
      party = parts.partyOfPin(provenPin(socket, new Date(parts.clock())))
    } catch (error) {
      parts.refused(error instanceof ServerError ? error.code : 'peer.pin')
    }
    const count = party === undefined ? 0 : (open.get(party) ?? 0)
    if (party === undefined || count >= connectionsPerPeerMax) {
      parts.refused(party === undefined ? 'peer.unknown' : 'peer.limit')
      socket.destroy()
      return
    }
    const known = party
    parties.set(socket, known)
    open.set(known, count + 1)
    socket.once('close', () => open.set(known, (open.get(known) ?? 1) - 1))
  })
  server.on('tlsClientError', () => parts.refused('peer.pin'))
}

async function answer(parts: PeerListenerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader(timeHeader, String(parts.clock()))
  response.setHeader('cache-control', 'no-store')
  const party = parties.get(request.socket as TLSSocket)
  if (party === undefined) {
    request.socket.destroy()
    return
  }
  parts.noteContact(party)
  try {
    const reply = await route(parts.service, party, request, response)
    if (reply !== undefined) send(response, reply)
  } catch (error) {
    if (error instanceof RecordError) send(response, { status: 422, code: error.code })
    else if (error instanceof ServerError && error.code === 'peer.limit')
      send(response, { status: 413, code: error.code })
    else if (error instanceof ServerError) send(response, { status: 404, code: error.code })
    else {
      parts.refused('peer.internal')
      send(response, { status: 503, code: 'node.internal' })
    }
  }
}

function send(response: ServerResponse, reply: PeerReply): void {
  if (reply.status === 200) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': reply.body.length })
    response.end(reply.body)
    return
  }
  const body = formatUtf8(`${reply.code}\n`)
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length }
  response.writeHead(
    reply.status,
    reply.status === 503 || reply.status === 429 ? { ...headers, 'retry-after': '1' } : headers,
  )
  response.end(body)
}

async function route(
  service: PeerService,
  party: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<PeerReply | undefined> {
  // The path is matched as it was sent: nothing is decoded or normalised, so nothing can hide in it.
  const [path = '', query = ''] = (request.url ?? '').split('?', 2)
  const method = request.method ?? ''
  if (method === 'POST' && path === '/parley/v1/deliveries') {
    return service.takeDelivery(party, await readBody(request, deliveryBytesMax))
  }
  if (method === 'GET' && path === '/parley/v1/heads') return service.showHeads(party)
  if (method === 'GET' && path === '/parley/v1/node') return service.showNode(party)
  const [, log, what] = /^\/parley\/v1\/logs\/([0-9a-f]{64})\/(delivery|bodies|consistency)$/.exec(path) ?? []
  if (log !== undefined && method === 'GET' && what === 'delivery') {
    const [, start] = /^start=(0|[1-9][0-9]{0,15})$/.exec(query) ?? []
    if (start !== undefined) return service.giveDelivery(party, log, Number(start))
  }
  if (log !== undefined && method === 'GET' && what === 'consistency') {
    const [, old, size] = /^old=([1-9][0-9]{0,15})&size=([1-9][0-9]{0,15})$/.exec(query) ?? []
    if (old !== undefined && size !== undefined) return service.giveConsistency(party, log, Number(old), Number(size))
  }
  if (log !== undefined && method === 'POST' && what === 'bodies') {
    const text = parseUtf8(await readBody(request, bodiesRequestBytesMax))
    if (!/^(?:[0-9a-f]{64}\n)+$/.test(text)) return { status: 400, code: 'delivery.malformed' }
    return service.giveBodies(party, log, text.trimEnd().split('\n'))
  }
  if (method === 'POST' && path === '/witness/add-checkpoint') {
    const { status, type, body } = await service.takeCheckpoint(party, await readBody(request, 131_072))
    response.writeHead(status, { 'content-type': type, 'content-length': body.length })
    response.end(body)
    return undefined
  }
  if (method === 'GET' && (path.startsWith('/logs/') || path.startsWith('/witness/'))) {
    const { status, type, body, immutable } = await service.showFile(party, path)
    const caching = immutable ? 'private, max-age=31536000, immutable' : 'no-store'
    response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': caching })
    response.end(body)
    return undefined
  }
  return { status: 404, code: 'peer.path' }
}

/** @throws ServerError `peer.limit` as soon as more comes than may. */
async function readBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > bytesMax) throw new ServerError('peer.limit', 'the request is larger than it may be')
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
