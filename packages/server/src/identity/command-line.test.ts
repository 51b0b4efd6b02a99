import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatBase64, officialId, signPossession, signPresence } from '@parley/record'
import type { Signer } from '@parley/record'
import { generateSigner, nodeCrypto } from '@parley/record/node'
import { testOrigin } from '../../test-support/authenticator.ts'
import { addFirst, addOther, administrator, machine, openTestPeople, person } from '../../test-support/people.ts'
import type { Enrolled, TestPeople } from '../../test-support/people.ts'

let folder = ''
let room: TestPeople
let first: Enrolled
let officer: Enrolled

const releasing = { role: 'releasing', channel: null } as const
const liaison = { role: 'liaison', channel: null } as const

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-people-'))
  room = await openTestPeople(`sqlite:${join(folder, 'database.sqlite')}`)
  first = await addFirst(room)
  officer = await addOther(room, first, undefined, [releasing, liaison])
})

afterEach(async () => {
  await room.database.close()
  await rm(folder, { recursive: true })
})

const minute = 60_000
const refused = expect.objectContaining({ code: 'sign-in.refused' }) as Error
const notAllowed = (reason: string) => expect.objectContaining({ code: 'change.not-allowed', reason }) as Error

describe('[ID14] a code for the command line', () => {
  test('[T-36] signs its owner in once, within five minutes', async () => {
    const { code } = await room.commandLine.drawCode(officer.id, ['releasing', 'liaison'])
    expect(Buffer.from(code, 'base64url')).toHaveLength(16)
    const account = await room.commandLine.signInByCode(code)
    expect(account.id).toBe(officer.id)
    expect(account.grants.map(({ role }) => role).sort()).toEqual(['liaison', 'releasing'])
    await expect(room.commandLine.signInByCode(code)).rejects.toThrow(refused)
    await expect(room.commandLine.signInByCode('A'.repeat(22))).rejects.toThrow(refused)

    const late = await room.commandLine.drawCode(officer.id, ['releasing'])
    room.clock.now += 5 * minute
    await expect(room.commandLine.signInByCode(late.code)).rejects.toThrow(refused)
  })

  test('[T-12] opens no role that it was not drawn for, nor one that the person does not hold', async () => {
    const { code } = await room.commandLine.drawCode(officer.id, ['liaison', 'administrator'])
    expect((await room.commandLine.signInByCode(code)).grants).toEqual([liaison])
  })

  test('ends with a newer one, with a change of roles and with the account', async () => {
    const older = await room.commandLine.drawCode(officer.id, ['liaison'])
    const newer = await room.commandLine.drawCode(officer.id, ['liaison'])
    await expect(room.commandLine.signInByCode(older.code)).rejects.toThrow(refused)
    await room.people.putRoles(person(first.id), officer.id, [liaison])
    await expect(room.commandLine.signInByCode(newer.code)).rejects.toThrow(refused)
    const last = await room.commandLine.drawCode(officer.id, ['liaison'])
    await room.people.end(person(first.id), officer.id)
    await expect(room.commandLine.signInByCode(last.code)).rejects.toThrow(refused)
  })
})

async function proposal(signer: Signer, session: string, roles = ['releasing']) {
  const nonce = room.commandLine.drawNonce(session)
  const proof = formatBase64(await signPossession(signer, Uint8Array.fromHex(nonce)))
  return { key: formatBase64(signer.publicKey), nonce, proof, roles }
}

