// What a node answers to its peers: TLS 1.3, both sides pinned, a handful of paths, each with its limits. A peer is known
// by its key alone and reaches only the logs of the channels it is a party of; anything else is not found.

import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { formatUtf8, RecordError } from '@parley/record'
import { ServerError } from '../error.ts'
import { admitPeers } from './peer-admission.ts'
import type { AdmissionParts } from './peer-admission.ts'
import { createPeerQuotas } from './peer-quotas.ts'
import type { PeerQuotas } from './peer-quotas.ts'
import { timeHeader } from './peer-request.ts'
import { announcedBytes, findRoute, readBody } from './peer-routes.ts'
import type { PeerReply, PeerService } from './peer-routes.ts'
import { peerProtocol } from './pinned-connection.ts'
import type { TransportIdentity } from './pinned-connection.ts'

const connectionsMax = 512
/** How long a peer waits that has been refused too often. */
const tiresomeMilliseconds = 250

/** How long a peer may take for each part of a request. */
export interface ListenerDeadlines {
  readonly handshakeMilliseconds: number
  readonly headersMilliseconds: number
  readonly requestMilliseconds: number
  /** For all of it: the request, our work, and taking the answer. */
  readonly wholeMilliseconds: number
  /** How often the others are looked at. */
  readonly checkMilliseconds: number
}

export const usualListenerDeadlines: ListenerDeadlines = {
  handshakeMilliseconds: 10_000,
  headersMilliseconds: 10_000,
  requestMilliseconds: 60_000,
  wholeMilliseconds: 120_000,
  checkMilliseconds: 5000,
}

export interface PeerListenerParts extends AdmissionParts {
  readonly identity: TransportIdentity
  readonly service: PeerService
  readonly noteContact: (party: string) => void
}

export interface PeerListener {
  readonly port: number
  close(): Promise<void>
}

/** @throws the error of `listen` when the port is taken. */
export async function startPeerListener(
  parts: PeerListenerParts,
  host: string,
  port: number,
  deadlines: ListenerDeadlines = usualListenerDeadlines,
): Promise<PeerListener> {
  const quotas = createPeerQuotas(parts.clock)
  /** Connections with a request in hand. */
  const busy = new WeakSet<TLSSocket>()
  const server = createServer({
    key: parts.identity.key,
    cert: parts.identity.certificate,
    minVersion: 'TLSv1.3',
    requestCert: true,
    // Whom we talk to is decided by the pin, before anything is read.
    rejectUnauthorized: false,
    ALPNProtocols: [peerProtocol],
    maxHeaderSize: 8192,
    handshakeTimeout: deadlines.handshakeMilliseconds,
    headersTimeout: deadlines.headersMilliseconds,
    requestTimeout: deadlines.requestMilliseconds,
    connectionsCheckingInterval: deadlines.checkMilliseconds,
  })
  server.maxConnections = connectionsMax
  const admission = admitPeers(server, parts)

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const socket = request.socket as TLSSocket
    const party = admission.partyOf(socket)
    // No node of ours sends a second request before it has the first answer; whoever does wants to pile up work.
    if (party === undefined || busy.has(socket)) {
      socket.destroy()
      return
    }
    busy.add(socket)
    const deadline = setTimeout(() => socket.destroy(), deadlines.wholeMilliseconds)
    response.once('close', () => {
      clearTimeout(deadline)
      busy.delete(socket)
    })
    response.setHeader(timeHeader, String(parts.clock()))
    response.setHeader('cache-control', 'no-store')
    parts.noteContact(party)
    send(request, response, await reply(parts, quotas, party, request))
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    take(request, response).catch(() => {
      parts.refused('peer.internal')
      request.socket.destroy()
    })
  })
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

async function reply(
  { refused, service }: PeerListenerParts,
  quotas: PeerQuotas,
  party: string,
  request: IncomingMessage,
): Promise<PeerReply> {
  if (quotas.isTiresome(party)) {
    await delay(tiresomeMilliseconds)
    return { status: 429, code: 'peer.limit' }
  }
  const answer = await run(service, quotas, party, request).catch((error: unknown): PeerReply => {
    if (error instanceof RecordError) return { status: 422, code: error.code }
    if (error instanceof ServerError && error.code === 'peer.limit') return { status: 413, code: error.code }
    if (error instanceof ServerError && isAboutAsker(error)) return { status: 404, code: error.code }
    refused(request.complete ? 'peer.internal' : 'peer.unreachable')
    return { status: 503, code: 'node.internal' }
  })
  if (answer.status >= 400 && answer.status < 500) quotas.noteRefusal(party)
  return answer
}

/** What was asked for is not there; everything else that goes wrong is ours. */
function isAboutAsker({ code }: ServerError): boolean {
  return code.endsWith('.unknown')
}

async function run(
  service: PeerService,
  quotas: PeerQuotas,
  party: string,
  request: IncomingMessage,
): Promise<PeerReply> {
  const route = findRoute(request)
  if (route === undefined) return { status: 404, code: 'peer.path' }
  const giveBack = quotas.takeBytes(party, announcedBytes(request, route.bytesMax))
  if (giveBack === undefined) return { status: 503, code: 'node.busy' }
  try {
    const body = await readBody(request, route.bytesMax)
    const endTurn = await quotas.takeTurn(party)
    try {
      return await route.run(service, party, body)
    } finally {
      endTurn()
    }
  } finally {
    giveBack()
  }
}

function send(request: IncomingMessage, response: ServerResponse, reply: PeerReply): void {
  // What was refused unread is not read to its end.
  if (!request.complete) response.setHeader('connection', 'close')
  if ('code' in reply) {
    const body = formatUtf8(`${reply.code}\n`)
    if (reply.status === 503 || reply.status === 429) response.setHeader('retry-after', '1')
    response.writeHead(reply.status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length })
    response.end(body)
    return
  }
  const type = 'type' in reply ? reply.type : 'application/octet-stream'
  if ('type' in reply && reply.immutable === true) {
    response.setHeader('cache-control', 'private, max-age=31536000, immutable')
  }
  response.writeHead(reply.status, { 'content-type': type, 'content-length': reply.body.length })
  response.end(reply.body)
}
