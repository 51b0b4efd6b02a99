import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTransportCertificate } from '../keys/transport-certificate.ts'
import { createGuardedLookup, isBarred, openPeerAddress } from './peer-address.ts'
import type { Resolve } from './peer-address.ts'
import { requestPeer } from './peer-request.ts'
import { PinnedAgent } from './pinned-connection.ts'

/** A listener that counts who comes: on both families, under one port. */
let canaries: Server[] = []
let port = 0
let visits = 0

beforeAll(async () => {
  const open = (host: string, at: number): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer((socket) => {
        visits += 1
        socket.destroy()
      })
      server.once('error', reject)
      server.listen(at, host, () => resolve(server))
    })
  const first = await open('0.0.0.0', 0)
  port = (first.address() as AddressInfo).port
  canaries = [first, await open('::1', port).catch(() => first)]
})
afterAll(() => Promise.all(canaries.map((server) => new Promise((resolve) => server.close(resolve)))))

/** Spellings of addresses that lead somewhere else than they say, or where no peer may be; P stands for the canary's port. */
const addresses = [
  'http://127.0.0.1:P',
  'HTTPS://127.0.0.1:P',
  'https://127.0.0.1:P/',
  'https://127.0.0.1:P/path',
  'https://127.0.0.1:P?x',
  'https://127.0.0.1:P#x',
  'https://user@127.0.0.1:P',
  'https://user:pass@127.0.0.1:P',
  'https://us.example@127.0.0.1:P',
  'https://us.example\\@127.0.0.1:P',
  'https:\\\\127.0.0.1:P',
  'https:/127.0.0.1:P',
  'https:127.0.0.1:P',
  '//127.0.0.1:P',
  '127.0.0.1:P',
  'ftp://127.0.0.1:P',
  'file:///etc/passwd',
  'unix:/run/docker.sock',
  'https://unix:/run/docker.sock',
  'https://2130706433:P',
  'https://0x7f000001:P',
  'https://0x7f.1:P',
  'https://0177.0.0.1:P',
  'https://017700000001:P',
  'https://127.1:P',
  'https://127.0.1:P',
  'https://0:P',
  'https://0.0.0.0:P',
  'https://00000177.0.0.1:P',
  'https://127.0.0.1.:P',
  'https://localhost:P',
  'https://localhost.:P',
  'https://LOCALHOST:P',
  'https://sub.localhost:P',
  'https://[::]:P',
  'https://[0:0:0:0:0:0:0:1]:P',
  'https://[::ffff:127.0.0.1]:P',
  'https://[::ffff:7f00:1]:P',
  'https://[0:0:0:0:0:ffff:7f00:1]:P',
  'https://[::127.0.0.1]:P',
  'https://[64:ff9b::7f00:1]:P',
  'https://[64:ff9b:1::7f00:1]:P',
  'https://[2002:7f00:1::]:P',
  'https://[fe80::1]:P',
  'https://[fe80::1%25eth0]:P',
  'https://[ff02::1]:P',
  'https://[::1%lo]:P',
  'https://169.254.169.254:P',
  'https://169.254.169.254',
  'https://[fd00:ec2::254%x]:P',
  'https://224.0.0.1:P',
  'https://255.255.255.255:P',
  'https://240.0.0.1:P',
  'https://①②⑦.⓪.⓪.①:P',
  'https://127。0。0。1:P',
  'https://127.0.0.1:0P',
  'https://127.0.0.1:+P',
  'https://127.0.0.1:P ',
  ' https://127.0.0.1:P',
  'https://127.0.0.1:P\n',
  'https://127.0.0.1\t:P',
  'https://%31%32%37.0.0.1:P',
  'https://127.0.0.1%00:P',
  'https://127.0.0.1:99999',
  'https://127.0.0.1:',
  'https://',
  'https://:P',
  'https://[',
  '',
]

describe('[T-08] [PE24] an address that a record may name', () => {
  // The record refuses most of these by their form; here they are refused even if they came past it.
  test('is refused before anything is sent, unless it is spelled in the one way there is', async () => {
    expect(addresses.length).toBeGreaterThanOrEqual(60)
    const { certificate, key } = await createTransportCertificate('us.parley.example', new Date())
    const agent = new PinnedAgent({ key, certificate }, '00'.repeat(32), Date.now)
    for (const spelled of addresses) {
      const address = spelled.replace('P', String(port))
      const asked = requestPeer(agent, address, { method: 'GET', path: '/parley/v1/heads', bytesMax: 1000 })
      await expect(asked, spelled).rejects.toMatchObject({
        code: expect.stringMatching(/^peer\.(?:address|unreachable)$/),
      })
    }
    expect(visits).toBe(0)
    // The canary sings when it is meant: a record may name this very machine, as demonstrations do.
    const meant = requestPeer(agent, `https://127.0.0.1:${port}`, { method: 'GET', path: '/', bytesMax: 1000 })
    await expect(meant).rejects.toMatchObject({ code: 'peer.unreachable' })
    expect(visits).toBe(1)
    agent.destroy()
  })

  test.each([
    ['https://us.parley.example', 'us.parley.example', 443],
    ['https://us.parley.example:443', 'us.parley.example', 443],
    ['https://us.parley.example:8443', 'us.parley.example', 8443],
    ['https://198.51.100.7:8443', '198.51.100.7', 8443],
    ['https://10.1.2.3:8443', '10.1.2.3', 8443],
    ['https://[2a00:1450::1]:8443', '2a00:1450::1', 8443],
    ['https://[::1]:8443', '::1', 8443],
  ])('%s is taken at its word', (address, host, at) => {
    expect(openPeerAddress(address)).toEqual({ host, port: at })
  })
})

describe('[T-08] [PE24] a name', () => {
  const look = (resolve: Resolve, all: boolean): Promise<unknown> =>
    new Promise((resolved) => {
      createGuardedLookup(resolve)('us.parley.example', { all }, (error, address) => resolved(error ?? address))
    })
  const giving =
    (...found: string[]): Resolve =>
    (_name, _options, callback) =>
      callback(
        null,
        found.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      )

  test.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '198.18.0.1',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
  ])('that leads to %s leads nowhere', async (address) => {
    expect(isBarred(address, true)).toBe(true)
    expect(await look(giving(address), false)).toMatchObject({ code: 'peer.address' })
    expect(await look(giving(address), true)).toMatchObject({ code: 'peer.address' })
  })

  test('is looked up once for a connection, and leads to the one address that was looked at', async () => {
    let turn = 0
    const flipping: Resolve = (name, options, callback) =>
      giving(turn++ === 0 ? '198.51.100.7' : '127.0.0.1')(name, options, callback)
    expect(await look(flipping, true)).toEqual([{ address: '198.51.100.7', family: 4 }])
    expect(turn).toBe(1)
    expect(await look(flipping, true)).toMatchObject({ code: 'peer.address' })
    expect(await look(giving('127.0.0.1', '198.51.100.7', '198.51.100.8'), true)).toEqual([
      { address: '198.51.100.7', family: 4 },
    ])
  })

  test('that nobody knows says so', async () => {
    const failing: Resolve = (_name, _options, callback) =>
      callback(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [])
    expect(await look(failing, false)).toMatchObject({ code: 'ENOTFOUND' })
    expect(await look(giving(), false)).toMatchObject({ code: 'peer.address' })
  })
})
