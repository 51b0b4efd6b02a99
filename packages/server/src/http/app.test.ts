import { readFileSync } from 'node:fs'
import type { OperationName, Problem } from '@parley/api'
import { problemsOf } from '@parley/api'
import { describe, expect, test } from 'vitest'
import { HttpError } from './error.ts'
import { shellOperations, type Handlers } from './handler.ts'
import { checkRoutes } from './routes.ts'
import type { ShellHandlers } from './shell-handlers.ts'
import { examples } from './testing/examples.ts'
import type { SignInMeans } from './means.ts'
import { createTestMeans } from './testing/test-means.ts'
import { createOperatorTokens, hashToken } from './tokens.ts'
import {
  bearer,
  contract,
  cookieName,
  createTestApp,
  exampleRequest,
  exampleUrl,
  operationNames,
  opensToToken,
  origin,
  sameOrigin,
  standing,
  token,
  wideLimits,
} from './testing/test-app.ts'

const own: readonly string[] = shellOperations
const success = (name: OperationName) => {
  const { response } = contract[name]
  return response.kind === 'json' ? response.status : response.kind === 'none' ? 204 : 200
}

async function problemIn(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return (await response.json()) as Problem
}

type CallerKind = 'nobody' | 'wrong token' | 'wrong session' | 'operator' | 'session'

describe.each(operationNames)('%s', (name) => {
  const { policy } = contract[name]
  const expected: Record<CallerKind, number> = {
    nobody: policy.access === 'public' ? success(name) : 401,
    'wrong token': policy.access === 'public' ? success(name) : 401,
    'wrong session': policy.access === 'public' ? success(name) : 401,
    operator: policy.access === 'public' || opensToToken(contract[name]) ? success(name) : 403,
    session: success(name),
  }
  // The session to end is nobody's.
  if (name === 'endSession') expected.session = 404
  // In a browser a passkey verifies the person, and no key does.
  if (name === 'verifySessionWithKey') expected.session = 401
  // The example of signing in carries a token that is none.
  if (name === 'signIn') for (const kind of Object.keys(expected) as CallerKind[]) expected[kind] = 401

  test.each(Object.entries(expected) as [CallerKind, number][])('[HT2] %s: %i', async (kind, status) => {
    const { app, calls, cookie } = createTestApp()
    const credential = {
      nobody: {},
      'wrong token': { authorization: 'Bearer wrong-token-0123456789' },
      'wrong session': { cookie: `${cookieName}=${'A'.repeat(43)}` },
      operator: bearer,
      session: { cookie: cookie() },
    }[kind]
    const response = await app.fetch(exampleRequest(name, { ...sameOrigin, ...credential }))
    expect(response.status).toBe(status)
    expect(calls.map((call) => call.name)).toEqual(status < 300 && !own.includes(name) ? [name] : [])
    if (status < 300) await response.body?.cancel()
    else expect(problemsOf(contract[name])).toContain((await problemIn(response)).code)
  })

  test('[HT8] [HT9] [T-33] forged headers of a browser are refused, and reach no handler', async () => {
    const reads = contract[name].method === 'GET'
    const forged: Record<string, string | undefined>[] = reads
      ? [
          { origin: 'https://evil.example' },
          { origin: 'null' },
          { 'sec-fetch-site': 'cross-site' },
          { 'sec-fetch-site': 'same-site' },
          { origin: 'http://127.0.0.1:8081', 'sec-fetch-site': 'same-site' },
        ]
      : [
          { origin: undefined },
          { origin: 'null' },
          { origin: 'https://evil.example' },
          { origin: 'http://127.0.0.1:8081' },
          { origin: 'https://127.0.0.1:8080' },
          { origin: 'http://127.0.0.1:8080/' },
          { origin: 'http://127.0.0.1:8080.evil.example' },
          { origin: `${origin}, ${origin}` },
          { 'sec-fetch-site': 'cross-site' },
          { 'sec-fetch-site': 'same-site' },
          { 'sec-fetch-site': 'none' },
          { 'parley-request': undefined },
          { 'parley-request': '0' },
          { 'parley-request': '1, 1' },
        ]
    const { app, calls, cookie } = createTestApp()
    const secret = cookie()
    for (const change of forged) {
      const headers = { ...(reads ? {} : sameOrigin), cookie: secret, ...change }
      const response = await app.fetch(exampleRequest(name, headers))
      if (policy.access === 'public' && reads) expect(response.status).toBe(200)
      else expect((await problemIn(response)).code, JSON.stringify(change)).toBe('http.origin')
    }
    if (policy.access !== 'public') expect(calls).toEqual([])
  })

  test('[HT8] a token needs no word of a browser', async () => {
    if (!opensToToken(contract[name])) return
    const { app } = createTestApp()
    const response = await app.fetch(exampleRequest(name, bearer))
    expect(response.status).toBe(success(name))
    await response.body?.cancel()
  })

  test('[HT11] [T-10] [T-16] carries the security headers', async () => {
    const { app } = createTestApp()
    for (const headers of [{}, bearer]) {
      const response = await app.fetch(exampleRequest(name, headers))
      await response.body?.cancel()
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('referrer-policy')).toBe('no-referrer')
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      expect(response.headers.get('parley-correlation')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    }
  })

  test('[HT18] what the handler answers is what arrives', async () => {
    if (own.includes(name) || expected.operator === 403) return
    const { app } = createTestApp()
    const response = await app.fetch(exampleRequest(name, bearer))
    const { answer } = examples[name]
    switch (contract[name].response.kind) {
      case 'json':
        expect(await response.json()).toEqual(answer)
        break
      case 'bytes':
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(answer)
        expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z.]+"$/)
        break
      case 'download':
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3))
        expect(response.headers.get('content-length')).toBe('3')
        expect(response.headers.get('content-disposition')).toBe(`attachment; filename="a.bin"; filename*=UTF-8''a.bin`)
        break
      case 'text':
      case 'events':
        expect(await response.text()).toBe(answer)
        break
      case 'none':
        expect(await response.text()).toBe('')
    }
    for (const [field, value] of Object.entries(examples[name].answerHeaders ?? {})) {
      expect(response.headers.get(field), field).toBe(value)
    }
  })

  test('[HT18] [T-32] a field that the contract does not name never leaves', async () => {
    if (own.includes(name) || contract[name].response.kind !== 'json') return
    const leaking = () => ({ ...(examples[name].answer as object), secret: 'canary' })
    const { app, lines } = createTestApp({ handlers: { [name]: leaking } })
    const response = await app.fetch(exampleRequest(name, { ...sameOrigin, ...standing }))
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('canary')
    expect(lines.join('')).not.toContain('canary')
  })
})

