import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRequest } from '../../test-support/acts.ts'
import { foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNodes } from '../../test-support/two-nodes.ts'
import { viewCut } from '../desk/cut.ts'
import type { SignedInCaller } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import {
  createAssignRequest,
  createListInbox,
  createListSavedFilters,
  createMarkRequestRead,
  createPutSavedFilter,
  createRemoveSavedFilter,
  createWatchRequest,
} from './inbox.ts'
import {
  createAddCalendarFeed,
  createAddWebhook,
  createEndCalendarFeed,
  createListWebhooks,
  createPutNoticePreferences,
  createRemoveWebhook,
  createViewCalendar,
  createViewNoticePreferences,
} from './notices.ts'

let nodes: TestNodes
let node: ParleyNode
let id: string
beforeAll(async () => {
  nodes = await foundNodes()
  node = nodes.of('us').node
  id = (await openRequest(nodes.of('us'), nodes.channel, 'cn')).digest
})
afterAll(() => nodes.close())

const signal = new AbortController().signal
function callOf<P, Q, B>(name: string, parts: { params?: P; query?: Q; body?: B }) {
  const caller: SignedInCaller = { kind: 'token', account: { id: name, grants: [{ role: 'operator', channel: null }] } }
  return {
    params: parts.params as P,
    query: parts.query as Q,
    body: parts.body as B,
    caller,
    signal,
    correlation: 'test',
    headers: {} as never,
    reaches: () => true,
  }
}

const list = (name: string, query: object = {}) => createListInbox(node)(callOf(name, { query }))

test('[IN5] marks are each person’s own, and nothing of them reaches a log', async () => {
  const before = await viewCut(node, nodes.channel)
  const params = { channel: nodes.channel, id }
  await createAssignRequest(node)(callOf('head', { params, body: { account: 'duty' } }))
  await createWatchRequest(node)(callOf('duty', { params, body: { watched: true } }))
  await createMarkRequestRead(node)(callOf('duty', { params, body: undefined }))
  const mine = { assigned: 'duty', watched: true, unread: false }
  expect((await list('duty', { assigned: 'me' })).items).toMatchObject([{ id, direction: 'outgoing', ...mine }])
  expect((await list('head')).items).toMatchObject([{ id, assigned: 'duty', watched: false, unread: true }])
  expect((await list('head', { assigned: 'nobody' })).items).toEqual([])
  await createAssignRequest(node)(callOf('head', { params, body: { account: 'me' } }))
  expect((await list('head', { assigned: 'me' })).items).toHaveLength(1)
  await createAssignRequest(node)(callOf('head', { params, body: { account: null } }))
  expect((await list('head', { assigned: 'nobody' })).items).toHaveLength(1)
  expect((await viewCut(node, nodes.channel)).cutDigest).toBe(before.cutDigest)
  const elsewhere = { channel: nodes.channel, id: '0'.repeat(64) }
  await expect(
    createWatchRequest(node)(callOf('duty', { params: elsewhere, body: { watched: true } })),
  ).rejects.toMatchObject({ code: 'request.not-found' })
})

test('[IN2] [T-39] a channel that is not known, a cursor that was made up and a question without a word are refused', async () => {
  await expect(list('duty', { channel: 'f'.repeat(32) })).rejects.toThrow()
  for (const text of ['x', '1 2', '1 2 -3', '1 2 3 4', '1 2 9999999999999999']) {
    const cursor = Buffer.from(text).toString('base64url')
    await expect(list('duty', { cursor }), text).rejects.toMatchObject({ code: 'cursor.malformed' })
  }
  for (const q of ['"', '*', '() OR', "'; drop table subjects --"]) {
    const found = await Promise.resolve(list('duty', { q })).catch((error: { code: string }) => error.code)
    expect(typeof found === 'string' ? found : found.items).toEqual(typeof found === 'string' ? 'filter.malformed' : [])
  }
  expect((await list('duty')).items).toHaveLength(1)
})

test('[IN4] a filter is kept and removed', async () => {
  const kept = { name: 'Mine', filter: { assigned: 'me', statuses: ['open'] } }
  await createPutSavedFilter(node)(callOf('duty', { body: kept }))
  expect(await createListSavedFilters(node)(callOf('duty', {}))).toEqual({ items: [kept] })
  await createRemoveSavedFilter(node)(callOf('duty', { body: { name: 'Mine' } }))
  await expect(createRemoveSavedFilter(node)(callOf('duty', { body: { name: 'Mine' } }))).rejects.toMatchObject({
    code: 'filter.not-found',
  })
})

test('[NO2] preferences that cannot be kept to are refused', async () => {
  const preferences = await createViewNoticePreferences(node)(callOf('duty', {}))
  const put = (change: object) =>
    createPutNoticePreferences(node)(callOf('duty', { body: { ...preferences, ...change } }))
  await expect(put({ mail: 'digest' })).rejects.toMatchObject({ code: 'notice.preferences' })
  await expect(put({ timeZone: 'Mars/Olympus' })).rejects.toMatchObject({ code: 'notice.preferences' })
  await put({ mail: 'digest', address: 'duty@us.example', timeZone: 'Asia/Shanghai', language: 'zh-Hans' })
  expect(await createViewNoticePreferences(node)(callOf('duty', {}))).toMatchObject({ timeZone: 'Asia/Shanghai' })
})

test('[NO7] a calendar is read by whoever knows its address, until it ends', async () => {
  const { path } = await createAddCalendarFeed(node)(callOf('duty', {}))
  const secret = path.split('/').at(-1)!
  const read = () => createViewCalendar(node)(callOf('nobody', { params: { secret } }))
  expect(await read()).toMatch(/^BEGIN:VCALENDAR\r\n/)
  await createEndCalendarFeed(node)(callOf('duty', {}))
  await expect(read()).rejects.toMatchObject({ code: 'calendar.not-found' })
})

test('[NO9] webhooks lead where they may, and their key is shown once', async () => {
  const add = (url: string) => createAddWebhook(node)(callOf('admin', { body: { url } }))
  await expect(add('http://hooks.us.example/')).rejects.toMatchObject({ code: 'webhook.address' })
  const { id: webhook, signingKey } = await add('https://hooks.us.example/')
  expect(signingKey).toMatch(/^whsec_/)
  const listed = await createListWebhooks(node)(callOf('admin', {}))
  expect(JSON.stringify(listed)).not.toContain(signingKey)
  expect(listed.items).toMatchObject([{ id: webhook }])
  await createRemoveWebhook(node)(callOf('admin', { params: { id: webhook } }))
  await expect(createRemoveWebhook(node)(callOf('admin', { params: { id: webhook } }))).rejects.toMatchObject({
    code: 'webhook.not-found',
  })
})
