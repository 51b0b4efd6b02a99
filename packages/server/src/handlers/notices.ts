// The operations of notices: how a person is told, their calendar of deadlines, and the webhooks of the node.

import { createHash, randomBytes } from 'node:crypto'
import type { NoticePreferences, Operations } from '@parley/api'
import { limits, readerRoles } from '@parley/api'
import { readAccount } from '../db/accounts.ts'
import { endCalendarFeeds, readCalendarFeed, replaceCalendarFeed } from '../db/calendar-feeds.ts'
import { DatabaseError } from '../db/error.ts'
import { putPreferences, readPreferences } from '../db/notice-preferences.ts'
import { listDueRequests } from '../db/request-rows.ts'
import { addWebhook, listWebhooks, removeWebhook } from '../db/webhooks.ts'
import { ServerError } from '../error.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import { holdsRole } from '../http/reach.ts'
import { accountOf } from '../identity/account.ts'
import type { ParleyNode } from '../node.ts'
import { formatCalendar } from '../notices/calendar.ts'
import type { Deadline } from '../notices/calendar.ts'
import { deadlineSummary } from '../notices/deadline-words.ts'
import { isTimeZone, nextLocalMinute } from '../notices/local-time.ts'
import { formatWebhookSecret, openWebhookAddress } from '../notices/send-webhook.ts'

const deadlinesMax = 200

const unset: NoticePreferences = {
  mail: 'never',
  address: null,
  language: 'en',
  timeZone: 'UTC',
  digestMinute: 480,
  everyRequest: false,
}

export function createViewNoticePreferences(node: ParleyNode): Handler<Operations['viewNoticePreferences']> {
  return async ({ caller }) => {
    const kept = await readPreferences(node.database.reader, caller.account.id)
    if (kept === undefined) return unset
    const { account: _account, digestNext: _next, ...preferences } = kept
    return preferences
  }
}

export function createPutNoticePreferences(node: ParleyNode): Handler<Operations['putNoticePreferences']> {
  return async ({ body, caller }) => {
    if (!isTimeZone(body.timeZone) || (body.mail !== 'never' && body.address === null)) {
      throw new HttpError('notice.preferences', 'Mail needs an address, and the time zone must be one there is')
    }
    const digestNext = body.mail === 'digest' ? nextLocalMinute(node.clock(), body.timeZone, body.digestMinute) : null
    await node.database.writer.commit([putPreferences({ ...body, account: caller.account.id, digestNext })])
    return body
  }
}

export function createAddCalendarFeed(node: ParleyNode): Handler<Operations['addCalendarFeed']> {
  return async ({ caller }) => {
    const secret = randomBytes(32).toString('base64url')
    const created = node.clock()
    await node.database.writer.commit(replaceCalendarFeed(caller.account.id, hashSecret(secret), created))
    return { path: `/api/calendar/${secret}`, created }
  }
}

export function createEndCalendarFeed(node: ParleyNode): Handler<Operations['endCalendarFeed']> {
  return async ({ caller }) => {
    await node.database.writer.commit([endCalendarFeeds(caller.account.id, node.clock())])
  }
}

export function createViewCalendar(node: ParleyNode): Handler<Operations['viewCalendar']> {
  return async ({ params: { secret } }) => {
    const { reader } = node.database
    const account = await readCalendarFeed(reader, hashSecret(secret))
    if (account === undefined) throw new HttpError('calendar.not-found', 'There is no such calendar')
    const language = (await readPreferences(reader, account))?.language ?? 'en'
    const channels = await listReached(node, account)
    const rows = await listDueRequests(reader, { channels, limit: deadlinesMax })
    const deadlines = rows.map(({ changed, channel, dueAt, id, lastAt, what }): Deadline => ({
      uid: `${uidOf(channel, id)}@${node.home.settings.prefix}`,
      sequence: changed,
      at: dueAt,
      changed: lastAt,
      summary: deadlineSummary(what, language),
      cancelled: false,
    }))
    return formatCalendar('Parley', deadlines)
  }
}

/** The channels in which the account may read cases at this moment; a machine's token reads all of them. */
async function listReached({ database, registry }: ParleyNode, account: string): Promise<string[]> {
  const channels = registry.channels().map(({ channel }) => channel)
  const person = await readAccount(database.reader, account)
  if (person === undefined) return channels
  if (person.state !== 'active') return []
  return channels.filter((channel) => holdsRole(accountOf(person), readerRoles, channel))
}

/** A calendar goes to programs of other people: what names a request there leads nowhere. */
function uidOf(channel: string, id: string): string {
  return createHash('sha256').update(`${channel}\n${id}`).digest('hex').slice(0, 32)
}

function hashSecret(secret: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}

export function createListWebhooks(node: ParleyNode): Handler<Operations['listWebhooks']> {
  return async () => {
    const webhooks = await listWebhooks(node.database.reader)
    return { items: webhooks.map(({ created, id, url }) => ({ id, url, created })) }
  }
}

export function createAddWebhook(node: ParleyNode): Handler<Operations['addWebhook']> {
  return async ({ body, caller }) => {
    checkAddress(body.url)
    if ((await listWebhooks(node.database.reader)).length >= limits.webhooksMax) {
      throw new HttpError('webhook.too-many', 'No more webhooks can be kept')
    }
    const secret = new Uint8Array(randomBytes(32))
    const webhook = { id: randomBytes(16).toString('hex'), url: body.url, created: node.clock() }
    await node.database.writer.commit([addWebhook({ ...webhook, secret, createdBy: caller.account.id })])
    return { ...webhook, signingKey: formatWebhookSecret(secret) }
  }
}

function checkAddress(url: string): void {
  try {
    openWebhookAddress(url)
  } catch (error) {
    if (error instanceof ServerError) throw new HttpError('webhook.address', 'This address may not be told')
    throw error
  }
}

export function createRemoveWebhook(node: ParleyNode): Handler<Operations['removeWebhook']> {
  return async ({ params: { id } }) => {
    await node.database.writer.commit(removeWebhook(id)).catch((error: unknown) => {
      if (error instanceof DatabaseError && error.code === 'db.conflict') {
        throw new HttpError('webhook.not-found', 'There is no such webhook')
      }
      throw error
    })
  }
}
