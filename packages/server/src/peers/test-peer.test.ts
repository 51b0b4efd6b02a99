import { createServer as createHttpsServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTransportCertificate } from '../keys/transport-certificate.ts'
import { pinOf } from '../keys/pin.ts'
import { startPeerListener } from './peer-listener.ts'
import type { PeerListenerParts } from './peer-listener.ts'
import { testPeer } from './test-peer.ts'
import type { PeerTrial } from './test-peer.ts'

type Identity = Awaited<ReturnType<typeof createTransportCertificate>>
type Node = Parameters<typeof testPeer>[0]

let ours: Identity
let theirs: Identity
const closers: (() => void | Promise<void>)[] = []
beforeAll(async () => {
  ours = await createTransportCertificate('us.parley.example', new Date())
  theirs = await createTransportCertificate('cn.parley.example', new Date())
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const pin = ({ certificate }: Identity, at = new Date()): string => pinOf(new X509Certificate(certificate), at)

/** Our node, as far as the test of a peer looks at it. */
function nodeFor(address: string, pinned = pin(theirs)): Node {
  const registry = { address: () => address, key: () => pinned }
  return { clock: Date.now, keyring: { transport: ours }, registry } as unknown as Node
}

const localAddress = (port: number): string => `https://127.0.0.1:${port}`

/** A peer that knows us, but for what differs. */
async function startPeer(parts: Partial<PeerListenerParts> = {}, name = 'cn'): Promise<string> {
  const service = { showNode: async () => ({ status: 200, body: new TextEncoder().encode(`${name}\n`) }) }
  const listener = await startPeerListener(
    {
      identity: theirs,
      service: service as unknown as PeerListenerParts['service'],
      clock: Date.now,
      partyOfPin: (shown) => (shown === pin(ours) ? 'us' : undefined),
      holdsPin: (_party, shown) => shown === pin(ours),
      noteContact: () => undefined,
      refused: () => undefined,
      ...parts,
    },
    '127.0.0.1',
    0,
  )
  closers.push(() => listener.close())
  return localAddress(listener.port)
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return localAddress((server.address() as AddressInfo).port)
}

/** What came of the last step that was tried. */
function endOf({ steps }: PeerTrial): string {
  const last = steps.findLast(({ outcome }) => outcome !== 'skipped')
  return last === undefined ? '' : `${last.step} ${last.outcome} ${last.code ?? ''}`.trim()
}

describe('a peer', () => {
  test('that knows us passes every step', async () => {
    const trial = await testPeer(nodeFor(await startPeer()), 'cn')
    expect(trial.passed).toBe(true)
    expect(trial.steps.map(({ step }) => step)).toEqual(['address', 'connect', 'tls', 'identity', 'protocol', 'clock'])
    expect(trial.steps.at(-1)?.offsetSeconds).toBe(0)
  })

  test.each([
    ['has no address', async () => nodeFor('cn.parley.example'), 'address failed peer.address'],
    ['has a host that nobody knows', async () => nodeFor('https://cn.invalid'), 'address failed peer.unresolved'],
    [
      'does not listen',
      async () => {
        const address = await listen(createTcpServer())
        for (const close of closers.splice(0)) await close()
        return nodeFor(address)
      },
      'connect failed peer.refused',
    ],
    ['is silent', async () => nodeFor(await listen(createTcpServer())), 'tls failed peer.timeout'],
    [
      'hangs up',
      async () => nodeFor(await listen(createTcpServer((socket) => socket.destroy()))),
      'tls failed peer.closed',
    ],
    [
      'does not speak TLS',
      async () => nodeFor(await listen(createTcpServer((socket) => socket.end('220 mail.example\r\n')))),
      'tls failed peer.tls',
    ],
    [
      'speaks an older TLS',
      async () =>
        nodeFor(await listen(createHttpsServer({ key: theirs.key, cert: theirs.certificate, maxVersion: 'TLSv1.2' }))),
      'tls failed peer.tls-version',
    ],
    ['holds another key', async () => nodeFor(await startPeer(), '00'.repeat(32)), 'identity failed peer.pin'],
    [
      'has a certificate of the past',
      async () => {
        const past = new Date('2010-01-01')
        const old = await createTransportCertificate('cn.parley.example', past)
        return nodeFor(await startPeer({ identity: old }), pin(old, past))
      },
      'identity failed peer.expired',
    ],
    [
      'does not know us',
      async () => nodeFor(await startPeer({ partyOfPin: () => undefined })),
      'identity failed peer.closed',
    ],
    ['is another party', async () => nodeFor(await startPeer({}, 'fr')), 'protocol failed peer.protocol'],
    [
      'speaks of other things',
      async () => {
        const options = { key: theirs.key, cert: theirs.certificate }
        return nodeFor(await listen(createHttpsServer(options, (_request, response) => response.end('hello'))))
      },
      'protocol failed peer.protocol',
    ],
  ])('that %s', async (_what, start, end) => {
    const trial = await testPeer(await start(), 'cn', 300)
    expect(trial.passed).toBe(false)
    expect(endOf(trial)).toBe(end)
    expect(trial.steps).toHaveLength(6)
  })

  test('whose clock is an hour ahead', async () => {
    const trial = await testPeer(nodeFor(await startPeer({ clock: () => Date.now() + 3_600_000 })), 'cn')
    expect(endOf(trial)).toBe('clock failed peer.clock')
    expect(trial.steps.at(-1)?.offsetSeconds).toBe(3600)
  })

  test('is tried once at a time', async () => {
    const node = nodeFor(await startPeer())
    const first = testPeer(node, 'cn')
    await expect(testPeer(node, 'cn')).rejects.toMatchObject({ code: 'peer.busy' })
    expect((await first).passed).toBe(true)
  })
})
