import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startProvider } from '../../test-support/openid-provider.ts'
import type { TestProvider } from '../../test-support/openid-provider.ts'
import { addFirst, openTestPeople, person } from '../../test-support/people.ts'
import { addOidcLink } from '../db/oidc-links.ts'
import type { OidcAnswer } from '../http/means.ts'
import { createOidcProvider } from './oidc.ts'
import type { OidcProvider, OidcSettings } from './oidc.ts'

const redirect = 'http://localhost:8080/sign-in/oidc'
const closers: (() => Promise<unknown>)[] = []

beforeAll(() => {
  // The provider says at length that it is not for production.
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue()
})

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function start(options: Partial<Parameters<typeof startProvider>[0]> = {}): Promise<TestProvider> {
  const provider = await startProvider({ redirect, ...options })
  closers.push(() => provider.close())
  return provider
}

const clock = { now: Date.now() }

function joinProvider(issuer: string, settings: Partial<OidcSettings> = {}): OidcProvider {
  clock.now = Date.now()
  return createOidcProvider(
    { issuer, clientId: 'parley', algorithm: 'ES256', ...settings },
    { redirect, now: () => clock.now, random: (length) => new Uint8Array(randomBytes(length)) },
  )
}

function answerIn(address: URL): OidcAnswer {
  const part = (name: string) => address.searchParams.get(name) ?? ''
  return { code: part('code'), state: part('state'), iss: part('iss') }
}

/** A whole sign-in, with one thing bent on the way. */
async function signIn(
  provider: TestProvider,
  oidc: OidcProvider,
  bend: (answer: OidcAnswer, binding: string) => [OidcAnswer, string | undefined] = (answer, binding) => [
    answer,
    binding,
  ],
) {
  const { address, binding } = await oidc.begin(undefined)
  const answer = answerIn(await provider.signIn(address))
  return oidc.open(...bend(answer, binding))
}

