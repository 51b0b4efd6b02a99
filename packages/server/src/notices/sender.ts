// Sends the notices that wait, again and again with longer pauses until they are taken or are too old to matter. One address
// that does not answer holds up no other.

import { readPreferences } from '../db/notice-preferences.ts'
import { listDueNotices, postponeNotice, removeNotice } from '../db/notices.ts'
import type { Notice } from '../db/notices.ts'
import { listWebhooks } from '../db/webhooks.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { composeMail } from './mail-words.ts'
import type { MailMessage } from './mail-words.ts'
import type { Mailer } from './send-mail.ts'
import { sendWebhook } from './send-webhook.ts'
import type { WebhookOptions } from './send-webhook.ts'

const noticesPerTurn = 32
const pauseMillisecondsFirst = 15_000
const pauseMillisecondsMax = 3_600_000
const ageMillisecondsMax = 3 * 86_400_000

export interface SenderParts {
  readonly node: ParleyNode
  readonly mailer: Mailer | undefined
  /** Where the console is reached. */
  readonly console: string
  readonly webhooks?: WebhookOptions
  /** Hears of each failure: by which way, and the code. */
  readonly failed: (failure: { readonly way: Notice['way']; readonly code: string; readonly givenUp: boolean }) => void
}

export interface Sender {
  /** Sends what is due now. */
  send(): Promise<void>
}

export function createSender(parts: SenderParts): Sender {
  const { node } = parts
  const { reader, writer } = node.database

  async function sendOne(notice: Notice): Promise<void> {
    try {
      await deliver(parts, notice)
    } catch (error) {
      const code = error instanceof ServerError ? error.code : 'notice.failed'
      const now = node.clock()
      const givenUp = now - notice.created >= ageMillisecondsMax
      const attempts = notice.attempts + 1
      const pause = Math.min(pauseMillisecondsMax, pauseMillisecondsFirst * 2 ** Math.min(attempts, 16))
      parts.failed({ way: notice.way, code, givenUp })
      await writer.commit([givenUp ? removeNotice(notice.id) : postponeNotice(notice.id, attempts, now + pause, code)])
      return
    }
    await writer.commit([removeNotice(notice.id)])
  }

  return {
    async send() {
      const due = await listDueNotices(reader, { now: node.clock(), limit: noticesPerTurn })
      await Promise.all(due.map((notice) => sendOne(notice)))
    },
  }
}

/** Whoever wants no mail any more, or has none, gets none: then there is nothing to do. */
async function deliver({ console, mailer, node, webhooks }: SenderParts, notice: Notice): Promise<void> {
  const { reader } = node.database
  if (notice.way === 'webhook') {
    const webhook = (await listWebhooks(reader)).find(({ id }) => id === notice.target)
    if (webhook === undefined) return
    const body = JSON.stringify({ v: 1, party: node.home.settings.party, look: `${console}/inbox` })
    await sendWebhook(webhook, { id: notice.id, body, now: node.clock() }, webhooks)
    return
  }
  const person = await readPreferences(reader, notice.target)
  if (mailer === undefined || person === undefined || person.address === null || person.mail === 'never') return
  const message = JSON.parse(notice.message) as MailMessage
  await mailer.send(person.address, notice.id, composeMail(message, person.language, console))
}
