import { afterEach, expect, test } from 'vitest'
import { openRequest } from '../../test-support/acts.ts'
import { startMailServer } from '../../test-support/mail-server.ts'
import { eventually, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { addAccount, putRoles } from '../db/accounts.ts'
import { putPreferences } from '../db/notice-preferences.ts'
import { listDueNotices } from '../db/notices.ts'
import { addOfficial } from '../db/officials.ts'
import { readSubjects } from '../db/subjects.ts'
import { addWebhook } from '../db/webhooks.ts'
import { recordAct } from '../desk/act.ts'
import { createNotifier } from './notifier.ts'
import { openMailer } from './send-mail.ts'
import { createSender } from './sender.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

/** A Monday, eleven in the morning. */
const monday = Date.UTC(2026, 10, 30, 11)
const hour = 3_600_000
const minute = 60_000

/** Three duty officers of cn, of whom the desk of the day is the first one's and that of the night the second one's. */
async function staff({ node }: TestNode, { channel }: TestNodes): Promise<void> {
  const names = ['day', 'night', 'neither']
  const officialOf = (name: string): string => Buffer.from(name).toString('hex').padStart(32, '0')
  await node.database.writer.commit([
    ...[...names, 'policy'].flatMap((id) => [
      addAccount({ id, name: id, state: 'active', created: 1 }),
      ...putRoles(id, [{ role: id === 'policy' ? 'policy' : 'duty', channel: null }]),
      addOfficial({ official: officialOf(id), account: id, passkey: null, enrolled: 1 }),
      putPreferences({
        account: id,
        mail: 'digest',
        address: `${id}@cn.example`,
        language: 'zh-Hans',
        timeZone: 'UTC',
        digestMinute: 0,
        everyRequest: false,
        digestNext: null,
      }),
    ]),
    addWebhook({ id: 'w', url: 'https://127.0.0.1:1/', secret: new Uint8Array(32), createdBy: 'admin', created: 1 }),
  ])
  for (const [office, name, from, until] of [
    ['day-desk', 'day', 480, 1200],
    ['night-desk', 'night', 1200, 480],
  ] as const) {
    const data = {
      office,
      kind: 'duty-desk',
      designations: ['contact-point'],
      contact: ['24-7'],
      timeZone: 'UTC',
      languages: ['zh-Hans'],
      officials: [officialOf(name)],
    }
    await recordAct(node, channel, { type: 'directory.designated', data })
    const weekly = [{ position: 'duty-officer', days: [1, 2, 3, 4, 5, 6, 7], from, until }]
    await recordAct(node, channel, { type: 'directory.rostered', data: { office, weekly } })
  }
}

test('[NO12] [T-23] whoever is on duty is told to look now: of a ring, of what came in, and of what will be late', async () => {
  let now = monday
  const nodes = await foundNodes({ clock: () => now })
  closers.push(nodes.close)
  const [us, cn] = [nodes.of('us'), nodes.of('cn')]
  const { node } = cn
  const { reader } = node.database
  await staff(cn, nodes)
  const mail = await startMailServer()
  closers.push(mail.close)
  const mailer = await openMailer({ host: '127.0.0.1', port: mail.port, security: 'none', from: 'parley@cn.example' })
  closers.push(() => mailer.close())
  const notifier = await createNotifier(node)
  const sender = createSender({ node, mailer, console: 'https://parley.cn.example', failed: () => undefined })
  /** Who was told since the last time. */
  const told = async (): Promise<string[]> => {
    const before = mail.received.length
    await notifier.notice()
    await sender.send()
    return mail.received.slice(before).flatMap(({ to }) => to)
  }
  const webhooks = async () => (await listDueNotices(reader, { now: Number.MAX_SAFE_INTEGER, limit: 50 })).length
  expect(await told()).toEqual([])

  const data = { to: 'cn', level: 'working', reason: 'threat-to-life', purpose: 'use' }
  const call = await recordAct(us.node, nodes.channel, { type: 'hotline.raised', data })
  const arrived = (id: string) =>
    eventually('it is there', async () => (await readSubjects(reader, nodes.channel, [id]))[0])
  await arrived(call.digest)
  expect(await told()).toEqual(['day@cn.example'])
  expect(await told()).toEqual([])
  expect(await webhooks()).toBe(1)

  // It rings once more at night.
  now += 10 * hour
  const rung = {
    type: 'hotline.escalated',
    subject: call.digest,
    data: { rung: 'head-of-unit', ground: 'time-passed' },
  }
  await recordAct(us.node, nodes.channel, rung)
  await eventually('it rings again', async () => (await arrived(call.digest)).acts.includes('escalated'))
  expect(await told()).toEqual(['night@cn.example'])
  await recordAct(node, nodes.channel, {
    type: 'hotline.taken',
    subject: call.digest,
    data: { position: 'duty-officer' },
  })
  expect(await told()).toEqual([])

  now += minute
  const request = await openRequest(us, nodes.channel, 'cn', 'Canary')
  await arrived(request.digest)
  expect(await told()).toEqual(['night@cn.example'])

  await recordAct(node, nodes.channel, { type: 'request.acknowledged', subject: request.digest, data: {} })
  const { dueAt } = await arrived(request.digest)
  now = dueAt - 2 * hour
  expect(await told()).toEqual([])
  now = dueAt - hour / 2
  expect(await told()).toHaveLength(1)
  expect(await told()).toEqual([])

  const texts = mail.received.map(({ text }) => text).join('\n')
  for (const secret of [call.digest, request.digest, nodes.channel, 'Canary', 'threat-to-life', 'hotline']) {
    expect(texts).not.toContain(secret)
  }
})

test('[NO12] where the directory names nobody, everybody who may be on duty is told', async () => {
  const nodes = await foundNodes()
  closers.push(nodes.close)
  const [us, cn] = [nodes.of('us'), nodes.of('cn')]
  const { database } = cn.node
  const notifier = await createNotifier(cn.node)
  await database.writer.commit(
    ['one', 'two', 'ended'].flatMap((id) => [
      addAccount({ id, name: id, state: id === 'ended' ? 'ended' : 'active', created: 1 }),
      ...putRoles(id, [{ role: 'duty', channel: id === 'two' ? nodes.channel : null }]),
      putPreferences({
        account: id,
        mail: id === 'two' ? 'each' : 'digest',
        address: `${id}@cn.example`,
        language: 'en',
        timeZone: 'UTC',
        digestMinute: 0,
        everyRequest: false,
        digestNext: null,
      }),
    ]),
  )
  const { digest } = await openRequest(us, nodes.channel, 'cn')
  await eventually('it is there', async () => (await readSubjects(database.reader, nodes.channel, [digest]))[0])
  await notifier.notice()
  const due = await listDueNotices(database.reader, { now: Number.MAX_SAFE_INTEGER, limit: 50 })
  expect(due.map(({ target }) => target).toSorted()).toEqual(['one', 'two'])
})