describe('[ID16] a key of one’s own', () => {
  test('[T-12] is an official’s when somebody else approved it', async () => {
    const signer = await generateSigner()
    const official = officialId(nodeCrypto, 'ed25519', signer.publicKey)
    const asked = await room.people.proposeKey(officer.id, 'session', await proposal(signer, 'session'))
    expect(room.enrolled).toEqual([])
    expect((await room.people.list()).changes).toMatchObject([{ official, proposedBy: officer.id }])
    await expect(room.people.approve(person(officer.id), asked.waiting!)).rejects.toThrow(notAllowed('people.self'))
    await expect(room.people.approve(machine, asked.waiting!)).rejects.toThrow(notAllowed('people.machine'))
    await room.people.approve(person(first.id), asked.waiting!)
    expect(room.enrolled).toEqual([
      { official, algorithm: 'ed25519', key: formatBase64(signer.publicKey), roles: ['releasing'] },
    ])
    const [owner] = (await room.people.list()).items.filter(({ id }) => id === officer.id)
    expect(owner?.officials).toEqual([{ official, roles: ['releasing'] }])
  })

  test('[T-12] is not asked for by the only administrator for themselves', async () => {
    const own = await proposal(await generateSigner(), 'session', ['administrator'])
    await expect(room.people.proposeKey(first.id, 'session', own)).rejects.toThrow(notAllowed('people.self'))
    const second = await addOther(room, first, undefined, [administrator])
    const again = await proposal(await generateSigner(), 'session', ['administrator'])
    const { waiting } = await room.people.proposeKey(first.id, 'session', again)
    await expect(room.people.approve(person(first.id), waiting!)).rejects.toThrow(notAllowed('people.self'))
    await room.people.approve(person(second.id), waiting!)
    expect(room.enrolled).toHaveLength(1)
  })

  test('has roles that its owner holds', async () => {
    const own = await proposal(await generateSigner(), 'session', ['administrator'])
    await expect(room.people.proposeKey(officer.id, 'session', own)).rejects.toThrow(notAllowed('people.roles'))
  })

  test.each<[string, (signer: Signer) => Promise<[session: string, own: Awaited<ReturnType<typeof proposal>>]>]>([
    ['over a nonce of another session', async (signer) => ['other', await proposal(signer, 'session')]],
    [
      'of another key',
      async (signer) => {
        const key = formatBase64((await generateSigner()).publicKey)
        return ['session', { ...(await proposal(signer, 'session')), key }]
      },
    ],
    [
      'of a weak key',
      async (signer) => {
        const key = formatBase64(Uint8Array.of(1, ...new Uint8Array(31)))
        return ['session', { ...(await proposal(signer, 'session')), key }]
      },
    ],
    [
      'made for another purpose',
      async (signer) => {
        const own = await proposal(signer, 'session')
        const proof = formatBase64(await signPresence(signer, testOrigin, Uint8Array.fromHex(own.nonce)))
        return ['session', { ...own, proof }]
      },
    ],
    [
      'that came too late',
      async (signer) => {
        const own = await proposal(signer, 'session')
        room.clock.now += 2 * minute
        return ['session', own]
      },
    ],
  ])('[T-35] is refused with a proof %s', async (_name, bend) => {
    const [session, own] = await bend(await generateSigner())
    await expect(room.people.proposeKey(officer.id, session, own)).rejects.toThrow(refused)
    // Whatever came of it, the nonce has been used.
    await expect(room.people.proposeKey(officer.id, 'session', own)).rejects.toThrow(refused)
    expect((await room.people.list()).changes).toEqual([])
  })
})

describe('[ID15] presence by a key', () => {
  async function enrolled(owner: Enrolled): Promise<Signer> {
    const signer = await generateSigner()
    const { waiting } = await room.people.proposeKey(owner.id, 'session', await proposal(signer, 'session'))
    await room.people.approve(person(first.id), waiting!)
    return signer
  }

  async function presence(signer: Signer, session: string, origin: string) {
    const nonce = room.commandLine.drawNonce(session)
    const official = officialId(nodeCrypto, 'ed25519', signer.publicKey)
    return { official, nonce, signature: formatBase64(await signPresence(signer, origin, Uint8Array.fromHex(nonce))) }
  }

  test('[T-16] is proven once, to this node and this session, by an own key in force', async () => {
    const signer = await enrolled(officer)
    const verify = (account: string, session: string, proof: Awaited<ReturnType<typeof presence>>) =>
      room.commandLine.verifyByKey(account, session, proof)
    const proof = await presence(signer, 'session', testOrigin)
    await expect(verify(officer.id, 'session', proof)).resolves.toBeUndefined()
    await expect(verify(officer.id, 'session', proof)).rejects.toThrow(refused)

    const elsewhere = await presence(signer, 'session', 'https://evil.example')
    await expect(verify(officer.id, 'session', elsewhere)).rejects.toThrow(refused)
    await expect(verify(officer.id, 'other', await presence(signer, 'session', testOrigin))).rejects.toThrow(refused)
    await expect(verify(first.id, 'session', await presence(signer, 'session', testOrigin))).rejects.toThrow(refused)
    const stranger = await presence(await generateSigner(), 'session', testOrigin)
    await expect(verify(officer.id, 'session', stranger)).rejects.toThrow(refused)

    room.revoked.push(officialId(nodeCrypto, 'ed25519', signer.publicKey))
    const revoked = await presence(signer, 'session', testOrigin)
    await expect(verify(officer.id, 'session', revoked)).rejects.toThrow(refused)
  })
})
