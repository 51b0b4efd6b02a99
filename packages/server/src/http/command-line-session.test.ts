import { expect, test } from 'vitest'
import type { Grant } from './handler.ts'
import { cookieName, createTestApp, everyRole, exampleRequest, sameOrigin } from './testing/test-app.ts'

const minute = 60_000
const grants: readonly Grant[] = everyRole

async function codeOf(response: Response): Promise<string> {
  if (response.status < 400) {
    await response.body?.cancel()
    return 'passes'
  }
  return ((await response.json()) as { code: string }).code
}

test('[HT38] [T-33] each kind of session is taken only where it belongs', async () => {
  const { app, sessions } = createTestApp()
  const browser = sessions.begin({ id: 'caller', grants }, 'passkey')
  const terminal = sessions.begin({ id: 'caller', grants }, 'command-line')
  const ask = async (headers: Record<string, string>) => codeOf(await app.fetch(exampleRequest('createDraft', headers)))
  expect(await ask({ authorization: `Bearer ${terminal.secret}` })).toBe('passes')
  expect(await ask({ ...sameOrigin, cookie: `${cookieName}=${browser.secret}` })).toBe('passes')
  expect(await ask({ authorization: `Bearer ${browser.secret}` })).toBe('http.credentials')
  expect(await ask({ ...sameOrigin, cookie: `${cookieName}=${terminal.secret}` })).toBe('http.credentials')
  // A cookie without the page that it belongs to stays refused; a token needs no page.
  expect(await ask({ cookie: `${cookieName}=${browser.secret}` })).toBe('http.origin')
})

test('[HT38] signing in on the command line sets no cookie', async () => {
  const { app } = createTestApp()
  const response = await app.fetch(exampleRequest('signInOnCommandLine', sameOrigin))
  expect(response.headers.get('set-cookie')).toBeNull()
  const { token } = (await response.json()) as { token: string }
  const asked = await app.fetch(exampleRequest('viewNode', { authorization: `Bearer ${token}` }))
  expect(await codeOf(asked)).toBe('passes')
  // And a page of somebody else's makes nobody sign in.
  const forged = await app.fetch(exampleRequest('signInOnCommandLine', { origin: 'https://evil.example' }))
  expect(await codeOf(forged)).toBe('http.origin')
})

test('[HT37] [T-16] a key opens release for a minute on the command line, and nothing about people or passkeys', async () => {
  const { app, clock, sessions } = createTestApp()
  const { id, secret } = sessions.begin({ id: 'caller', grants }, 'command-line')
  const headers = { authorization: `Bearer ${secret}` }
  const ask = async (name: Parameters<typeof exampleRequest>[0]) =>
    codeOf(await app.fetch(exampleRequest(name, headers)))
  expect(await ask('releaseDraft')).toBe('session.step-up')
  sessions.verifyByKey(id)
  expect(await ask('releaseDraft')).toBe('passes')
  for (const name of ['addPerson', 'putRoles', 'enrolOfficial', 'approveChange', 'addPasskey'] as const) {
    expect(await ask(name), name).toBe('session.step-up')
  }
  expect(await ask('beginCommandLine')).toBe('session.step-up')
  clock.now += minute
  expect(await ask('releaseDraft')).toBe('session.step-up')
})

test('[HT37] [T-16] in a browser no key takes the passkey’s place', async () => {
  const { app, sessions } = createTestApp()
  const browser = sessions.begin({ id: 'caller', grants }, 'oidc')
  const headers = { ...sameOrigin, cookie: `${cookieName}=${browser.secret}` }
  expect(await codeOf(await app.fetch(exampleRequest('verifySessionWithKey', headers)))).toBe('sign-in.refused')
  expect(sessions.verifyByKey(browser.id)).toBeUndefined()
})

test('[HT21] [T-16] a session of the command line ends an hour after its last call and with its account', () => {
  const { clock, sessions } = createTestApp()
  const account = { id: 'caller', grants }
  const idle = sessions.begin(account, 'command-line')
  clock.now += 60 * minute - 1
  expect(sessions.open(idle.secret, true)).toBeDefined()
  clock.now += 60 * minute
  expect(sessions.open(idle.secret, true)).toBeUndefined()
  const busy = sessions.begin(account, 'command-line')
  for (let hours = 0; hours < 8; hours += 0.5) {
    expect(sessions.open(busy.secret, true)).toBeDefined()
    clock.now += 30 * minute
  }
  expect(sessions.open(busy.secret, true)).toBeUndefined()
  const last = sessions.begin(account, 'command-line')
  sessions.endAccount('caller')
  expect(sessions.open(last.secret, true)).toBeUndefined()
})
