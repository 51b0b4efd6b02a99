import { createServer as createPlainServer, connect as connectPlain } from 'node:net'
import type { Socket } from 'node:net'
import { request as requestPlain } from 'node:http'
import { connect, createServer } from 'node:tls'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { createTransportCertificate } from '../../packages/server/src/keys/transport-certificate.ts'
import { openKeyring } from '../../packages/server/src/keys/keyring.ts'
import { homePaths } from '../../packages/server/src/home.ts'
import type { NetworkOptions } from '../../packages/server/src/peers/network.ts'
import { connectionsPerPeerMax } from '../../packages/server/src/peers/peer-admission.ts'
import { openRequest, standingOf } from '../../packages/server/test-support/acts.ts'
import { eventually, foundNodes } from '../../packages/server/test-support/two-nodes.ts'
import type { Report, TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

let nodes: TestNodes
const closers: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()))
  for (const { failures } of nodes.all) expect(failures).toEqual([])
  await nodes.close()
})

function portOf({ address }: TestNode): number {
  return Number(new URL(address).port)
}

async function identityOf({ home }: TestNode) {
  return (await openKeyring(homePaths.keys(home.folder))).transport
}

/** What became of a TLS connection that asks for the heads: the status of the answer, or that there was none. */
function knock(port: number, options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options }, () => {
      socket.write('GET /parley/v1/heads HTTP/1.1\r\nhost: x\r\n\r\n')
    })
    closers.push(() => socket.destroy())
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1')
      if (heard.includes('\r\n')) {
        socket.destroy()
        resolve(heard.slice(0, 12))
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve('closed'))
  })
}