describe('[ID12] the party’s own provider', () => {
  test('says who somebody is, by issuer and subject', async () => {
    const provider = await start()
    const oidc = joinProvider(provider.issuer)
    const { address } = await oidc.begin(undefined)
    const asked = new URL(address).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('redirect_uri')).toBe(redirect)
    expect(await signIn(provider, oidc)).toEqual({
      issuer: provider.issuer,
      subject: 'someone',
      invitation: undefined,
    })
  })

  test.each<[string, (answer: OidcAnswer, binding: string) => [OidcAnswer, string | undefined]]>([
    ['without the cookie of the browser that began', (answer) => [answer, undefined]],
    ['with the cookie of another browser', (answer) => [answer, randomBytes(32).toString('base64url')]],
    ['with another state', (answer, binding) => [{ ...answer, state: 'x'.repeat(43) }, binding]],
    ['with another code', (answer, binding) => [{ ...answer, code: 'x'.repeat(43) }, binding]],
    ['that does not say who answers', (answer, binding) => [{ ...answer, iss: '' }, binding]],
    ['of another issuer', (answer, binding) => [{ ...answer, iss: 'https://evil.example' }, binding]],
    ['of nearly the same issuer', (answer, binding) => [{ ...answer, iss: `${answer.iss}/` }, binding]],
  ])('[T-34] an answer %s signs nobody in', async (_, bend) => {
    const provider = await start()
    expect(await signIn(provider, joinProvider(provider.issuer), bend)).toBeUndefined()
  })

  test('[T-34] an answer is taken once, in its time, and for the sign-in that it answers', async () => {
    const provider = await start()
    const oidc = joinProvider(provider.issuer)
    const first = await oidc.begin(undefined)
    const answer = answerIn(await provider.signIn(first.address))
    expect(await oidc.open(answer, first.binding)).toBeDefined()
    expect(await oidc.open(answer, first.binding)).toBeUndefined()

    const [mine, theirs] = [await oidc.begin(undefined), await oidc.begin(undefined)]
    const injected = answerIn(await provider.signIn(theirs.address))
    expect(await oidc.open(injected, mine.binding)).toBeUndefined()
    expect(
      await oidc.open({ ...injected, state: new URL(mine.address).searchParams.get('state')! }, mine.binding),
    ).toBe(undefined)

    const late = await oidc.begin(undefined)
    const lateAnswer = answerIn(await provider.signIn(late.address))
    clock.now += 5 * 60_000
    expect(await oidc.open(lateAnswer, late.binding)).toBeUndefined()
  })

  test('[T-34] a code that was made for another challenge is refused', async () => {
    const provider = await start()
    const oidc = joinProvider(provider.issuer)
    const { address, binding } = await oidc.begin(undefined)
    const other = new URL(address)
    other.searchParams.set('code_challenge', randomBytes(32).toString('base64url'))
    expect(await oidc.open(answerIn(await provider.signIn(other.href)), binding)).toBeUndefined()
  })

  test('[T-34] another nonce and another level are refused', async () => {
    const provider = await start({ acr: 'low' })
    const oidc = joinProvider(provider.issuer)
    const { address, binding } = await oidc.begin(undefined)
    const other = new URL(address)
    other.searchParams.set('nonce', 'another')
    expect(await oidc.open(answerIn(await provider.signIn(other.href)), binding)).toBeUndefined()

    expect(await signIn(provider, joinProvider(provider.issuer, { acr: 'high' }))).toBeUndefined()
    expect(await signIn(provider, joinProvider(provider.issuer, { acr: 'low' }))).toBeDefined()
  })

  test('[T-34] a provider that names another issuer, or another origin, is not joined', async () => {
    const honest = await start()
    const renamed = await start({
      bend: (path, body) =>
        path === '/.well-known/openid-configuration'
          ? body.replace(/"issuer":"[^"]+"/, `"issuer":"${honest.issuer}"`)
          : body,
    })
    await expect(joinProvider(renamed.issuer).begin(undefined)).rejects.toThrow()

    const pointing = await start({
      bend: (path, body) =>
        path === '/.well-known/openid-configuration'
          ? body.replace(/"token_endpoint":"[^"]+"/, `"token_endpoint":"${honest.issuer}/token"`)
          : body,
    })
    const before = honest.asked.length
    expect(await signIn(pointing, joinProvider(pointing.issuer))).toBeUndefined()
    expect(honest.asked.length).toBe(before)
  })

  test.each<[string, (claims: Claims, issuer: string) => string]>([
    ['signed by nobody', (claims) => token({ alg: 'none' }, claims, () => '')],
    [
      'signed by a key that the provider does not publish',
      (claims) => token({ alg: 'ES256', kid: 'one' }, claims, es256),
    ],
    ['signed with a public key as a secret', (claims) => token({ alg: 'HS256' }, claims, hs256)],
    ['of another algorithm', (claims) => token({ alg: 'RS256', kid: 'one' }, claims, es256)],
    ['for another client', (claims) => token({ alg: 'ES256', kid: 'one' }, { ...claims, aud: 'other' }, es256)],
    ['that is no token', () => 'abc'],
    ['that is not there', () => ''],
  ])('[T-34] an ID token %s signs nobody in', async (_, forge) => {
    const provider = await start({
      bend: (path, body) => {
        if (path !== '/token') return body
        const answer = JSON.parse(body) as { id_token: string }
        const claims = JSON.parse(Buffer.from(answer.id_token.split('.')[1]!, 'base64url').toString()) as Claims
        return JSON.stringify({ ...answer, id_token: forge({ ...claims, sub: 'minister' }, claims.iss) })
      },
    })
    expect(await signIn(provider, joinProvider(provider.issuer))).toBeUndefined()
  })

  test('[T-34] a redirect of the provider’s own documents is not followed', async () => {
    const target = await start()
    const server = createServer((request, response) => {
      response.writeHead(302, { location: `${target.issuer}${request.url}` }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => new Promise((resolve) => server.close(resolve)))
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await expect(joinProvider(issuer).begin(undefined)).rejects.toThrow()
    expect(target.asked).toEqual([])
  })
})

interface Claims {
  readonly iss: string
  readonly sub: string
  readonly aud: string
}

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const es256 = (text: string): string =>
  sign('sha256', Buffer.from(text), { key: stranger, dsaEncoding: 'ieee-p1363' }).toString('base64url')
const hs256 = (text: string): string => createHmac('sha256', 'parley').update(text).digest('base64url')

function token(header: object, claims: Claims, signText: (text: string) => string): string {
  const spell = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${spell(header)}.${spell(claims)}`
  return `${text}.${signText(text)}`
}

test('[ID13] [T-34] [T-35] a subject is linked by an invitation, is one person for good, and ends where a passkey begins', async () => {
  const provider = await start()
  const folder = await mkdtemp(join(tmpdir(), 'parley-oidc-'))
  const room = await openTestPeople(`sqlite:${join(folder, 'database.sqlite')}`, {
    oidc: { issuer: provider.issuer, clientId: 'parley', algorithm: 'ES256' },
  })
  room.clock.now = Date.now()
  closers.push(async () => {
    await room.database.close()
    await rm(folder, { recursive: true })
  })
  const first = await addFirst(room)
  const invited = await room.people.add(person(first.id), 'Legal adviser', [{ role: 'auditor', channel: null }])
  const come = async (subject: string, invitation?: string) => {
    const { address, binding } = await room.signIn.beginOidc(invitation)
    return room.signIn.signInByOidc(answerIn(await provider.signIn(address, subject)), binding)
  }
  const refused = expect.objectContaining({ code: 'sign-in.refused' }) as Error
  // Nobody is let in for being known to the provider.
  await expect(come('legal')).rejects.toThrow(refused)
  const account = await come('legal', invited.invitation!.code)
  expect(account).toEqual({ id: invited.person, grants: [{ role: 'auditor', channel: null }] })
  expect(await come('legal')).toEqual(account)
  await expect(come('legal', invited.invitation!.code)).rejects.toMatchObject({ code: 'enrolment.refused' })
  await expect(come('somebody-else')).rejects.toThrow(refused)

  const other = await room.people.add(person(first.id), 'Another', [{ role: 'duty', channel: null }])
  await expect(come('legal', other.invitation!.code)).rejects.toThrow(refused)
  await expect(come('administrator', 'A'.repeat(22))).rejects.toMatchObject({ code: 'enrolment.refused' })

  // A recovery unlinks; only its invitation links anew.
  const { waiting } = await room.people.recover(person(first.id), invited.person)
  const recovered = await room.people.approve({ kind: 'machine', name: 'operator' }, waiting!)
  await expect(come('legal')).rejects.toThrow(refused)
  expect((await come('legal', recovered.invitation!.code)).id).toBe(invited.person)

  // Where there is a passkey the weaker way is shut, whatever the table says.
  const link = { issuer: provider.issuer, subject: 'first', account: first.id, created: room.clock.now }
  await room.database.writer.commit([addOidcLink(link)])
  await expect(come('first')).rejects.toThrow(refused)
})