describe('[HT1] [T-37] the application cannot be built', () => {
  const shell = Object.fromEntries(
    shellOperations.map((name) => [name, async () => ({ answer: 1 })]),
  ) as unknown as ShellHandlers
  const handlers = Object.fromEntries(
    operationNames.filter((name) => !own.includes(name)).map((name) => [name, () => 1]),
  )
  const { policy: _policy, ...unruled } = contract.viewNode
  test.each<[string, object, object]>([
    [
      'without a handler',
      contract,
      Object.fromEntries(Object.entries(handlers).filter(([name]) => name !== 'viewNode')),
    ],
    ['with a handler that is none', contract, { ...handlers, viewNode: 'yes' }],
    ['with a handler for nothing', contract, { ...handlers, viewSecrets: () => 1 }],
    ['with a handler for what the shell does', contract, { ...handlers, signIn: () => 1 }],
    ['without a policy', { ...contract, viewNode: unruled }, handlers],
    [
      'with an inherited policy',
      { ...contract, viewNode: Object.assign(Object.create({ policy: _policy }) as object, unruled) },
      handlers,
    ],
    ['with an empty policy', { ...contract, viewNode: { ...contract.viewNode, policy: {} } }, handlers],
    [
      'with an unknown access',
      { ...contract, viewNode: { ...contract.viewNode, policy: { ..._policy, access: 'all' } } },
      handlers,
    ],
    [
      'with an unknown limit',
      { ...contract, viewNode: { ...contract.viewNode, policy: { ..._policy, rate: 'toString' } } },
      handlers,
    ],
    [
      'with two operations at one address',
      { ...contract, viewNode: { ...contract.viewNode, path: '/api/channels' } },
      handlers,
    ],
    ['under another name', { ...contract, viewNode: contract.viewHealth }, handlers],
  ])('%s', (_, table, given) => {
    expect(() => checkRoutes(table as typeof contract, given as Record<string, unknown>, shell)).toThrow(
      expect.objectContaining({ code: 'http.policy' }) as Error,
    )
  })

  test('and neither through createApp', () => {
    expect(() => createTestApp({ handlers: { viewNode: undefined } as unknown as Partial<Handlers> })).toThrow(
      HttpError,
    )
    for (const origins of [['http://127.0.0.1:8080/'], ['127.0.0.1'], ['http://a', 'https://a'], ['ftp://a']]) {
      expect(() => createTestApp({ origins: origins as [string] })).toThrow(
        expect.objectContaining({ code: 'http.origin-malformed' }) as Error,
      )
    }
  })
})

