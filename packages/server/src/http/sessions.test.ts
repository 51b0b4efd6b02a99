import type { Problem, SessionView } from '@parley/api'
import { describe, expect, test } from 'vitest'
import { cookieForm, formatSetCookie, openCookie } from './cookie.ts'
import { createSessions } from './sessions.ts'
import {
  bearer,
  cookieName,
  createTestApp,
  exampleRequest,
  sameOrigin,
  token,
  wideLimits,
  type TestApp,
} from './testing/test-app.ts'
import { createOperatorTokens, hashToken } from './tokens.ts'

const minute = 60_000

async function signIn({ app }: TestApp, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ token })
  const response = await app.fetch(exampleRequest('signIn', { ...sameOrigin, ...headers }, { body }))
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0]!
  return { response, cookie }
}

const ask = async ({ app }: TestApp, cookie: string) => (await app.fetch(exampleRequest('viewNode', { cookie }))).status

describe('[HT20] [T-33] signing in', () => {
  test('gives a session of the token’s account', async () => {
    const node = createTestApp()
    const { response, cookie } = await signIn(node)
    expect(response.status).toBe(201)
    const view = (await response.json()) as SessionView
    const { now } = node.clock
    expect(view).toEqual({
      account: 'duty',
      grants: [{ role: 'operator', channel: null }],
      means: 'token',
      since: now,
      idleUntil: now + 15 * minute,
      absoluteUntil: now + 480 * minute,
    })
    expect(await ask(node, cookie)).toBe(200)
    expect(node.calls[0]!.call).toMatchObject({
      caller: { kind: 'session', account: { id: 'duty', grants: [{ role: 'operator', channel: null }] } },
    })
    const seen = await node.app.fetch(exampleRequest('viewSession', { cookie }))
    expect(await seen.json()).toEqual(view)
  })

  test('ends the session that came with it: a planted one is useless afterwards', async () => {
    const node = createTestApp()
    const planted = node.cookie('attacker')
    const { cookie } = await signIn(node, { cookie: planted })
    expect(cookie).not.toBe(planted)
    expect(await ask(node, planted)).toBe(401)
    expect(await ask(node, cookie)).toBe(200)
  })

  test('never takes over a name that a cookie proposes', async () => {
    const node = createTestApp()
    const proposed = `${cookieName}=${'B'.repeat(43)}`
    const { cookie } = await signIn(node, { cookie: proposed })
    expect(cookie).not.toBe(proposed)
    expect(await ask(node, proposed)).toBe(401)
  })

  test.each(['', 'x', `${token}x`, token.slice(1), token.toUpperCase(), ` ${token}`])('not with %j', async (wrong) => {
    const { app, sessions } = createTestApp()
    const response = await app.fetch(exampleRequest('signIn', sameOrigin, { body: JSON.stringify({ token: wrong }) }))
    const { code } = (await response.json()) as Problem
    expect(code).toBe(wrong === '' ? 'http.invalid' : 'session.token')
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(sessions.endAccount('duty')).toEqual([])
  })

  test('not from another page, even with the right token', async () => {
    const node = createTestApp()
    const { response } = await signIn(node, { origin: 'https://evil.example' })
    expect(response.status).toBe(403)
    expect(response.headers.get('set-cookie')).toBeNull()
  })
})

