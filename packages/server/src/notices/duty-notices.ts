// What whoever is on duty is told at once: the hotline rings for us, a request came in, or one that is ours to answer will be
// late. Like every notice it says that there is something to look at, never what.

import { pageRowsMax } from '../db/page.ts'
import { listMailWanted } from '../db/notice-preferences.ts'
import { listDueSoon } from '../db/request-rows.ts'
import { putSetting, readSetting } from '../db/settings.ts'
import { listChangedSubjects, readNewestChange, readSubjects } from '../db/subjects.ts'
import { listWebhooks } from '../db/webhooks.ts'
import { listDutyAccounts } from '../desk/duty-officers.ts'
import type { ParleyNode } from '../node.ts'
import { addNotices } from '../db/notices.ts'
import { mailNotice, webhookNotice } from './new-notice.ts'
import type { NewNotice } from './new-notice.ts'

const ringsNoticedSetting = 'rings-noticed-until'
const lateNoticedSetting = 'late-noticed-until'
const callsPerTurn = 50
/** What is due within an hour will be late unless somebody looks now. */
const lateMilliseconds = 3_600_000

const ringing: ReadonlySet<string> = new Set(['hotline.raised', 'hotline.rung', 'hotline.escalated'])

/** What the acts of a subject tell without their meaning. */
interface Said {
  readonly type: string
  readonly party: string
  readonly data: { readonly to?: unknown }
}

export interface DutyNotices {
  /** Notices for whoever is on duty, about a request that came in and that nobody here has touched; none about any other. */
  ofArrival(request: { readonly channel: string; readonly acts: string }): Promise<NewNotice[]>
  /** Puts notices of every ring since the last time, and of what will be late. */
  notice(): Promise<void>
}

export async function createDutyNotices(node: ParleyNode): Promise<DutyNotices> {
  const { reader, writer } = node.database
  const { self } = node.registry
  let ringsUntil = Number((await readSetting(reader, ringsNoticedSetting)) ?? (await readNewestChange(reader)))
  let lateUntil = Number((await readSetting(reader, lateNoticedSetting)) ?? node.clock())

  async function compose(channel: string, ...about: readonly string[]): Promise<NewNotice[]> {
    const [people, onDuty] = await Promise.all([listMailWanted(reader), listDutyAccounts(node, channel)])
    return people.filter(({ account }) => onDuty.has(account)).map((person) => mailNotice(node, person, ...about))
  }

  async function noticeRings(): Promise<void> {
    for (;;) {
      const query = { topic: 'hotline', after: ringsUntil, limit: callsPerTurn }
      const rows = await listChangedSubjects(reader, query)
      const last = rows.at(-1)
      if (last === undefined) return
      const notices: NewNotice[] = []
      const webhooks = await listWebhooks(reader)
      for (const { acts, channel, id } of rows) {
        const [call] = await readSubjects(reader, channel, [id])
        if (call?.status !== 'ringing' || call.requested !== self) continue
        // Each ring is told of once.
        const rings = (JSON.parse(acts) as Said[]).filter(({ type }) => ringing.has(type)).length
        notices.push(...(await compose(channel, 'ring', id, String(rings))))
        notices.push(...webhooks.map((webhook) => webhookNotice(node, webhook.id, id, String(rings))))
      }
      await writer.commit([...addNotices(notices), putSetting(ringsNoticedSetting, String(last.changed))])
      ringsUntil = last.changed
    }
  }

  async function noticeLate(): Promise<void> {
    const horizon = node.clock() + lateMilliseconds
    if (horizon <= lateUntil) return
    const channels = node.registry.channels().map(({ channel }) => channel)
    const due = await listDueSoon(reader, {
      channels,
      requested: self,
      after: lateUntil,
      until: horizon,
      limit: pageRowsMax,
    })
    // More than a page of them goes on from the last one at the next tick.
    const until = due.length < pageRowsMax ? horizon : due.at(-1)!.dueAt
    const notices: NewNotice[] = []
    for (const { channel, dueAt, id } of due) notices.push(...(await compose(channel, 'late', id, String(dueAt))))
    if (notices.length > 0 || until - lateUntil > lateMilliseconds / 60) {
      await writer.commit([...addNotices(notices), putSetting(lateNoticedSetting, String(until))])
      lateUntil = until
    }
  }

  return {
    async ofArrival({ acts, channel }) {
      const said = JSON.parse(acts) as Said[]
      const opening = said.find(({ type }) => type === 'request.opened')
      const isNew = opening?.data.to === self && said.every(({ party }) => party !== self)
      return isNew ? compose(channel) : []
    },
    async notice() {
      await noticeRings()
      await noticeLate()
    },
  }
}
