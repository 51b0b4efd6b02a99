// Officers of one party at the command line, with real binaries: each signs in with a code from their browser and enrols a key
// of their own; one drafts, another approves the exact digest, and only then does it leave.

import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonRole } from '@parley/api'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { enrolInBrowser } from './person-in-browser.ts'
import type { PersonInBrowser } from './person-in-browser.ts'
import { parley, root, startParley, untilReady } from './run-parley.ts'
import type { Ended, StartedNode } from './run-parley.ts'

const pack = join(root, 'agreements', 'us-cn-2015')
let homes: FoundedHomes
let cn: StartedNode
let us: StartedNode
let administrator: PersonInBrowser
let drafter: Officer
let releaser: Officer

interface Officer {
  readonly browser: PersonInBrowser
  readonly session: string
  readonly key: string
  readonly official: string
  /** With their session and nothing else. */
  run(...args: string[]): Promise<Ended>
}

beforeAll(async () => {
  homes = await foundHomes()
  cn = await startParley(homes.cn)
  us = await startParley(homes.us)
  await untilReady(us, cn)
  expect(await parley(['adopt', pack, '--home', homes.cn])).toMatchObject({ code: 0 })
  expect(await parley(['adopt', pack, '--wait', '30', '--home', homes.us])).toMatchObject({ code: 0 })
  const added = await parley(['people', 'add', 'Security office', '--administrator', '--home', homes.us, '--json'])
  const { invitation } = JSON.parse(added.out) as { invitation: { code: string } }
  administrator = await enrolInBrowser(us.origin, invitation.code)
  drafter = await addOfficer('Liaison desk', ['liaison', 'releasing'])
  releaser = await addOfficer('Releasing desk', ['releasing'])
})
afterAll(async () => {
  await us?.stop()
  await cn?.stop()
  await homes?.remove()
})

/** Invites somebody, signs them in on the command line, and has their key proposed there and approved in the console. */
async function addOfficer(name: string, roles: readonly PersonRole[]): Promise<Officer> {
  await administrator.stepUp()
  const grants = roles.map((role) => ({ role, channel: null }))
  const { invitation } = await administrator.client.addPerson({ body: { name, grants } })
  const browser = await enrolInBrowser(us.origin, invitation!.code)
  const session = join(homes.folder, `${name}.session`)
  const run = (...args: string[]): Promise<Ended> => parley([...args, '--session', session, '--json'])
  const code = await browser.drawCode([...roles])
  const signedIn = await parley(['sign-in', '--url', us.origin, '--session', session, '--json'], `${code}\n`)
  expect(signedIn).toMatchObject({ code: 0 })

  const key = join(homes.folder, `${name}.key`)
  expect((await parley(['official', 'new', key])).code).toBe(0)
  const proposed = await run('official', 'enrol', key, '--role', ...roles)
  expect(proposed).toMatchObject({ code: 0 })
  const { official, waiting } = JSON.parse(proposed.out) as { official: string; waiting: string }
  const { changes } = await administrator.client.listPeople()
  expect(changes).toMatchObject([{ id: waiting, kind: 'official', person: browser.account, official }])
  await administrator.stepUp()
  await administrator.client.approveChange({ params: { change: waiting } })
  return { browser, session, key, official, run }
}

const data = JSON.stringify({
  to: 'cn',
  kind: 'information',
  urgency: 'ordinary',
  offences: ['illegal-access'],
  languages: ['en'],
  handling: 'amber',
})

/** Drafts and submits a request; resolves to the draft and the digest of exactly what waits. */
async function submitRequest({ run }: Officer, text: string): Promise<{ id: string; digest: string }> {
  const made = await run('draft', 'new', 'request.opened', '--data', data, '--text', text)
  expect(made).toMatchObject({ code: 0 })
  const { id } = JSON.parse(made.out) as { id: string }
  const submitted = await run('draft', 'submit', id)
  return { id, digest: (JSON.parse(submitted.out) as { digest: string }).digest }
}

