// A cheap client for load: requests that were written out beforehand go over one kept-alive connection, and of each answer
// only the status, the length and the body are looked at. A costly client would measure itself, on the same cores.

import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface WireAnswer {
  readonly status: number
  readonly body: string
}

export interface Wire {
  /** Sends one request and waits for its whole answer. Only one at a time. */
  ask(request: Buffer): Promise<WireAnswer>
  close(): void
}

/** The bytes of a request. */
export function formatRequest(
  origin: string,
  token: string,
  call: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: string },
): Buffer {
  const lines = [
    `${call.method} ${call.path} HTTP/1.1`,
    `host: ${new URL(origin).host}`,
    `authorization: Bearer ${token}`,
  ]
  if (call.body !== undefined) {
    lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(call.body)}`)
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${call.body ?? ''}`)
}

interface Waiting {
  resolve(answer: WireAnswer): void
  reject(error: Error): void
}

/** Opens a connection; a new one is made when the server has ended it between two requests. */
export async function openWire(origin: string): Promise<Wire> {
  const { hostname, port } = new URL(origin)
  let socket: Socket | undefined
  let received: Buffer = Buffer.alloc(0)
  let waiting: Waiting | undefined

  function take(chunk: Buffer): void {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = parseAnswer(received)
    if (answer === undefined) return
    received = Buffer.alloc(0)
    const { resolve } = waiting!
    waiting = undefined
    resolve(answer)
  }

  async function dial(): Promise<Socket> {
    const dialled = connect({ host: hostname, port: Number(port), noDelay: true })
    await once(dialled, 'connect')
    dialled.on('data', take)
    dialled.on('error', (error) => waiting?.reject(error))
    dialled.on('close', () => {
      waiting?.reject(new Error('the server ended the connection'))
      if (socket === dialled) socket = undefined
    })
    return dialled
  }

  socket = await dial()
  return {
    async ask(request) {
      socket ??= await dial()
      const used = socket
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        used.write(request)
      })
    },
    close: () => socket?.destroy(),
  }
}

/** Undefined until the whole answer is there. */
function parseAnswer(bytes: Buffer): WireAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const start = end + 4
  const length = /\r\ncontent-length: ([0-9]+)/i.exec(head)?.[1]
  if (length === undefined) return parseChunks(bytes, start, status)
  if (bytes.length < start + Number(length)) return undefined
  return { status, body: bytes.toString('utf8', start, start + Number(length)) }
}

function parseChunks(bytes: Buffer, start: number, status: number): WireAnswer | undefined {
  let body = ''
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at)
    if (line < 0) return undefined
    const length = Number.parseInt(bytes.toString('latin1', at, line), 16)
    const from = line + 2
    if (bytes.length < from + length + 2) return undefined
    if (length === 0) return { status, body }
    body += bytes.toString('utf8', from, from + length)
    at = from + length + 2
  }
}
