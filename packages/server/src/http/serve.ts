// Puts the interface on a port of this machine, with bounds on everything that a connection can hold up. Without TLS it
// listens on loopback only.

import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerOptions } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { App } from './app.ts'
import { HttpError } from './error.ts'
import type { EventHub } from './events.ts'
import { secureHeaders } from './headers.ts'
import { problemResponse } from './problem-answer.ts'

/** A whole request, body and all, must have arrived by then. */
const requestMillisecondsMax = 120_000
const headersMillisecondsMax = 10_000
const keepAliveMilliseconds = 10_000
/** A connection on which nothing moves; event streams move at every heartbeat. */
const idleMillisecondsMax = 60_000
const headerBytesMax = 16 * 1024
const headersMax = 100
const connectionsMax = 512
const connectionsClientMaxDefault = 128
const requestsSocketMax = 10_000
const closeMillisecondsMax = 5_000
const closeSweepMilliseconds = 50

export interface ServeOptions {
  /** An IP address. Anything but loopback needs `tls` and `origin`. */
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Files in PEM. */
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string }
  /** The origin that people type, where it is not the address listened on. */
  readonly origin?: string
  /** Connections that one client may have open, where it is not the usual number: systems of our own may need more. */
  readonly connectionsClientMax?: number
  readonly events: EventHub
  /** Builds the interface, once the port is known. */
  readonly createApp: (origins: readonly [string, ...string[]]) => App
}

export interface Serving {
  readonly origin: string
  readonly port: number
  /** Ends the event streams, lets running calls finish for a while, and gives up the port. */
  close(): Promise<void>
}

/**
 * Serves the interface.
 *
 * @throws {HttpError} `serve.plain` for plain HTTP off loopback; `serve.tls` when the TLS files cannot be used
 */
export async function serveApp(options: ServeOptions): Promise<Serving> {
  const loopback = isLoopback(options.host)
  if (options.tls === undefined && !loopback) {
    throw new HttpError('serve.plain', 'Plain HTTP is served on a loopback address only; give TLS files for any other')
  }
  if (options.origin === undefined && !loopback) {
    throw new HttpError('serve.plain', 'An address that is not loopback needs the origin that people type')
  }
  const server = await createBoundedServer(options)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: options.host, port: options.port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  try {
    const origins = originsOf(options, port)
    const app = options.createApp(origins)
    const listener = getRequestListener(app.fetch, { errorHandler })
    server.on('request', (incoming, outgoing) => {
      // The parser lets a request line claim another version, whose rules for bodies are not the ones it reads by.
      if (/^1\.[01]$/.test(incoming.httpVersion)) void listener(incoming, outgoing)
      else outgoing.writeHead(505, { connection: 'close' }).end()
    })
    return { origin: origins[0], port, close: () => close(server, options.events) }
  } catch (error) {
    server.close()
    throw error
  }
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

function originsOf(options: ServeOptions, port: number): readonly [string, ...string[]] {
  if (options.origin !== undefined) return [options.origin]
  const scheme = options.tls === undefined ? 'http' : 'https'
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  // Passkeys want a name, so the name of this machine for itself counts as its own too.
  return [new URL(`${scheme}://${host}:${port}`).origin, new URL(`${scheme}://localhost:${port}`).origin]
}

async function createBoundedServer({
  connectionsClientMax = connectionsClientMaxDefault,
  tls,
}: ServeOptions): Promise<Server> {
  const bounds = {
    requestTimeout: requestMillisecondsMax,
    headersTimeout: headersMillisecondsMax,
    keepAliveTimeout: keepAliveMilliseconds,
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: headerBytesMax,
    insecureHTTPParser: false,
    requireHostHeader: true,
    noDelay: true,
  }
  const server = tls === undefined ? createServer(bounds) : await createTls(bounds, tls)
  server.maxHeadersCount = headersMax
  server.maxRequestsPerSocket = requestsSocketMax
  server.maxConnections = connectionsMax
  server.setTimeout(idleMillisecondsMax)
  boundClients(server, connectionsClientMax)
  return server
}

async function createTls(bounds: ServerOptions, files: NonNullable<ServeOptions['tls']>): Promise<Server> {
  try {
    const [cert, key] = await Promise.all([readFile(files.certificateFile), readFile(files.keyFile)])
    return createTlsServer({ ...bounds, cert, key, minVersion: 'TLSv1.3' })
  } catch (cause) {
    throw new HttpError('serve.tls', 'The TLS files cannot be used', { cause })
  }
}

function boundClients(server: Server, connectionsClientMax: number): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const client = socket.remoteAddress ?? ''
    const count = (open.get(client) ?? 0) + 1
    if (count > connectionsClientMax) {
      socket.destroy()
      return
    }
    open.set(client, count)
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1
      if (left === 0) open.delete(client)
      else open.set(client, left)
    })
  })
}

/** For what is no request at all, such as a host header that no URL can hold. */
function errorHandler(): Response {
  const response = problemResponse(new HttpError('http.host', 'The request names no host of this node'), randomUUID())
  secureHeaders(response.headers, { tls: false })
  return response
}

async function close(server: Server, events: EventHub): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  events.close()
  // A connection that was kept alive turns idle only when its last answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), closeSweepMilliseconds)
  const giveUp = setTimeout(() => server.closeAllConnections(), closeMillisecondsMax)
  await closed
  clearInterval(sweep)
  clearTimeout(giveUp)
}
