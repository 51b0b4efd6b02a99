import { connect } from 'node:net'
import { createClient } from '@parley/api/client'
import { afterEach, describe, expect, test } from 'vitest'
import { serveApp, type ServeOptions, type Serving } from './serve.ts'
import { createTestApp, token, type TestApp } from './testing/test-app.ts'

let serving: (Serving & TestApp) | undefined

async function serve(overrides: Partial<ServeOptions> = {}): Promise<Serving & TestApp> {
  const base = createTestApp()
  let built: TestApp | undefined
  const { events } = base
  const given = await serveApp({
    host: '127.0.0.1',
    port: 0,
    events,
    createApp: (origins) => {
      built = createTestApp({ origins, events })
      return built.app
    },
    ...overrides,
  })
  serving = { ...built!, ...given, events }
  return serving
}

afterEach(async () => {
  await serving?.close()
  serving = undefined
})

/** Sends bytes as they are and gives back all that comes until the other side closes or falls silent. */
function raw(port: number, text: string, silenceMilliseconds = 300): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(silenceMilliseconds, () => socket.destroy())
    socket.setEncoding('latin1')
    socket.on('data', (data: string) => (got += data))
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)))
    socket.on('close', () => resolve(got))
  })
}

const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => Number(match[1]))

describe('[HT32] plain HTTP', () => {
  test.each([
    '0.0.0.0',
    '::',
    '192.0.2.1',
    '10.0.0.1',
    'localhost',
    'node.example',
    '',
    '127.0.0.1.example',
    '::ffff:127.0.0.1',
  ])('is refused on %j', async (host) => {
    await expect(serve({ host })).rejects.toMatchObject({ code: 'serve.plain' })
  })

  test('TLS files that cannot be used stop the start', async () => {
    const tls = { certificateFile: '/nowhere/certificate.pem', keyFile: import.meta.filename }
    await expect(serve({ tls })).rejects.toMatchObject({ code: 'serve.tls' })
    const notPem = { certificateFile: import.meta.filename, keyFile: import.meta.filename }
    await expect(serve({ tls: notPem })).rejects.toMatchObject({ code: 'serve.tls' })
  })

  test('a failure to build the interface gives the port back', async () => {
    const failing = serve({
      createApp: () => {
        throw new Error('planned')
      },
    })
    await expect(failing).rejects.toThrow('planned')
  })
})

test('[HT2] the contract’s client against a real port', async () => {
  const { origin, events, calls } = await serve()
  const client = createClient({ baseUrl: origin, fetch, token })
  expect((await client.viewNode()).party).toBe('us')
  expect(await client.importBundle({ body: new Uint8Array(3 * 1024 * 1024) })).toMatchObject({ entries: 2 })
  expect((calls[1]!.call as { body: Uint8Array }).body).toHaveLength(3 * 1024 * 1024)
  expect(await client.viewEntryProof({ params: { log: 'cd'.repeat(32), position: 3 } })).toContain('tlog-proof')
  const stream = await client.streamEvents()
  events.publish({ topic: 'peer' })
  for await (const event of stream) {
    expect(event).toEqual({ topic: 'peer' })
    break
  }
  const anonymous = createClient({ baseUrl: origin, fetch })
  await expect(anonymous.viewNode()).rejects.toMatchObject({ code: 'http.credentials', status: 401 })
  await expect(anonymous.signIn({ body: { token } })).rejects.toMatchObject({ code: 'http.origin' })
  expect(await anonymous.viewHealth()).toEqual({ status: 'up' })
})

test('[HT28] a client that goes away leaves no stream behind', async () => {
  const { origin, events } = await serve()
  const left = new AbortController()
  const client = createClient({ baseUrl: origin, fetch, token })
  await client.streamEvents({}, { signal: left.signal })
  expect(events.count()).toBe(1)
  left.abort()
  await expect.poll(() => events.count()).toBe(0)
})

test('[HT22] sign-in and session over a real port, as a browser would', async () => {
  const { origin } = await serve()
  const page = { origin, 'sec-fetch-site': 'same-origin', 'parley-request': '1', 'content-type': 'application/json' }
  const signedIn = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: page,
    body: JSON.stringify({ token }),
  })
  expect(signedIn.status).toBe(201)
  const setCookie = signedIn.headers.get('set-cookie')!
  expect(setCookie).toMatch(/^parley-\d+=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  const cookie = setCookie.split(';')[0]!
  expect((await fetch(`${origin}/api/session`, { headers: { cookie } })).status).toBe(200)
  const out = await fetch(`${origin}/api/session`, {
    method: 'DELETE',
    headers: { ...page, cookie, 'content-type': '' },
  })
  expect(out.status).toBe(415)
  const { 'content-type': _, ...bare } = page
  expect((await fetch(`${origin}/api/session`, { method: 'DELETE', headers: { ...bare, cookie } })).status).toBe(204)
  expect((await fetch(`${origin}/api/session`, { headers: { cookie } })).status).toBe(401)
})

