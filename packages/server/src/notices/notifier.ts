// Who is to be told of what changed: it follows the subjects from behind, as the text index does, and puts the notices and
// how far it has come in one transaction. A notice says that there is something, never what.

import { putSetting, readSetting } from '../db/settings.ts'
import { listDueDigests, listMailEach, putNextDigest } from '../db/notice-preferences.ts'
import { addNotices } from '../db/notices.ts'
import { countRequests } from '../db/request-counts.ts'
import type { Statement } from '../db/statement.ts'
import { listChangedSubjects, readNewestChange } from '../db/subjects.ts'
import { listWebhooks } from '../db/webhooks.ts'
import { listWatchers, readAssigned } from '../db/work-marks.ts'
import type { ParleyNode } from '../node.ts'
import { createDutyNotices } from './duty-notices.ts'
import type { MailMessage } from './mail-words.ts'
import { nextLocalMinute } from './local-time.ts'
import { mailNotice, noticeId, webhookNotice } from './new-notice.ts'
import type { NewNotice } from './new-notice.ts'

const noticedUntilSetting = 'noticed-until'
const subjectsPerTurn = 50
const digestsPerTurn = 50
const dueSoonMilliseconds = 24 * 3_600_000

export interface Notifier {
  /** Puts a notice for everything that changed since the last time, for whoever is on duty, and the digests that are due. */
  notice(): Promise<void>
}

/** A node that has never noticed anything begins with what comes now: nobody is told of years of history. */
export async function createNotifier(node: ParleyNode): Promise<Notifier> {
  const { reader, writer } = node.database
  const duty = await createDutyNotices(node)
  const kept = await readSetting(reader, noticedUntilSetting)
  let noticedUntil = Number(kept ?? (await readNewestChange(reader)))
  if (kept === undefined) await writer.commit([putSetting(noticedUntilSetting, String(noticedUntil))])

  async function noticeChanges(): Promise<void> {
    for (;;) {
      const rows = await listChangedSubjects(reader, {
        topic: 'request',
        after: noticedUntil,
        limit: subjectsPerTurn,
      })
      const last = rows.at(-1)
      if (last === undefined) return
      const [people, webhooks] = await Promise.all([listMailEach(reader), listWebhooks(reader)])
      const notices: NewNotice[] = []
      for (const row of rows) notices.push(...(await duty.ofArrival(row)))
      for (const { channel, id } of people.length === 0 ? [] : rows) {
        const concerned = await listConcerned(node, channel, id)
        for (const person of people) {
          if (person.everyRequest || concerned.has(person.account)) notices.push(mailNotice(node, person))
        }
      }
      for (const webhook of webhooks) notices.push(webhookNotice(node, webhook.id, String(last.changed)))
      const unique = new Map(notices.map((notice) => [notice.id, notice]))
      await writer.commit([...addNotices([...unique.values()]), putSetting(noticedUntilSetting, String(last.changed))])
      noticedUntil = last.changed
    }
  }

  async function noticeDigests(): Promise<void> {
    const now = node.clock()
    const due = await listDueDigests(reader, { now, limit: digestsPerTurn })
    const statements: Statement[] = []
    for (const person of due) {
      const counts = await countRequests(reader, {
        account: person.account,
        channels: node.registry.channels().map(({ channel }) => channel),
        dueBy: now + dueSoonMilliseconds,
      })
      const message: MailMessage = { kind: 'digest', ...counts }
      const id = noticeId(node, 'digest', person.account, String(person.digestNext))
      const notice = {
        id,
        way: 'mail',
        target: person.account,
        message: JSON.stringify(message),
        created: now,
      } as const
      statements.push(
        ...addNotices([notice]),
        putNextDigest(person.account, nextLocalMinute(now, person.timeZone, person.digestMinute)),
      )
    }
    if (statements.length > 0) await writer.commit(statements)
  }

  return {
    async notice() {
      await noticeChanges()
      await duty.notice()
      await noticeDigests()
    },
  }
}

async function listConcerned({ database }: ParleyNode, channel: string, subject: string): Promise<Set<string>> {
  const [assigned, watchers] = await Promise.all([
    readAssigned(database.reader, channel, subject),
    listWatchers(database.reader, channel, subject),
  ])
  return new Set([...watchers, ...(assigned === undefined ? [] : [assigned])])
}
