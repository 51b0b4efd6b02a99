import type { NodeEvent } from '@parley/api'
import { readEvents } from '@parley/api/client'
import { describe, expect, test } from 'vitest'
import { createEventHub, type Subscription } from './events.ts'
import { bearer, createTestApp, exampleRequest, sameOrigin } from './testing/test-app.ts'

const subscription: Subscription = { account: 'duty', session: undefined, reaches: () => true, holds: () => true }
const id = 'ab'.repeat(32)

function createHub() {
  let beat = () => {}
  let stopped = false
  const hub = createEventHub({
    every: (_, call) => {
      beat = call
      return () => (stopped = true)
    },
  })
  return { hub, beat: () => beat(), isStopped: () => stopped }
}

/** Reads what has been sent so far, one piece at a time. */
function pieces(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader()
  return async () => {
    const { done, value } = await reader.read()
    return done ? 'end' : new TextDecoder().decode(value)
  }
}

test('[HT27] every stream gets every event, after a greeting', async () => {
  const { hub, beat } = createHub()
  const [first, second] = [pieces(hub.subscribe(subscription)), pieces(hub.subscribe(subscription))]
  hub.publish({ topic: 'request', id })
  beat()
  for (const next of [first, second]) {
    expect(await next()).toBe('retry: 3000\n\n')
    expect(await next()).toBe(`data: {"topic":"request","id":"${id}"}\n\n`)
    expect(await next()).toBe(': here\n\n')
  }
})

test.each([
  { topic: 'request', id, title: 'canary' },
  { topic: 'request', id: 'a case number' },
  { topic: 'gossip' },
  { topic: 'channel', channel: 'x' },
])('[HT27] never more than where to look: %j', (event) => {
  const { hub } = createHub()
  expect(() => hub.publish(event as NodeEvent)).toThrow()
})

test('[HT27] through the interface, read by the contract’s own client', async () => {
  const { app, events } = createTestApp()
  const response = await app.fetch(exampleRequest('streamEvents', bearer))
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store')
  events.publish({ topic: 'log', id })
  events.publish({ topic: 'node' })
  events.close()
  const got: NodeEvent[] = []
  for await (const event of readEvents(response.body!)) got.push(event)
  expect(got).toEqual([{ topic: 'log', id }, { topic: 'node' }])
})

describe('[HT28] bounds', () => {
  test('32 streams an account, 256 in all', () => {
    const { hub } = createHub()
    const busy = expect.objectContaining({ code: 'http.busy' }) as Error
    for (let n = 0; n < 32; n += 1) hub.subscribe(subscription)
    expect(() => hub.subscribe(subscription)).toThrow(busy)
    for (let n = 32; n < 256; n += 1) hub.subscribe({ ...subscription, account: `account-${n}` })
    expect(() => hub.subscribe({ ...subscription, account: 'one-more' })).toThrow(busy)
    expect(hub.count()).toBe(256)
  })

  test('a reader that does not keep up is let go; the others are not held up', async () => {
    const { hub } = createHub()
    const slow = pieces(hub.subscribe(subscription))
    const quick = pieces(hub.subscribe(subscription))
    for (let n = 0; n < 100; n += 1) {
      hub.publish({ topic: 'entry' })
      await quick()
    }
    expect(hub.count()).toBe(1)
    let sent = 0
    while ((await slow()) !== 'end') sent += 1
    expect(sent).toBe(64)
  })

  test('a reader that goes away gives its place back', async () => {
    const { hub } = createHub()
    const stream = hub.subscribe(subscription)
    expect(hub.count()).toBe(1)
    await stream.cancel()
    expect(hub.count()).toBe(0)
    hub.publish({ topic: 'entry' })
  })
})

describe('[HT29] a stream ends', () => {
  test('with its session at sign-out, at once', async () => {
    const { app, events, cookie } = createTestApp()
    const [mine, others] = [cookie(), cookie('other')]
    const response = await app.fetch(exampleRequest('streamEvents', { cookie: mine }))
    await app.fetch(exampleRequest('streamEvents', { cookie: others }))
    await app.fetch(exampleRequest('signOut', { ...sameOrigin, cookie: mine }))
    expect(await response.text()).toBe('retry: 3000\n\n')
    expect(events.count()).toBe(1)
  })

  test('with its session at the next heartbeat, when that has run out', async () => {
    const { app, events, cookie, clock, beat } = createTestApp()
    await app.fetch(exampleRequest('streamEvents', { cookie: cookie() }))
    await app.fetch(exampleRequest('streamEvents', bearer))
    beat()
    expect(events.count()).toBe(2)
    clock.now += 16 * 60_000
    beat()
    expect(events.count()).toBe(1)
  })

  test('with the hub, which takes nobody afterwards', async () => {
    const { hub, isStopped } = createHub()
    const next = pieces(hub.subscribe(subscription))
    hub.close()
    await next()
    expect(await next()).toBe('end')
    expect(isStopped()).toBe(true)
    expect(() => hub.subscribe(subscription)).toThrow(expect.objectContaining({ code: 'http.busy' }) as Error)
  })
})