describe('[HT21] [T-16] a session ends', () => {
  test('15 minutes after its last call', async () => {
    const node = createTestApp()
    const cookie = node.cookie()
    node.clock.now += 15 * minute - 1
    expect(await ask(node, cookie)).toBe(200)
    node.clock.now += 15 * minute - 1
    expect(await ask(node, cookie)).toBe(200)
    node.clock.now += 15 * minute
    expect(await ask(node, cookie)).toBe(401)
  })

  test('8 hours after its beginning, however busy', async () => {
    const node = createTestApp()
    const cookie = node.cookie()
    for (let passed = 0; passed + 10 < 480; passed += 10) {
      node.clock.now += 10 * minute
      expect(await ask(node, cookie)).toBe(200)
    }
    node.clock.now += 10 * minute
    expect(await ask(node, cookie)).toBe(401)
  })

  test('when the clock is set to before its beginning', async () => {
    const node = createTestApp()
    const cookie = node.cookie()
    node.clock.now -= 1
    expect(await ask(node, cookie)).toBe(401)
  })

  test('at sign-out, and the browser is told to forget', async () => {
    const node = createTestApp()
    const cookie = node.cookie()
    const response = await node.app.fetch(exampleRequest('signOut', { ...sameOrigin, cookie }))
    expect(response.status).toBe(204)
    expect(response.headers.get('set-cookie')).toBe(`${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`)
    expect(response.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(await ask(node, cookie)).toBe(401)
  })

  test('with its account’s sessions, and with them only', async () => {
    const node = createTestApp()
    const [first, second, other] = [node.cookie(), node.cookie(), node.cookie('other')]
    expect(node.sessions.endAccount('duty')).toHaveLength(2)
    expect([await ask(node, first), await ask(node, second), await ask(node, other)]).toEqual([401, 401, 200])
  })

  test('and its cookie is taken away', async () => {
    const node = createTestApp()
    const cookie = node.cookie()
    node.clock.now += 16 * minute
    const response = await node.app.fetch(exampleRequest('viewNode', { cookie }))
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0')
  })

  test('when an account has too many: the oldest goes', async () => {
    const node = createTestApp()
    const cookies = Array.from({ length: 17 }, () => node.cookie())
    expect(await ask(node, cookies[0]!)).toBe(401)
    expect(await ask(node, cookies[1]!)).toBe(200)
    expect(await ask(node, cookies[16]!)).toBe(200)
  })
})

test('[HT24] reading events or the session does not keep it alive', async () => {
  const node = createTestApp()
  const cookie = node.cookie()
  for (let passed = 0; passed < 15; passed += 5) {
    expect((await node.app.fetch(exampleRequest('viewSession', { cookie }))).status).toBe(200)
    const stream = await node.app.fetch(exampleRequest('streamEvents', { cookie }))
    expect(stream.status).toBe(200)
    await stream.body!.cancel()
    node.clock.now += 5 * minute
  }
  expect(await ask(node, cookie)).toBe(401)
})

describe('[HT22] [T-16] the cookie', () => {
  test.each([
    ['http://127.0.0.1:8080', 'parley-8080=s; Path=/; HttpOnly; SameSite=Strict'],
    ['http://localhost', 'parley=s; Path=/; HttpOnly; SameSite=Strict'],
    ['https://node.example', '__Host-parley=s; Path=/; HttpOnly; SameSite=Strict; Secure'],
    ['https://node.example:8443', '__Host-parley-8443=s; Path=/; HttpOnly; SameSite=Strict; Secure'],
  ])('of %s', (origin, expected) => {
    expect(formatSetCookie(cookieForm(origin), 's')).toBe(expected)
  })

  test('over TLS, answers also demand TLS', async () => {
    const { app } = createTestApp({ origins: ['https://node.example'] })
    const response = await app.fetch(new Request('https://node.example/health'))
    expect(response.headers.get('strict-transport-security')).toContain('max-age=')
  })

  const form = cookieForm('http://127.0.0.1:8080')
  const secret = 'aB3_-'.padEnd(43, 'x')
  test.each([
    [`parley-8080=${secret}`, true],
    [`other=1; parley-8080=${secret}; more=2`, true],
    [`parley-8081=${secret}`, false],
    [`parley-8080=${secret}; parley-8080=${secret}`, false],
    [`parley-8080=${secret}; parley-8080=`, false],
    [`parley-8080="${secret}"`, false],
    [`parley-8080=${secret}x`, false],
    [`parley-8080=${secret.slice(1)}`, false],
    [`Parley-8080=${secret}`, false],
    ['parley-8080=', false],
    ['parley-8080', false],
    ['', false],
  ])('%j: %s', (header, taken) => {
    expect(openCookie(form, header)).toBe(taken ? secret : undefined)
  })
})

test('[HT23] what is kept opens nothing', () => {
  const secrets: string[] = []
  const sessions = createSessions({ now: () => 5, random: (length) => new Uint8Array(length).fill(secrets.length + 1) })
  const session = sessions.begin({ id: 'duty', grants: [] }, 'token')
  expect(session.secret).toHaveLength(43)
  expect(session.id).toMatch(/^[0-9a-f]{64}$/)
  expect(sessions.open(session.id, false)).toBeUndefined()
  expect(sessions.open(session.secret, false)?.id).toBe(session.id)
  expect(sessions.runs(session.id)).toBe(true)
  expect(hashToken('x')).toHaveLength(32)
})

test('[HT23] a token opens its own account', async () => {
  const tokens = createOperatorTokens([
    { account: { id: 'first', grants: [] }, hash: hashToken('one') },
    { account: { id: 'second', grants: [] }, hash: hashToken('two') },
  ])
  expect(await tokens.open('one')).toMatchObject({ id: 'first' })
  expect(await tokens.open('two')).toMatchObject({ id: 'second' })
  expect(await tokens.open('three')).toBeUndefined()
})

test('[HT2] a call with a token says so to the handler', async () => {
  const node = createTestApp({ limits: wideLimits })
  await node.app.fetch(exampleRequest('viewNode', bearer))
  expect(node.calls[0]!.call).toMatchObject({ caller: { kind: 'token', account: { id: 'duty' } } })
})