describe('a connection to us', () => {
  test('[T-19] [PE12] is read only under TLS 1.3, with a key that the record names, in its time', async () => {
    nodes = await foundNodes()
    const [cn, us] = [nodes.of('cn'), nodes.of('us')]
    const port = portOf(us)
    const { certificate: cert, key } = await identityOf(cn)
    const stranger = await createTransportCertificate('cn.parley.example', new Date())
    const expired = await createTransportCertificate('cn.parley.example', new Date(Date.UTC(2010, 0, 1)))
    const ALPNProtocols = ['http/1.1']
    const good = { key, cert, ALPNProtocols }
    expect(await knock(port, good)).toBe('HTTP/1.1 200')
    const refused: Record<string, ConnectionOptions> = {
      'TLS 1.2': { ...good, maxVersion: 'TLSv1.2' },
      'no certificate': { ALPNProtocols },
      'another key': { key: stranger.key, cert: stranger.certificate, ALPNProtocols },
      expired: { key: expired.key, cert: expired.certificate, ALPNProtocols },
      'our own key': {
        ...(await identityOf(us).then((own) => ({ key: own.key, cert: own.certificate }))),
        ALPNProtocols,
      },
      'no protocol named': { key, cert },
      'another protocol': { key, cert, ALPNProtocols: ['h2'] },
    }
    for (const [name, options] of Object.entries(refused)) expect(await knock(port, options), name).toBe('closed')
    const plain = await new Promise<string>((resolve) => {
      const asked = requestPlain({ port, host: '127.0.0.1', path: '/parley/v1/heads' }, () => resolve('answered'))
      asked.on('error', () => resolve('closed'))
      asked.end()
    })
    expect(plain).toBe('closed')
  })

  test('[T-37] [PE13] has one spelling of each path, and no second request in hand', async () => {
    nodes = await foundNodes()
    const [cn, us] = [nodes.of('cn'), nodes.of('us')]
    const { certificate: cert, key } = await identityOf(cn)
    const id = us.node.registry.logOf(us.channelLog)!.id
    const say = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let heard = ''
        const options = {
          port: portOf(us),
          host: '127.0.0.1',
          rejectUnauthorized: false,
          key,
          cert,
          ALPNProtocols: ['http/1.1'],
        }
        const socket = connect(options, () => socket.write(text))
        closers.push(() => socket.destroy())
        socket.on('data', (bytes: Buffer) => {
          heard += bytes.toString('latin1')
          if (text.includes('POST') || heard.split('HTTP/1.1 ').length > 1) socket.end()
        })
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(heard.slice(9, 12)))
      })
    const get = (path: string): Promise<string> => say(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`)
    expect(await get('/parley/v1/heads')).toBe('200')
    expect(await get(`/parley/v1/logs/${id}/delivery?start=0`)).toBe('200')
    expect(await get(`/logs/${id}/checkpoint`)).toBe('200')
    const paths = [
      '/parley/v1/heads/',
      '/parley/v1//heads',
      '/parley/v1/./heads',
      '/parley/v1/%68eads',
      '/parley/v1/heads;x',
      '/parley/v1/HEADS',
      '/parley/v1/heads?x=1',
      'https://x/parley/v1/heads',
      `/parley/v1/logs/${id.toUpperCase()}/delivery?start=0`,
      `/parley/v1/logs/${id}/delivery?start=00`,
      `/parley/v1/logs/${id}/delivery?start=-1`,
      `/parley/v1/logs/${id}/delivery?start=1e3`,
      `/parley/v1/logs/${id}/delivery?start=0&start=1`,
      `/parley/v1/logs/${id}/delivery?start=99999`,
      `/parley/v1/logs/${id}/consistency?old=0&size=1`,
      `/parley/v1/logs/${'0'.repeat(64)}/delivery?start=0`,
      `/logs/${id}/../${id}/checkpoint`,
      `/logs/${id}/tile/0/000.p/0`,
      `/logs/${id}/tile/entries/x000`,
      '/logs/',
    ]
    for (const path of paths) expect(await get(path), path).toMatch(/^4(?:04|22)$/)
    // Both at once: whoever sends a second request before the first answer is not answered at all.
    const both = 'GET /parley/v1/heads HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2)
    expect(await say(both)).toBe('')
    const smuggled = `POST /parley/v1/deliveries HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`
    expect(await say(smuggled)).toBe('400')
  })

  test('[T-06] [PE14] by anybody who says nothing or little ends soon, and keeps nobody else out', async () => {
    const answering = {
      handshakeMilliseconds: 1000,
      headersMilliseconds: 1000,
      requestMilliseconds: 1500,
      wholeMilliseconds: 2000,
      checkMilliseconds: 100,
    }
    const [cn, us] = await foundWith({ answering })
    const port = portOf(us)
    // Two hundred that never begin the handshake.
    const silent = Array.from({ length: 200 }, () => open(port))
    const { certificate: cert, key } = await identityOf(cn)
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false, key, cert, ALPNProtocols: ['http/1.1'] }
    const slow = Array.from({ length: connectionsPerPeerMax + 4 }, () => dribble(connect(options)))
    const asked = await openRequest(us, nodes.channel, 'cn')
    await eventually('ours is delivered meanwhile', async () => (await standingOf(us, asked)) === 'delivered')
    await eventually('all of them are gone', () => [...silent, ...slow].every(({ destroyed }) => destroyed), 10_000)
    const said = await openRequest(cn, nodes.channel, 'us')
    await eventually('and hers is delivered', async () => (await standingOf(cn, said)) === 'delivered')
  })
})

/** Nodes whose listeners are less patient than usual. */
async function foundWith(options: NetworkOptions): Promise<[cn: TestNode, us: TestNode]> {
  nodes = await foundNodes({ network: options })
  return [nodes.of('cn'), nodes.of('us')]
}

function open(port: number): Socket {
  const socket = connectPlain({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  closers.push(() => socket.destroy())
  return socket
}

/** Sends a delivery of a byte every now and then. */
function dribble(socket: TLSSocket): TLSSocket {
  socket.on('error', () => undefined)
  closers.push(() => socket.destroy())
  socket.write('POST /parley/v1/deliveries HTTP/1.1\r\nhost: x\r\ncontent-length: 20000000\r\n\r\n')
  const timer = setInterval(() => socket.write('x'), 100)
  socket.once('close', () => clearInterval(timer))
  return socket
}

describe('a connection of ours', () => {
  /** Puts a server in the place of `cn`, and gives what `us` says about it. */
  async function standIn(serve: (port: number, cn: TestNode) => Promise<{ close(): unknown }>): Promise<Report> {
    nodes = await foundNodes({ network: { asking: { silentMilliseconds: 700, wholeMilliseconds: 1500 } } })
    const [cn, us] = [nodes.of('cn'), nodes.of('us')]
    await cn.stop()
    const server = await serve(portOf(cn), cn)
    closers.push(() => server.close())
    await us.stop()
    us.reports.length = 0
    await us.start()
    const report = await eventually('it has tried', () => us.reports.find(({ party }) => party === 'cn'))
    expect(us.node.state.own.get(us.channelLog)!.phase).toBe('asking')
    return report
  }

  async function serveTls(port: number, options: object, heard: (socket: TLSSocket) => void = () => undefined) {
    const sockets = new Set<TLSSocket>()
    const server = createServer(
      { requestCert: true, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...options },
      (socket) => {
        sockets.add(socket)
        socket.on('error', () => undefined)
        heard(socket)
      },
    )
    server.on('tlsClientError', () => undefined)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return {
      close() {
        for (const socket of sockets) socket.destroy()
        server.close()
      },
    }
  }

  const fresh = (year = 2025) => createTransportCertificate('cn.parley.example', new Date(Date.UTC(year, 0, 1)))

  test('[T-19] [PE15] says nothing to a server with another key', async () => {
    const heard: string[] = []
    const report = await standIn(async (port) => {
      const { certificate: cert, key } = await fresh()
      return serveTls(port, { key, cert }, (socket) =>
        socket.on('data', (bytes: Buffer) => heard.push(bytes.toString())),
      )
    })
    expect(report).toMatchObject({ what: 'ask-heads', code: 'peer.pin' })
    expect(heard).toEqual([])
  })

  test.each([
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }, 'peer.unreachable'],
    ['no protocol', { ALPNProtocols: [] }, 'peer.pin'],
  ])('[T-19] [PE15] says nothing under %s', async (_name, options, code) => {
    const report = await standIn(async (port, cn) => {
      const { certificate: cert, key } = await identityOf(cn)
      return serveTls(port, { key, cert, ...options })
    })
    expect(report).toMatchObject({ what: 'ask-heads', code })
  })

  test('[T-19] [PE15] says nothing to a server that does not speak TLS', async () => {
    const report = await standIn(async (port) => {
      const server = createPlainServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      return server
    })
    expect(report).toMatchObject({ what: 'ask-heads', code: 'peer.unreachable' })
  })

  test.each([
    ['is silent', (_socket: TLSSocket) => undefined, 'peer.unreachable'],
    ['sends a byte now and then', (socket: TLSSocket) => answerSlowly(socket), 'peer.unreachable'],
    ['never stops', (socket: TLSSocket) => answerWithoutEnd(socket), 'peer.limit'],
    ['redirects', (socket: TLSSocket) => socket.end(redirect), 'peer.protocol'],
    ['compresses', (socket: TLSSocket) => socket.end(compressed), 'heads.malformed'],
    ['switches protocols', (socket: TLSSocket) => socket.end(upgrade), 'peer.unreachable'],
    ['says one length and sends another', (socket: TLSSocket) => socket.end(short), 'peer.unreachable'],
    ['sends headers without end', (socket: TLSSocket) => answerHeaders(socket), 'peer.unreachable'],
  ])('[T-06] [T-08] [T-27] [PE16] to a server that %s ends with a code', async (_name, misbehave, code) => {
    const report = await standIn(async (port, cn) => {
      const { certificate: cert, key } = await identityOf(cn)
      return serveTls(port, { key, cert }, (socket) => socket.once('data', () => misbehave(socket)))
    })
    expect(report).toMatchObject({ what: 'ask-heads', code })
  })
})

const redirect =
  'HTTP/1.1 307 Temporary Redirect\r\nlocation: https://127.0.0.1:1/parley/v1/heads\r\ncontent-length: 0\r\n\r\n'
const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'
const short = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'
const compressed = Buffer.from(
  'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\x00',
  'latin1',
)

function answerSlowly(socket: TLSSocket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n')
  const timer = setInterval(() => socket.write('x'), 100)
  socket.once('close', () => clearInterval(timer))
}

function answerWithoutEnd(socket: TLSSocket): void {
  socket.write('HTTP/1.1 200 OK\r\n\r\n')
  const pour = (): void => {
    while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
    if (!socket.destroyed) socket.once('drain', pour)
  }
  pour()
}

function answerHeaders(socket: TLSSocket): void {
  socket.write('HTTP/1.1 200 OK\r\n')
  const timer = setInterval(() => socket.write(`x-${'y'.repeat(1000)}: z\r\n`), 5)
  socket.once('close', () => clearInterval(timer))
}
