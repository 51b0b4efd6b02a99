// Notices as a part of a running node: looks for what is to be told when something changes and at every tick, and sends.

import { readFile } from 'node:fs/promises'
import type { ParleyNode } from '../node.ts'
import { createTurns } from '../turns.ts'
import { createNotifier } from './notifier.ts'
import { openMailer } from './send-mail.ts'
import { createSender } from './sender.ts'
import type { SenderParts } from './sender.ts'

const tickMilliseconds = 10_000
/** What somebody may be told of. */
const topics: ReadonlySet<string> = new Set(['request', 'hotline'])

export interface Notices {
  /** Resolves when what is due now was put and tried once. */
  tick(): Promise<void>
  close(): Promise<void>
}

/**
 * @param origin where the console is reached when the settings do not say it
 * @throws ServerError `home.malformed` when the settings of mail cannot be used
 */
export async function openNotices(
  node: ParleyNode,
  origin: string,
  report: { readonly failed: SenderParts['failed']; readonly broken: (error: unknown) => void },
): Promise<Notices> {
  const settings = node.home.settings.notices
  const mailer = settings?.mail === undefined ? undefined : await openMailer(settings.mail)
  const ca = settings?.webhookCaFile === undefined ? undefined : await readFile(settings.webhookCaFile, 'utf8')
  const notifier = await createNotifier(node)
  const sender = createSender({
    node,
    mailer,
    console: settings?.console ?? origin,
    failed: report.failed,
    ...(ca === undefined ? {} : { webhooks: { ca } }),
  })
  const turns = createTurns()
  let asked = false
  let closed = false

  function tick(): Promise<void> {
    return turns.take(async () => {
      asked = false
      if (closed) return
      await notifier.notice()
      await sender.send()
    })
  }

  function follow(): void {
    if (asked || closed) return
    asked = true
    void tick().catch(report.broken)
  }

  const forget = node.listen((change) => {
    if (change.kind === 'subject' && topics.has(change.subject.topic)) follow()
  })
  const timer = setInterval(follow, tickMilliseconds)
  timer.unref()
  return {
    tick,
    async close() {
      closed = true
      forget()
      clearInterval(timer)
      await turns.take(() => Promise.resolve())
      mailer?.close()
    },
  }
}