describe('[HT3] [HT33] raw requests', () => {
  const auth = `Authorization: Bearer ${token}\r\n`
  const host = (port: number) => `Host: 127.0.0.1:${port}\r\n`
  const close = 'Connection: close\r\n'

  test('paths on the wire are taken as they are', async () => {
    const { port, calls } = await serve()
    const targets = [
      '/api/./node',
      '/api/x/../node',
      '//api/node',
      '/api//node',
      '/api/node/',
      '/%61pi/node',
      '/api/%6eode',
      '/api/node%00',
      '/api\\node',
      '/api/node;x',
      '/API/node',
      `http://127.0.0.1:${port}/api/node`,
      `http://evil.example/api/node`,
      '/api/node%2f',
      '/api/node#x',
      '/api/%2e/node',
    ]
    for (const target of targets) {
      const answer = await raw(port, `GET ${target} HTTP/1.1\r\n${host(port)}${auth}${close}\r\n`)
      expect(statuses(answer), target).toHaveLength(1)
      expect([400, 404, 421], target).toContain(statuses(answer)[0])
    }
    expect(calls).toEqual([])
    expect(statuses(await raw(port, `GET /api/node HTTP/1.1\r\n${host(port)}${auth}${close}\r\n`))).toEqual([200])
  })

  test('what two servers could read differently is refused', async () => {
    const { port, calls } = await serve()
    const post = 'POST /api/bundles/import HTTP/1.1\r\n'
    const media = 'Content-Type: application/octet-stream\r\n'
    const smuggled = `GET /api/node HTTP/1.1\r\n${host(port)}${auth}\r\n`
    const cases: string[] = [
      `${post}${host(port)}${auth}${media}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `${post}${host(port)}${auth}${media}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
      `${post}${host(port)}${auth}${media}Content-Length: +3\r\n\r\nabc`,
      `${post}${host(port)}${auth}${media}Content-Length: 0x3\r\n\r\nabc`,
      `${post}${host(port)}${auth}${media}Content-Length : 3\r\n\r\nabc`,
      `${post}${host(port)}${auth}${media}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
      `${post}${host(port)}${auth}${media}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
      `${post}${host(port)}${auth}${media}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
      `${post}${host(port)}${auth}${media}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`,
      `GET /api/node HTTP/1.1\r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\n${host(port)}Host: evil.example\r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\nHost: evil.example\r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\nHost: 127.0.0.1:${port}@evil.example\r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\nHost: evil.example/127.0.0.1:${port}\r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\nHost: \r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\n${host(port)}${auth} folded\r\n\r\n`,
      `GET /api/node HTTP/1.1\r\n${host(port)}X: a\u0000b\r\n${auth}\r\n`,
      `GET /api/node HTTP/1.1\n${host(port)}${auth}\n`.replaceAll('\r\n', '\n'),
      `GET /api/node HTTP/2.0\r\n${host(port)}${auth}\r\n`,
      `GET /api/node HTTP/0.9\r\n\r\n`,
      `G@T /api/node HTTP/1.1\r\n${host(port)}${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\n${host(port)}${auth}Content-Length: 5\r\n\r\nabcde`,
      `GET /api/node HTTP/1.1\r\n${host(port)}${auth}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET /api/node HTTP/1.1\r\n${host(port)}${auth}X: ${'x'.repeat(20_000)}\r\n\r\n`,
      `GET /api/node?${'x'.repeat(20_000)} HTTP/1.1\r\n${host(port)}${auth}\r\n`,
      `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${host(port)}${auth}\r\n`,
      `TRACE /api/node HTTP/1.1\r\n${host(port)}${auth}\r\n`,
      `OPTIONS * HTTP/1.1\r\n${host(port)}${auth}\r\n`,
      `GET /api/node HTTP/1.1\r\n${host(port)}Authorization: Bearer x\r\n${auth}\r\n`,
      '\u0016\u0003\u0001\u0000\u0005hello',
      '{"json":true}\r\n\r\n',
    ]
    for (const text of cases) {
      const answer = await raw(port, text)
      expect(
        statuses(answer).some((status) => status < 400),
        JSON.stringify(text).slice(0, 160),
      ).toBe(false)
      expect(answer).not.toMatch(/node_modules|\.ts:|at [A-Z]/)
    }
    expect(calls).toEqual([])
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
  }, 30_000)

  test('an upgrade is no way in', async () => {
    const { port } = await serve()
    const text = `GET /api/node HTTP/1.1\r\n${host(port)}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`
    expect(statuses(await raw(port, text))).toEqual([401])
  })

  test('a body that stops half-way reaches no handler', async () => {
    const { port, calls } = await serve()
    const head = `POST /api/bundles/import HTTP/1.1\r\n${host(port)}${auth}Content-Type: application/octet-stream\r\n`
    expect(statuses(await raw(port, `${head}Content-Length: 10\r\n\r\nabc`))).toEqual([])
    expect(statuses(await raw(port, `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nab`))).toEqual([])
    const over = `${head}Content-Length: ${64 * 1024 * 1024 + 1}\r\n\r\nabc`
    expect(statuses(await raw(port, over))).toEqual([413])
    expect(calls).toEqual([])
  })
})

test('[HT34] closing ends the streams and gives up the port', async () => {
  const node = await serve()
  const { origin, port } = node
  const client = createClient({ baseUrl: origin, fetch, token })
  const stream = await client.streamEvents()
  const ended = (async () => {
    for await (const _ of stream) throw new Error('nothing was published')
    return 'ended'
  })()
  const started = Date.now()
  await node.close()
  expect(await ended).toBe('ended')
  expect(Date.now() - started).toBeLessThan(4000)
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
  serving = undefined
})
