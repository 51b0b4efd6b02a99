import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { digestOf, refusalOf } from '../../test-support/stored-rows.ts'
import { endCalendarFeeds, readCalendarFeed, replaceCalendarFeed } from './calendar-feeds.ts'
import { listDueDigests, listMailEach, putNextDigest, putPreferences, readPreferences } from './notice-preferences.ts'
import type { NoticePreferences } from './notice-preferences.ts'
import { addNotices, listDueNotices, postponeNotice, removeNotice } from './notices.ts'
import { countRequests } from './request-counts.ts'
import { listFilters, removeFilter, saveFilter } from './saved-filters.ts'
import { addWebhook, listWebhooks, removeWebhook } from './webhooks.ts'

const preferences: NoticePreferences = {
  account: 'duty',
  mail: 'digest',
  address: 'duty@us.example',
  language: 'zh-Hans',
  timeZone: 'Asia/Shanghai',
  digestMinute: 480,
  everyRequest: true,
  digestNext: 100,
}

onEachDialect((dialect) => {
  it('[NO1] a notice waits until it is sent, and the same one waits once', async () => {
    const database = await dialect.open()
    const notice = { id: 'a', way: 'mail', target: 'duty', message: '{}', created: 10 } as const
    await database.writer.commit(addNotices([notice, { ...notice, id: 'b' }]))
    await database.writer.commit(addNotices([notice]))
    expect(await listDueNotices(database.reader, { now: 9, limit: 10 })).toEqual([])
    expect(await listDueNotices(database.reader, { now: 10, limit: 10 })).toHaveLength(2)
    await database.writer.commit([postponeNotice('a', 1, 50, 'notice.mail'), removeNotice('b')])
    expect(await listDueNotices(database.reader, { now: 49, limit: 10 })).toEqual([])
    expect(await listDueNotices(database.reader, { now: 50, limit: 10 })).toMatchObject([
      { id: 'a', attempts: 1, lastError: 'notice.mail' },
    ])
  })

  it('[NO2] preferences are each person’s own, and say when the next digest goes', async () => {
    const database = await dialect.open()
    await database.writer.commit([
      putPreferences(preferences),
      putPreferences({ ...preferences, account: 'head', mail: 'each', digestNext: null }),
    ])
    expect(await readPreferences(database.reader, 'duty')).toEqual(preferences)
    expect(await readPreferences(database.reader, 'nobody')).toBeUndefined()
    expect(await listMailEach(database.reader)).toMatchObject([{ account: 'head' }])
    expect(await listDueDigests(database.reader, { now: 100, limit: 5 })).toMatchObject([{ account: 'duty' }])
    await database.writer.commit([putNextDigest('duty', 200)])
    expect(await listDueDigests(database.reader, { now: 100, limit: 5 })).toEqual([])
    expect(await countRequests(database.reader, { account: 'duty', channels: ['c'], dueBy: 5 })).toEqual({
      unread: 0,
      assigned: 0,
      due: 0,
    })
  })

  it('[NO7] a calendar has one address, known by its hash, until it ends', async () => {
    const database = await dialect.open()
    const [first, second] = [digestOf('first'), digestOf('second')]
    await database.writer.commit(replaceCalendarFeed('duty', first, 1))
    expect(await readCalendarFeed(database.reader, first)).toBe('duty')
    await database.writer.commit(replaceCalendarFeed('duty', second, 2))
    expect(await readCalendarFeed(database.reader, first)).toBeUndefined()
    expect(await readCalendarFeed(database.reader, second)).toBe('duty')
    await database.writer.commit([endCalendarFeeds('duty', 3)])
    expect(await readCalendarFeed(database.reader, second)).toBeUndefined()
  })

  it('[NO8] what was to be told to a webhook goes with it', async () => {
    const database = await dialect.open()
    const webhook = { id: 'w', url: 'https://hooks.us.example/', secret: digestOf('s'), createdBy: 'admin', created: 1 }
    await database.writer.commit([
      addWebhook(webhook),
      ...addNotices([{ id: 'n', way: 'webhook', target: 'w', message: '{}', created: 1 }]),
    ])
    expect(await listWebhooks(database.reader)).toEqual([webhook])
    await database.writer.commit(removeWebhook('w'))
    expect(await listWebhooks(database.reader)).toEqual([])
    expect(await listDueNotices(database.reader, { now: 10, limit: 5 })).toEqual([])
    expect(await refusalOf(() => database.writer.commit(removeWebhook('w')))).toBe('db.conflict')
  })

  it('[IN4] filters are kept under a name, each person’s own', async () => {
    const database = await dialect.open()
    await database.writer.commit([saveFilter('duty', { name: 'Mine', filter: '{}' }, 1)])
    await database.writer.commit([saveFilter('duty', { name: 'Mine', filter: '{"q":"x"}' }, 2)])
    expect(await listFilters(database.reader, 'duty')).toEqual([{ name: 'Mine', filter: '{"q":"x"}' }])
    expect(await listFilters(database.reader, 'head')).toEqual([])
    await database.writer.commit([removeFilter('duty', 'Mine')])
    expect(await refusalOf(() => database.writer.commit([removeFilter('duty', 'Mine')]))).toBe('db.conflict')
  })
})
