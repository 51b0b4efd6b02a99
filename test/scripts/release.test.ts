// Two people with a key file each take a request through release at the command line; one alone cannot.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFile, stat } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { OfficialRole } from '@parley/record'
import { addAccount } from '../../packages/server/src/db/accounts.ts'
import { addOfficial } from '../../packages/server/src/db/officials.ts'
import { addToken } from '../../packages/server/src/db/tokens.ts'
import { recordGovernance } from '../../packages/server/src/desk/govern.ts'
import { hashToken } from '../../packages/server/src/http/index.ts'
import { startNode } from '../../packages/server/src/main.ts'
import type { RunningNode } from '../../packages/server/src/main.ts'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, root, startParley, untilReady } from './run-parley.ts'
import type { Ended, StartedNode } from './run-parley.ts'

const pack = join(root, 'agreements', 'us-cn-2015')
let homes: FoundedHomes
let cn: StartedNode
let us: RunningNode

beforeAll(async () => {
  homes = await foundHomes()
  cn = await startParley(homes.cn)
  us = await startNode(homes.us, {
    writeLog: () => undefined,
    logLevel: 'silent',
    fatal: (error) => {
      throw error
    },
  })
  await untilReady(us, cn)
})
afterAll(async () => {
  await us?.close()
  await cn?.stop()
  await homes?.remove()
})

interface Person {
  readonly token: string
  readonly key: string
  run(...args: string[]): Promise<Ended>
}

/** Makes a key by the command, and has it enrolled for a person with a token of their own. */
async function addPerson(name: string, roles: readonly OfficialRole[]): Promise<Person> {
  const key = join(homes.folder, `${name}.key`)
  const made = await parley(['official', 'new', key, '--json'])
  const { official, publicKey } = JSON.parse(made.out) as { official: string; publicKey: string }
  const { node } = us
  const account = randomBytes(16).toString('hex')
  const enrolment = { official, algorithm: 'ed25519', key: publicKey, roles: [...roles].sort() }
  await recordGovernance(node, 'official.enrolled', enrolment)
  const token = randomBytes(32).toString('base64url')
  await node.database.writer.commit([
    addAccount({ id: account, name, state: 'active', created: 1 }),
    addOfficial({ official, account, passkey: null, enrolled: 1 }),
    addToken({ hash: hashToken(token), name: account, roles: [...roles], created: 1, expires: null }),
  ])
  return {
    token,
    key,
    run: (...args) => parley([...args, '--url', us.origin, '--token', token, '--json']),
  }
}

const machine = async (): Promise<string[]> => {
  const token = await readFile(join(homes.us, 'operator.token'), 'utf8')
  return ['--url', us.origin, '--token', token.trim()]
}

test('two people release what neither can release alone', async () => {
  expect(await parley(['adopt', pack, '--home', homes.cn])).toMatchObject({ code: 0 })
  expect(await parley(['adopt', pack, '--wait', '30', ...(await machine())])).toMatchObject({ code: 0 })
  const writer = await addPerson('writer', ['liaison', 'releasing'])
  const officer = await addPerson('officer', ['releasing'])
  expect((await stat(officer.key)).mode & 0o777).toBe(0o600)
  expect(await readFile(officer.key, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)

  const data = JSON.stringify({
    to: 'cn',
    kind: 'information',
    urgency: 'ordinary',
    offences: ['illegal-access'],
    languages: ['en'],
    handling: 'amber',
  })
  const made = await writer.run('draft', 'new', 'request.opened', '--data', data, '--text', 'Who used 198.51.100.7?')
  expect(made).toMatchObject({ code: 0 })
  const { id } = JSON.parse(made.out) as { id: string }
  expect((await writer.run('draft', 'save', id, '--text', 'Who used 198.51.100.8?')).code).toBe(0)
  // Somebody else began from the version before.
  expect((await writer.run('draft', 'save', id, '--text', 'Lost?', '--draft-version', '1')).code).toBe(5)
  const submitted = await writer.run('draft', 'submit', id)
  const { digest } = JSON.parse(submitted.out) as { digest: string }

  expect((await writer.run('release', 'send', id)).code).toBe(4)
  expect((await writer.run('release', 'approve', id, '--key', writer.key)).code).toBe(4)
  expect((await writer.run('release', 'approve', id, '--key', officer.key)).code).toBe(4)
  // The machine's token writes and approves nothing.
  expect((await parley(['release', 'approve', id, '--key', officer.key, '--home', homes.us, '--json'])).code).not.toBe(
    0,
  )

  const approved = await officer.run('release', 'approve', id, '--key', officer.key, '--digest', digest)
  expect(approved).toMatchObject({ code: 0 })
  expect(JSON.parse(approved.out)).toMatchObject({ missing: 0, may: { release: { allowed: true } } })
  expect((await officer.run('release', 'revoke', id)).code).toBe(0)
  expect((await writer.run('release', 'send', id)).code).toBe(4)
  expect((await officer.run('release', 'approve', id, '--key', officer.key)).code).toBe(0)

  const sent = await writer.run('release', 'send', id, '--digest', digest)
  expect(sent).toMatchObject({ code: 0 })
  expect(JSON.parse(sent.out)).toMatchObject({ entry: { digest }, verdict: 'valid' })
  expect(JSON.parse((await writer.run('draft', 'list')).out)).toEqual({ items: [] })
  expect(JSON.parse((await writer.run('release', 'list')).out)).toEqual({ items: [] })
})
