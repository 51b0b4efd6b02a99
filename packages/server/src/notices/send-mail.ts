// Hands a mail to the party's own mail server. TLS is demanded and verified, but for a server on this very machine.

import { readFile } from 'node:fs/promises'
import { createTransport } from 'nodemailer'
import { ServerError } from '../error.ts'
import type { NodeSettings } from '../home.ts'
import type { Mail } from './mail-words.ts'

export type MailSettings = NonNullable<NonNullable<NodeSettings['notices']>['mail']>

export interface Mailer {
  /** @throws ServerError `notice.mail` when the server did not take it. */
  send(to: string, id: string, mail: Mail): Promise<void>
  close(): void
}

const patienceMilliseconds = 20_000
const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** @throws ServerError `home.malformed` when mail would leave this machine in the clear, or the password cannot be read. */
export async function openMailer(settings: MailSettings): Promise<Mailer> {
  const { from, host, port, security, user } = settings
  if (security === 'none' && !loopback.has(host)) {
    throw new ServerError('home.malformed', 'mail leaves this machine by TLS only')
  }
  const password = await readPassword(settings.passwordFile)
  const ca = settings.caFile === undefined ? undefined : await readFile(settings.caFile, 'utf8')
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) },
    ...(user === undefined || password === undefined ? {} : { auth: { user, pass: password } }),
    connectionTimeout: patienceMilliseconds,
    greetingTimeout: patienceMilliseconds,
    socketTimeout: patienceMilliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(to, id, { subject, text }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (cause) {
        // What the server answers may repeat the address; only that it failed is passed on.
        throw new ServerError('notice.mail', 'the mail server did not take the mail', { cause })
      }
    },
    close: () => transport.close(),
  }
}

async function readPassword(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ServerError('home.malformed', 'the password of the mail server cannot be read', { cause })
  })
  return text.trim()
}
