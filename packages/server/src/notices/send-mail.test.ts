import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startMailServer } from '../../test-support/mail-server.ts'
import { composeMail } from './mail-words.ts'
import { openMailer } from './send-mail.ts'
import type { Mailer, MailSettings } from './send-mail.ts'

const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

async function startServer(options?: Parameters<typeof startMailServer>[0]) {
  const server = await startMailServer(options)
  closers.push(server.close)
  return server
}

async function open(settings: Partial<MailSettings> & { port: number }): Promise<Mailer> {
  const mailer = await openMailer({ host: '127.0.0.1', security: 'none', from: 'parley@us.example', ...settings })
  closers.push(() => mailer.close())
  return mailer
}

test('[NO3] a mail says look, in the person’s language, and where', async () => {
  const { port, received } = await startServer()
  const mailer = await open({ port })
  await mailer.send('duty@us.example', 'a1', composeMail({ kind: 'look' }, 'zh-Hans', 'https://parley.us.example'))
  const counts = { kind: 'digest', unread: 3, assigned: 2, due: 1 } as const
  await mailer.send('duty@us.example', 'b2', composeMail(counts, 'en', 'https://parley.us.example'))
  expect(received.map(({ to }) => to)).toEqual([['duty@us.example'], ['duty@us.example']])
  expect(received[0]!.text).toContain('Message-ID: <a1@us.example>')
  expect(received[0]!.text).toContain('Auto-Submitted: auto-generated')
  expect(received[1]!.text).toContain('Requests with news: 3')
  expect(received[1]!.text).toContain('https://parley.us.example/inbox')
})

test('[NO11] [T-41] nothing in an address becomes a header or another recipient', async () => {
  const { port, received } = await startServer()
  const mailer = await open({ port })
  const mail = composeMail({ kind: 'look' }, 'en', 'https://parley.us.example')
  for (const to of ['a@us.example\r\nBcc: b@evil.example', 'a@us.example, b@evil.example', 'a@us.example\nX: y']) {
    await mailer.send(to, 'c3', mail).catch(() => undefined)
  }
  for (const { text, to } of received) {
    expect(to.length).toBeLessThanOrEqual(1)
    expect(text).not.toMatch(/^(Bcc|X):/im)
  }
})

test('[NO11] mail does not leave this machine in the clear, nor to a server that proves nothing', async () => {
  await expect(
    openMailer({ host: 'mail.us.example', port: 25, security: 'none', from: 'parley@us.example' }),
  ).rejects.toMatchObject({ code: 'home.malformed' })
  // The server has a certificate that nobody trusts; and one that has no TLS at all is not spoken to.
  const { port, received } = await startServer({ secure: true, disabledCommands: [] })
  const untrusted = await open({ port, security: 'tls' })
  const mail = composeMail({ kind: 'look' }, 'en', 'https://parley.us.example')
  await expect(untrusted.send('duty@us.example', 'd4', mail)).rejects.toMatchObject({ code: 'notice.mail' })
  const clear = await startServer()
  const demanding = await open({ port: clear.port, security: 'starttls' })
  await expect(demanding.send('duty@us.example', 'e5', mail)).rejects.toMatchObject({ code: 'notice.mail' })
  expect([...received, ...clear.received]).toEqual([])
})

test('[T-42] the password of the mail server comes from a file and is in no error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-mail-'))
  closers.push(() => rm(folder, { recursive: true }))
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, 'canary-secret\n')
  const { port } = await startServer({
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error('no')),
  })
  const mailer = await open({ port, user: 'parley', passwordFile })
  const mail = composeMail({ kind: 'look' }, 'en', 'https://parley.us.example')
  const error = await mailer.send('duty@us.example', 'f6', mail).catch((refused: unknown) => refused)
  expect(error).toMatchObject({ code: 'notice.mail' })
  expect(String(error)).not.toContain('canary-secret')
})
