import { afterEach, expect, test } from 'vitest'
import { openRequest } from '../../test-support/acts.ts'
import { foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { putPreferences } from '../db/notice-preferences.ts'
import type { NoticePreferences } from '../db/notice-preferences.ts'
import { listDueNotices } from '../db/notices.ts'
import { addWebhook } from '../db/webhooks.ts'
import { assign, watch } from '../db/work-marks.ts'
import { ServerError } from '../error.ts'
import type { Mail } from './mail-words.ts'
import { createNotifier } from './notifier.ts'
import { createSender } from './sender.ts'
import type { Mailer } from './send-mail.ts'

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const hour = 3_600_000
const later = Number.MAX_SAFE_INTEGER
const preferences: NoticePreferences = {
  account: 'duty',
  mail: 'each',
  address: 'duty@us.example',
  language: 'en',
  timeZone: 'UTC',
  digestMinute: 480,
  everyRequest: false,
  digestNext: null,
}

async function found(clock?: () => number): Promise<{ nodes: TestNodes; us: TestNode }> {
  const nodes = await foundNodes(clock === undefined ? {} : { clock })
  closers.push(nodes.close)
  return { nodes, us: nodes.of('us') }
}

/** A mailer that takes mail, or refuses it. */
function mailbox(): Mailer & { readonly sent: { to: string; id: string; mail: Mail }[]; refuses: boolean } {
  const sent: { to: string; id: string; mail: Mail }[] = []
  return {
    sent,
    refuses: false,
    send(to, id, mail) {
      if (this.refuses) return Promise.reject(new ServerError('notice.mail', 'refused'))
      sent.push({ to, id, mail })
      return Promise.resolve()
    },
    close: () => undefined,
  }
}

test('[NO3] [T-23] whoever has a request or watches it is told to look, and nothing of it', async () => {
  const { nodes, us } = await found()
  const { node } = us
  const notifier = await createNotifier(node)
  const first = await openRequest(us, nodes.channel, 'cn', 'Canary text')
  const { writer, reader } = node.database
  await writer.commit([
    putPreferences(preferences),
    putPreferences({ ...preferences, account: 'head', address: 'head@us.example' }),
    putPreferences({ ...preferences, account: 'other', address: 'other@us.example' }),
    putPreferences({ ...preferences, account: 'all', address: 'all@us.example', everyRequest: true }),
    putPreferences({ ...preferences, account: 'silent', mail: 'never', everyRequest: true }),
    ...assign({ channel: nodes.channel, subject: first.digest, account: 'duty', assignedBy: 'head', assigned: 1 }),
    watch('head', nodes.channel, first.digest),
    addWebhook({ id: 'w', url: 'https://127.0.0.1:1/', secret: new Uint8Array(32), createdBy: 'admin', created: 1 }),
  ])
  await notifier.notice()
  await notifier.notice()
  const due = await listDueNotices(reader, { now: later, limit: 50 })
  expect(due.map(({ target }) => target).toSorted()).toEqual(['all', 'duty', 'head', 'w'])

  const mailer = mailbox()
  const failures: unknown[] = []
  const console = 'https://parley.us.example'
  await createSender({ node, mailer, console, failed: (failure) => failures.push(failure) }).send()
  expect(mailer.sent.map(({ to }) => to).toSorted()).toEqual(['all@us.example', 'duty@us.example', 'head@us.example'])
  const told = JSON.stringify([mailer.sent, due])
  for (const secret of [first.digest, nodes.channel, 'Canary', 'request.opened']) expect(told).not.toContain(secret)
  // Nothing listens at the webhook: its notice waits, and the rest has gone.
  expect(failures).toEqual([{ way: 'webhook', code: 'notice.webhook', givenUp: false }])
  expect(await listDueNotices(reader, { now: later, limit: 50 })).toMatchObject([{ target: 'w', attempts: 1 }])
})

test('[NO1] a notice that is not taken is tried again, under the same number, until it is too old', async () => {
  let now = Date.UTC(2026, 10, 28)
  const { nodes, us } = await found(() => now)
  const { node } = us
  await node.database.writer.commit([putPreferences({ ...preferences, everyRequest: true })])
  const notifier = await createNotifier(node)
  await openRequest(us, nodes.channel, 'cn')
  await notifier.notice()
  const mailer = mailbox()
  const failures: { givenUp: boolean }[] = []
  const parts = {
    node,
    mailer,
    console: 'https://parley.us.example',
    failed: (one: { givenUp: boolean }) => failures.push(one),
  }
  const sender = createSender(parts)
  mailer.refuses = true
  await sender.send()
  await sender.send()
  expect(failures).toHaveLength(1)
  const [waiting] = await listDueNotices(node.database.reader, { now: later, limit: 5 })
  now += hour
  mailer.refuses = false
  // After a crash somebody else sends what waits.
  await createSender(parts).send()
  expect(mailer.sent.map(({ id }) => id)).toEqual([waiting!.id])
  expect(await listDueNotices(node.database.reader, { now: later, limit: 5 })).toEqual([])

  await openRequest(us, nodes.channel, 'cn')
  await notifier.notice()
  mailer.refuses = true
  now += 80 * hour
  await sender.send()
  expect(failures.at(-1)).toMatchObject({ givenUp: true })
  expect(await listDueNotices(node.database.reader, { now: later, limit: 5 })).toEqual([])
})

test('[NO4] a digest counts, once a day', async () => {
  let now = Date.UTC(2026, 10, 28, 7)
  const { nodes, us } = await found(() => now)
  const { node } = us
  const { reader, writer } = node.database
  const opened = await openRequest(us, nodes.channel, 'cn')
  await writer.commit([
    putPreferences({ ...preferences, mail: 'digest', digestNext: now + hour }),
    ...assign({ channel: nodes.channel, subject: opened.digest, account: 'duty', assignedBy: 'duty', assigned: 1 }),
  ])
  const notifier = await createNotifier(node)
  await notifier.notice()
  expect(await listDueNotices(reader, { now: later, limit: 5 })).toEqual([])
  now += hour
  await notifier.notice()
  await notifier.notice()
  const [digest, ...more] = await listDueNotices(reader, { now: later, limit: 5 })
  expect(more).toEqual([])
  expect(JSON.parse(digest!.message)).toEqual({ kind: 'digest', unread: 1, assigned: 1, due: 0 })
})