test('[HT5] [T-51] the routes are those of the document that is checked in', () => {
  const document = JSON.parse(readFileSync(new URL('../../../../openapi/parley.json', import.meta.url), 'utf8')) as {
    paths: Record<string, Record<string, unknown>>
  }
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{([a-z]+)\}/g, ':$1')}`),
  )
  const { app } = createTestApp()
  const served = app.routes.map(({ method, path }) => `${method} ${path}`)
  // Every address also refuses the methods it does not take, and two steps stand before all of them.
  const refusing = new Set(documented.map((one) => `ALL ${one.split(' ')[1]}`))
  expect([...new Set(served)].sort()).toEqual([...documented, ...refusing, 'ALL /*'].sort())
  expect(documented).toHaveLength(operationNames.length)
})

describe('[HT4] methods', () => {
  test.each(['PUT', 'PATCH', 'OPTIONS', 'DELETE', 'POST', 'QUERY', 'PROPFIND'])('%s', async (method) => {
    const { app, calls } = createTestApp()
    const response = await app.fetch(new Request(exampleUrl('viewNode'), { method, headers: bearer }))
    expect((await problemIn(response)).code).toBe('http.method')
    expect(response.headers.get('allow')).toBe('GET, HEAD')
    expect(calls).toEqual([])
  })

  test('several on one address', async () => {
    const { app } = createTestApp()
    const response = await app.fetch(new Request(exampleUrl('signIn'), { method: 'PUT' }))
    expect(response.headers.get('allow')).toBe('POST, GET, HEAD, DELETE')
  })

  test('HEAD is GET without the body, and leaves no stream open', async () => {
    const { app, events } = createTestApp()
    const response = await app.fetch(exampleRequest('viewNode', bearer, { method: 'HEAD' }))
    expect(response.status).toBe(200)
    expect(response.body).toBeNull()
    expect((await app.fetch(exampleRequest('viewNode', {}, { method: 'HEAD' }))).status).toBe(401)
    expect((await app.fetch(exampleRequest('streamEvents', bearer, { method: 'HEAD' }))).status).toBe(200)
    expect(events.count()).toBe(0)
  })
})

describe('[HT10] host names', () => {
  test.each([
    '127.0.0.1:8081',
    '127.0.0.1',
    'evil.example',
    'evil.example:8080',
    'localhost:8080',
    '[::1]:8080',
    '127.1:8080',
    '',
  ])('as header: %j', async (host) => {
    const { app, calls } = createTestApp()
    const response = await app.fetch(exampleRequest('viewNode', { ...bearer, host }))
    expect((await problemIn(response)).code).toBe('http.host')
    expect(calls).toEqual([])
  })

  test.each([
    'http://evil.example:8080',
    'http://127.0.0.1',
    'http://localhost:8080',
    'http://127.0.0.1.nip.example:8080',
  ])('in the address: %s', async (base) => {
    const { app } = createTestApp()
    const response = await app.fetch(exampleRequest('viewNode', bearer, { url: `${base}/api/node` }))
    expect(response.status).toBe(421)
  })

  test('the node’s own names are taken', async () => {
    const { app } = createTestApp({ origins: [origin, 'http://localhost:8080'] })
    for (const base of [origin, 'http://localhost:8080']) {
      const headers = { ...bearer, host: new URL(base).host }
      expect((await app.fetch(exampleRequest('viewNode', headers, { url: `${base}/api/node` }))).status).toBe(200)
    }
  })
})

describe('[HT7] one credential decides', () => {
  test.each([
    'Bearer wrong',
    `bearer ${token}`,
    `Bearer  ${token}`,
    `Bearer ${token} `.concat('x'),
    `Bearer ${token},Bearer ${token}`,
    `Basic ${token}`,
    token,
    'Bearer',
    '',
  ])('%j beside a good cookie', async (authorization) => {
    const { app, calls, cookie } = createTestApp()
    const response = await app.fetch(exampleRequest('viewNode', { authorization, cookie: cookie() }))
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(calls).toEqual([])
  })

  test('two cookies of the name are none', async () => {
    const { app, cookie } = createTestApp()
    const response = await app.fetch(exampleRequest('viewNode', { cookie: `${cookie()}; ${cookie()}` }))
    expect(response.status).toBe(401)
  })
})

describe('[HT25] [HT26] limits', () => {
  test('[T-36] whoever guesses is locked out soon, and nobody else with them', async () => {
    const refusing = () => Promise.reject(new HttpError('sign-in.refused', 'This does not sign anybody in here'))
    const means = { ...createTestMeans(), signIn: refusing, enrol: refusing, beginEnrolment: refusing }
    const { app, cookie } = createTestApp({ means, limits: { ...wideLimits, refused: { burst: 10, perMinute: 10 } } })
    const ask = async (name: OperationName, remoteAddress: string) => {
      const response = await app.fetch(exampleRequest(name, sameOrigin), { incoming: { socket: { remoteAddress } } })
      return (await problemIn(response)).code
    }
    const guesses: string[] = []
    for (let n = 0; n < 10_000; n += 1) {
      guesses.push(await ask((['signInWithPasskey', 'enrolPasskey', 'beginEnrolment'] as const)[n % 3]!, '192.0.2.1'))
    }
    expect(guesses.filter((code) => code === 'sign-in.refused')).toHaveLength(10)
    expect(guesses.filter((code) => code === 'http.rate')).toHaveLength(9990)
    expect(await ask('signInWithPasskey', '192.0.2.2')).toBe('sign-in.refused')
    expect((await app.fetch(exampleRequest('viewNode', { cookie: cookie() }))).status).toBe(200)
  })

  test('[HT26] [T-36] guesses from everywhere run out, and nobody who is right is locked out with them', async () => {
    const right = 'right-token-0123456789abcdefghijklmnopqrstuvwxyz'
    const account = { id: 'operator', grants: [{ role: 'operator', channel: null }] } as const
    const tokens = createOperatorTokens([{ account, hash: hashToken(right) }])
    const limits = {
      ...wideLimits,
      refused: { burst: 10, perMinute: 10 },
      'refused-all': { burst: 300, perMinute: 300 },
    }
    const { app } = createTestApp({ tokens, limits })
    const ask = async (token: string, remoteAddress: string) => {
      const request = exampleRequest('viewNode', { authorization: `Bearer ${token}` })
      return (await app.fetch(request, { incoming: { socket: { remoteAddress } } })).status
    }
    const statuses: number[] = []
    for (let n = 0; n < 2_000; n += 1) statuses.push(await ask(`wrong-${n}`, `198.51.${n >> 8}.${n & 255}`))
    expect(statuses.filter((status) => status === 401)).toHaveLength(300)
    expect(statuses.filter((status) => status === 429)).toHaveLength(1_700)
    expect(await ask(right, '192.0.2.9')).toBe(200)
  })

  test('[HT39] [T-36] attempts on one account from everywhere run out, and its owner’s own places stay open', async () => {
    const owner = 'a'.repeat(32)
    let looked = 0
    let isOwner = true
    const signIn: SignInMeans['signIn'] = async (_answer, admit) => {
      admit?.(owner)
      looked += 1
      if (isOwner) return { id: owner, grants: [] }
      throw new HttpError('sign-in.refused', 'This does not sign anybody in here')
    }
    const limits = { ...wideLimits, 'refused-all': wideLimits.refused, account: { burst: 20, perMinute: 1 } }
    const { app, clock } = createTestApp({ means: { ...createTestMeans(), signIn }, limits })
    const ask = async (remoteAddress: string) => {
      const request = exampleRequest('signInWithPasskey', sameOrigin)
      return (await app.fetch(request, { incoming: { socket: { remoteAddress } } })).status
    }
    expect(await ask('192.0.2.1')).toBe(201)
    isOwner = false
    looked = 0
    for (let n = 0; n < 1_000; n += 1) await ask(`198.51.${n >> 8}.${n & 255}`)
    // One attempt was the owner's own first.
    expect(looked).toBe(19)
    isOwner = true
    expect(await ask('203.0.113.7')).toBe(429)
    expect(await ask('192.0.2.1')).toBe(201)
    clock.now += 60_000
    expect(await ask('203.0.113.7')).toBe(201)
  })

  test('a limit is counted by client and account, and comes back', async () => {
    const { app, clock, cookie } = createTestApp({ limits: { ...wideLimits, read: { burst: 2, perMinute: 60 } } })
    const ask = async (headers: Record<string, string>) => (await app.fetch(exampleRequest('viewNode', headers))).status
    expect([await ask(bearer), await ask(bearer)]).toEqual([200, 200])
    const response = await app.fetch(exampleRequest('viewNode', bearer))
    expect((await problemIn(response)).code).toBe('http.rate')
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await ask({ cookie: cookie() })).toBe(429)
    expect(await ask({ cookie: cookie('somebody-else') })).toBe(200)
    clock.now += 1000
    expect(await ask(bearer)).toBe(200)
    expect(await ask(bearer)).toBe(429)
  })

  test('wrong credentials run out; the right one still works', async () => {
    const { app, lines } = createTestApp({ limits: { ...wideLimits, refused: { burst: 3, perMinute: 1 } } })
    const wrong = { authorization: 'Bearer wrong-token-0123456789' }
    const statuses = []
    for (let n = 0; n < 5; n += 1) statuses.push((await app.fetch(exampleRequest('viewNode', wrong))).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
    expect((await app.fetch(exampleRequest('viewNode', bearer))).status).toBe(200)
    const signIn = (given: string) =>
      app.fetch(exampleRequest('signIn', sameOrigin, { body: JSON.stringify({ token: given }) }))
    expect((await signIn('wrong-token')).status).toBe(429)
    expect((await signIn(token)).status).toBe(201)
    expect(lines.length).toBe(8)
  })
})