test('[RL7] [T-12] two officers release what neither can release alone, nor the machine', async () => {
  const { id, digest } = await submitRequest(drafter, 'Who used 198.51.100.7?')
  // What leaves for good takes more than a session, and the key of somebody else proves nothing.
  expect((await drafter.run('release', 'send', id)).err).toContain('session.step-up')
  expect((await drafter.run('release', 'send', id, '--key', releaser.key)).err).toContain('sign-in.refused')
  // The drafter alone: not approved, not by their own key, and not by a key that is another's.
  expect((await drafter.run('release', 'send', id, '--key', drafter.key)).code).toBe(4)
  expect((await drafter.run('release', 'approve', id, '--key', drafter.key)).code).toBe(4)
  expect((await drafter.run('release', 'approve', id, '--key', releaser.key)).code).toBe(4)
  // The machine's token alone, even with an officer's key file at hand.
  const machine = (...args: string[]): Promise<Ended> => parley([...args, '--home', homes.us, '--json'])
  expect((await machine('release', 'approve', id, '--key', releaser.key)).err).toContain('http.forbidden')
  expect((await machine('release', 'send', id)).err).toContain('http.forbidden')

  // An edit is another digest: what the releaser was shown is not approved in its place.
  expect((await drafter.run('draft', 'save', id, '--text', 'Who used 198.51.100.8?')).code).toBe(0)
  const { digest: edited } = JSON.parse((await drafter.run('draft', 'submit', id)).out) as { digest: string }
  expect(edited).not.toBe(digest)
  const late = await releaser.run('release', 'approve', id, '--key', releaser.key, '--digest', digest)
  expect(late.code).toBe(4)

  const approved = await releaser.run('release', 'approve', id, '--key', releaser.key, '--digest', edited)
  expect(JSON.parse(approved.out)).toMatchObject({ missing: 0, may: { release: { allowed: true } } })
  const sent = await drafter.run('release', 'send', id, '--key', drafter.key, '--digest', edited)
  expect(sent).toMatchObject({ code: 0 })
  const recorded = JSON.parse(sent.out) as { entry: { digest: string } }
  expect(recorded).toMatchObject({ entry: { digest: edited }, verdict: 'valid' })
  const shown = await parley(['show', edited, '--home', homes.us, '--json'])
  expect(shown.out).toContain(releaser.official)
  expect(shown.out).not.toContain(drafter.official)
  expect(JSON.parse((await drafter.run('draft', 'list')).out)).toEqual({ items: [] })
})

test('[RL1] [RL4] two officers on one draft: neither overwrites the other, and approvals can be taken back', async () => {
  const { id } = await submitRequest(drafter, 'First words')
  expect((await releaser.run('draft', 'save', id, '--text', 'Second words', '--draft-version', '1')).code).toBe(0)
  expect((await drafter.run('draft', 'save', id, '--text', 'Lost?', '--draft-version', '1')).code).toBe(5)
  expect((await drafter.run('draft', 'discard', id)).code).toBe(0)

  const again = await submitRequest(drafter, 'Third words')
  expect((await releaser.run('release', 'approve', again.id, '--key', releaser.key)).code).toBe(0)
  expect((await releaser.run('release', 'revoke', again.id)).code).toBe(0)
  expect((await drafter.run('release', 'send', again.id, '--key', drafter.key)).code).toBe(4)
})

test('[ID14] [T-16] a session of the command line is a private file, is listed, and ends in the browser', async () => {
  expect((await stat(releaser.session)).mode & 0o777).toBe(0o600)
  expect((await stat(releaser.key)).mode & 0o777).toBe(0o600)
  const { token } = JSON.parse(await readFile(releaser.session, 'utf8')) as { token: string }
  const { items } = await releaser.browser.client.listSessions()
  const found = items.find(({ means }) => means === 'command-line')
  expect(found?.id).toBe(createHash('sha256').update(token).digest('hex'))

  // Readable by others, it is used by nobody; at another address, it is not sent.
  const open = join(homes.folder, 'open.session')
  await writeFile(open, JSON.stringify({ origin: us.origin, token }), { mode: 0o644 })
  expect((await parley(['inbox', '--session', open])).err).toContain('usage.session')
  expect((await releaser.run('inbox', '--url', cn.origin)).err).toContain('usage.session')

  expect((await releaser.run('inbox')).code).toBe(0)
  await releaser.browser.client.endSession({ params: { session: found!.id } })
  expect((await releaser.run('inbox')).err).toContain('http.credentials')
  expect((await drafter.run('sign-out')).code).toBe(0)
  expect((await drafter.run('inbox')).err).toContain('usage.session')
})

test('[ID14] [T-36] a code signs in once, and only for the roles that it was drawn for', async () => {
  const code = await drafter.browser.drawCode(['liaison'])
  const session = join(homes.folder, 'narrow.session')
  const signIn = (): Promise<Ended> => parley(['sign-in', '--url', us.origin, '--session', session, '--json'], code)
  const first = await signIn()
  expect(JSON.parse(first.out)).toMatchObject({ session: { grants: [{ role: 'liaison', channel: null }] } })
  expect((await signIn()).err).toContain('sign-in.refused')
})
