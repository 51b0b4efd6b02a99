import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuthenticator } from '../../test-support/authenticator.ts'
import type { Bending } from '../../test-support/authenticator.ts'
import { acceptInvitation, addFirst, administrator, machine, openTestPeople } from '../../test-support/people.ts'
import type { Enrolled, TestPeople } from '../../test-support/people.ts'

let folder = ''
let room: TestPeople

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-people-'))
  room = await openTestPeople(`sqlite:${join(folder, 'database.sqlite')}`)
})

afterEach(async () => {
  await room.database.close()
  await rm(folder, { recursive: true })
})

const minute = 60_000
const refused = expect.objectContaining({ code: 'sign-in.refused' }) as Error
const uninvited = expect.objectContaining({ code: 'enrolment.refused' }) as Error

async function invite(): Promise<string> {
  const { invitation } = await room.people.add(machine, 'First administrator', [administrator])
  return invitation!.code
}

async function signIn({ key }: Enrolled, bending?: Bending) {
  return room.signIn.signIn(key.get(room.signIn.beginSignIn().challenge, bending))
}

describe('[ID1] a passkey', () => {
  test.each(['es256', 'ed25519'] as const)('of %s signs its owner in', async (algorithm) => {
    const code = await invite()
    const key = createAuthenticator(algorithm)
    const options = await room.signIn.beginEnrolment(code)
    expect(options.authenticatorSelection.userVerification).toBe('required')
    const enrolled = await room.signIn.enrol(code, key.create(options.challenge), 'Key')
    expect(enrolled.grants).toEqual([administrator])
    expect(await signIn({ id: enrolled.id, key })).toEqual(enrolled)
  })

  test.each<[string, Bending]>([
    ['that did not verify the person', { userVerified: false }],
    ['that nobody touched', { userPresent: false }],
    ['at another origin', { origin: 'https://evil.example' }],
    ['at the same host on another port', { origin: 'http://localhost:8081' }],
    ['at an address without a name', { origin: 'http://127.0.0.1:8080' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['of a registration', { type: 'webauthn.create' }],
    ['inside a page of another origin', { crossOrigin: true }],
    ['whose counter stands still', { counter: 1 }],
    ['that is not enrolled', { id: randomBytes(32).toString('base64url') }],
  ])('[T-35] an answer %s signs nobody in', async (_, bending) => {
    const first = await addFirst(room)
    await expect(signIn(first, bending)).rejects.toThrow(refused)
    expect((await signIn(first, { counter: 5 })).id).toBe(first.id)
  })

  test('[T-35] a challenge is answered once, in two minutes, and for what it was drawn', async () => {
    const first = await addFirst(room)
    const { challenge } = room.signIn.beginSignIn()
    const answer = first.key.get(challenge)
    expect((await room.signIn.signIn(answer)).id).toBe(first.id)
    await expect(room.signIn.signIn(answer)).rejects.toThrow(refused)
    await expect(room.signIn.signIn(first.key.get(challenge))).rejects.toThrow(refused)

    const late = room.signIn.beginSignIn()
    room.clock.now += 2 * minute
    await expect(room.signIn.signIn(first.key.get(late.challenge))).rejects.toThrow(refused)

    const other = await room.signIn.beginVerification(first.id, 'session')
    await expect(room.signIn.signIn(first.key.get(other.challenge))).rejects.toThrow(refused)
    await expect(room.signIn.signIn(first.key.get('AAAA'))).rejects.toThrow(refused)
  })

  test('[T-35] a step up takes one’s own passkey and the challenge of one’s own session', async () => {
    const first = await addFirst(room)
    const { invitation } = await room.people.add({ kind: 'person', account: first.id }, 'Second', [administrator])
    const second = await acceptInvitation(room, invitation!.code)
    const mine = await room.signIn.beginVerification(first.id, 'mine')
    expect(mine.allowCredentials.map(({ id }) => id)).toEqual([first.key.id])
    await expect(room.signIn.verify(first.id, 'mine', second.key.get(mine.challenge))).rejects.toThrow(refused)
    const again = await room.signIn.beginVerification(first.id, 'mine')
    await expect(room.signIn.verify(first.id, 'other', first.key.get(again.challenge))).rejects.toThrow(refused)
    const last = await room.signIn.beginVerification(first.id, 'mine')
    await expect(room.signIn.verify(first.id, 'mine', first.key.get(last.challenge))).resolves.toBeUndefined()
  })
})

describe('[ID2] an invitation', () => {
  test('is used once, in a day, and by whoever holds it', async () => {
    const code = await invite()
    expect(Buffer.from(code, 'base64url')).toHaveLength(16)
    const key = createAuthenticator()
    const { challenge } = await room.signIn.beginEnrolment(code)
    const other = await room.signIn.beginEnrolment(code)
    await room.signIn.enrol(code, key.create(challenge), 'Key')
    await expect(room.signIn.enrol(code, createAuthenticator().create(other.challenge), 'Another')).rejects.toThrow(
      uninvited,
    )
    await expect(room.signIn.beginEnrolment(code)).rejects.toThrow(uninvited)
    await expect(room.signIn.beginEnrolment('A'.repeat(22))).rejects.toThrow(uninvited)
  })

  test('expires', async () => {
    const code = await invite()
    room.clock.now += 24 * 60 * minute
    await expect(room.signIn.beginEnrolment(code)).rejects.toThrow(uninvited)
  })

  test('[T-35] of somebody else opens no enrolment that another began', async () => {
    const mine = await invite()
    // Nobody is an administrator yet: the machine may invite another first one.
    const theirs = await invite()
    const { challenge } = await room.signIn.beginEnrolment(theirs)
    await expect(room.signIn.enrol(mine, createAuthenticator().create(challenge), 'Key')).rejects.toThrow(uninvited)
  })

  test.each<[string, Bending]>([
    ['that did not verify the person', { userVerified: false }],
    ['at another origin', { origin: 'https://evil.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['of an assertion', { type: 'webauthn.get' }],
    ['inside a page of another origin', { crossOrigin: true }],
  ])('[T-35] takes no passkey %s', async (_, bending) => {
    const code = await invite()
    const { challenge } = await room.signIn.beginEnrolment(code)
    const answer = createAuthenticator().create(challenge, bending)
    await expect(room.signIn.enrol(code, answer, 'Key')).rejects.toThrow(uninvited)
  })

  test('enrols no passkey that somebody has already', async () => {
    const first = await addFirst(room)
    const { invitation } = await room.people.add({ kind: 'person', account: first.id }, 'Second', [administrator])
    const { challenge } = await room.signIn.beginEnrolment(invitation!.code)
    await expect(room.signIn.enrol(invitation!.code, first.key.create(challenge), 'Key')).rejects.toThrow()
    expect((await signIn(first, { counter: 50 })).id).toBe(first.id)
  })
})

test('[ID3] a person adds and gives up passkeys, but never the last', async () => {
  const { own } = room.signIn
  const first = await addFirst(room)
  const [only] = await own.list(first.id)
  await expect(own.remove(first.id, only!.id)).rejects.toMatchObject({ code: 'passkey.last' })
  const { challenge, excludeCredentials } = await own.begin(first.id, 'session')
  expect(excludeCredentials).toHaveLength(1)
  const spare = createAuthenticator('ed25519')
  const added = await own.add(first.id, 'session', spare.create(challenge), 'Spare')
  expect((await signIn({ id: first.id, key: spare })).id).toBe(first.id)
  await own.remove(first.id, only!.id)
  await expect(signIn(first)).rejects.toThrow(refused)
  expect((await own.list(first.id)).map(({ id }) => id)).toEqual([added.id])
  await expect(own.remove(first.id, only!.id)).rejects.toMatchObject({ code: 'passkey.not-found' })
})

test('[ID4] a token makes sessions until there is an administrator', async () => {
  expect(await room.signIn.ways()).toEqual({ passkey: true, oidc: false, token: true })
  const code = await invite()
  expect((await room.signIn.ways()).token).toBe(true)
  await acceptInvitation(room, code)
  expect((await room.signIn.ways()).token).toBe(false)
})

test('[ID1] a node without a name has no passkeys', async () => {
  const nameless = await openTestPeople(`sqlite:${join(folder, 'nameless.sqlite')}`, {
    origins: ['http://127.0.0.1:8080'],
  })
  expect((await nameless.signIn.ways()).passkey).toBe(false)
  expect(() => nameless.signIn.beginSignIn()).toThrow(expect.objectContaining({ code: 'sign-in.unavailable' }) as Error)
  await nameless.database.close()
})
