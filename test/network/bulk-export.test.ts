// Taking much out of a channel, over HTTP: refused to one person and to the machine, open a day after an administrator has
// approved it; and what is opened and taken out is in the security log.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { write } from '../../packages/server/src/db/statement.ts'
import { openRequest, openRequests } from '../../packages/server/test-support/acts.ts'
import { enrolInBrowser } from '../scripts/person-in-browser.ts'
import type { PersonInBrowser } from '../scripts/person-in-browser.ts'
import { startHomes } from './running-homes.ts'
import type { RunningHomes } from './running-homes.ts'

let running: RunningHomes
let machine: Client
let administrator: PersonInBrowser
let liaison: PersonInBrowser
let channel: string
const hour = 60 * 60_000

beforeAll(async () => {
  running = await startHomes()
  const { homes, us } = running
  channel = homes.channel
  const token = (await readFile(join(homes.us, 'operator.token'), 'utf8')).trim()
  machine = createClient({ baseUrl: us.origin, fetch, token })
  const first = await machine.addPerson({
    body: { name: 'Security office', grants: [{ role: 'administrator', channel: null }] },
  })
  administrator = await enrolInBrowser(us.origin, first.invitation!.code)
  const second = await administrator.client.addPerson({
    body: { name: 'Liaison desk', grants: [{ role: 'liaison', channel: null }] },
  })
  liaison = await enrolInBrowser(us.origin, second.invitation!.code)
})
afterAll(async () => {
  await running?.close()
})

const events = async () => (await administrator.client.listSecurityEvents({ query: { limit: 200 } })).items
const copy = ({ exportBundle }: Client) => exportBundle({ body: { channel, purpose: 'export' } })
const refusal = (reason: string) => expect.objectContaining({ code: 'export.not-approved', reason }) as Error

test('[ID18] [T-14] a text that is opened, a file of a case and a copy are in the security log when they are shown', async () => {
  const { digest: id } = await openRequest(running.us, channel, 'cn', 'Who used 198.51.100.7?')
  const { acts } = await liaison.client.viewRequest({ params: { channel, id } })
  const before = (await events())[0]!.number
  const { digest } = acts[0]!.body!
  await liaison.client.openBody({ params: { digest } })
  await liaison.client.openBody({ params: { digest } })
  await liaison.client.viewCaseFile({ params: { channel, id } })
  await copy(liaison.client)
  const later = (await events()).filter(({ number }) => number > before).toReversed()
  expect(later.map(({ actor, kind }) => [actor, kind])).toEqual([
    [liaison.account, 'text.opened'],
    [liaison.account, 'file.made'],
    [liaison.account, 'export.made'],
  ])
  expect(later.map(({ detail }) => JSON.parse(detail) as object)).toMatchObject([
    { subject: digest },
    { channel, subject: id },
    { channel },
  ])
  // What is not shown is no event: a body that is not there was opened by nobody.
  await expect(liaison.client.openBody({ params: { digest: 'f'.repeat(64) } })).rejects.toThrow()
  expect((await events())[0]!.number).toBe(before + 3)
})

test('[ID17] [T-17] much is taken out by nobody alone, and not before the delay is over', async () => {
  await openRequests(running.us, channel, 'cn', 1_000)
  await expect(copy(liaison.client)).rejects.toThrow(refusal('export.bulk'))
  await expect(copy(machine)).rejects.toThrow(refusal('export.bulk'))
  // News for a member is not taken out: that member gets it anyway.
  await machine.exportBundle({ body: { channel, purpose: 'transport', recipient: 'cn' } })

  const { waiting } = await liaison.client.addExport({ params: { channel } })
  await liaison.stepUp()
  await expect(liaison.client.approveChange({ params: { change: waiting! } })).rejects.toThrow()
  await expect(machine.approveChange({ params: { change: waiting! } })).rejects.toThrow()
  await administrator.stepUp()
  await administrator.client.approveChange({ params: { change: waiting! } })
  await expect(copy(liaison.client)).rejects.toThrow(refusal('export.waiting'))
  const log = (await events()).map(({ kind }) => kind)
  expect(log).toEqual(expect.arrayContaining(['change.proposed', 'change.approved', 'export.approved']))

  // As if it had been approved so many hours ago.
  const approvedAgo = (hours: number): Promise<unknown> =>
    running.us.node.database.writer.commit([
      write((db) =>
        db
          .updateTable('account_changes')
          .set({ settled: Date.now() - hours * hour })
          .where('id', '=', waiting!),
      ),
    ])
  await approvedAgo(23)
  await expect(copy(machine)).rejects.toThrow(refusal('export.waiting'))
  await approvedAgo(25)
  expect((await copy(liaison.client)).length).toBeGreaterThan(100_000)
  expect((await copy(machine)).length).toBeGreaterThan(100_000)
  await approvedAgo(49)
  await expect(copy(liaison.client)).rejects.toThrow(refusal('export.bulk'))
})
