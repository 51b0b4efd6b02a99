// Bodies: what they are called, how large they are, and whether they come at all.

import { limits } from '@parley/api'
import type { OperationName, Problem } from '@parley/api'
import { describe, expect, test } from 'vitest'
import { createBodyBudget, openBody } from './body.ts'
import {
  contract,
  createTestApp,
  exampleRequest,
  exampleUrl,
  operationNames,
  sameOrigin,
  standing,
} from './testing/test-app.ts'
import { examples } from './testing/examples.ts'
import { mediaVariants } from './testing/media-variants.ts'

const withBody = operationNames.filter((name) => contract[name].request !== undefined)
const withJson = operationNames.filter((name) => contract[name].request?.kind === 'json')
const headers = { ...standing, ...sameOrigin }

async function codeOf(response: Response): Promise<string> {
  return response.ok ? String(response.status) : ((await response.json()) as Problem).code
}

function mediaOf(name: OperationName): string {
  const request = contract[name].request!
  return request.kind === 'json' ? 'application/json' : (request.media ?? 'application/octet-stream')
}

describe('[HT12] [T-38] media types', () => {
  test('there are at least 200 variants', () => {
    expect(new Set(mediaVariants).size).toBeGreaterThanOrEqual(200)
  })

  test.each(withBody)('%s takes its own and no other', async (name) => {
    // Verifying a session gives it a new cookie: then each call needs an interface of its own.
    const shared = createTestApp()
    const next = () => (name === 'verifySession' ? createTestApp() : shared).app
    const { app, calls } = shared
    const own = mediaOf(name)
    const accepted = own === 'application/json' ? [own, 'application/json; charset=utf-8'] : [own]
    for (const media of [
      ...mediaVariants,
      'application/json',
      'application/octet-stream',
      'application/json; charset=utf-8',
    ]) {
      const response = await next().fetch(exampleRequest(name, { ...headers, 'content-type': media }))
      if (accepted.includes(media.replaceAll(/^[ \t]+|[ \t]+$/g, '')))
        expect(await codeOf(response), media).not.toBe('http.media-type')
      else expect(await codeOf(response), media).toBe('http.media-type')
    }
    const before = calls.length
    const bare = exampleRequest(name, { ...headers, 'content-type': undefined }, { body: new Uint8Array([123, 125]) })
    expect(await codeOf(await app.fetch(bare))).toBe('http.media-type')
    for (const encoding of ['gzip', 'br', 'deflate', 'identity', 'zstd', '']) {
      const response = await app.fetch(exampleRequest(name, { ...headers, 'content-encoding': encoding }))
      expect(await codeOf(response), encoding).toBe('http.media-type')
    }
    expect(calls.length).toBe(before)
  })

  test.each(
    operationNames.filter((name) => contract[name].request === undefined && contract[name].policy.access !== 'public'),
  )('%s takes no body at all', async (name) => {
    const { app, calls } = createTestApp()
    const bodies: Record<string, string>[] = [
      { 'content-type': 'application/json' },
      { 'content-length': '2' },
      { 'content-length': '00' },
      { 'transfer-encoding': 'chunked' },
    ]
    for (const more of bodies) {
      const response = await app.fetch(exampleRequest(name, { ...headers, ...more }))
      expect(['http.media-type', 'http.body']).toContain(await codeOf(response))
    }
    expect(calls).toEqual([])
  })
})

describe('[HT13] [T-47] sizes', () => {
  test.each(withJson)('%s: over its bound is refused, by its length or by its bytes', async (name) => {
    const { app, calls } = createTestApp()
    const request: { bytesMax?: number } = contract[name].request!
    const bytesMax = request.bytesMax ?? limits.jsonBytesMax
    const large = `{"token":"${'x'.repeat(bytesMax)}"}`
    expect(await codeOf(await app.fetch(exampleRequest(name, headers, { body: large })))).toBe('http.too-large')
    const claimed = exampleRequest(name, { ...headers, 'content-length': String(bytesMax + 1) })
    expect(await codeOf(await app.fetch(claimed))).toBe('http.too-large')
    expect(calls).toEqual([])
  })

  test('a stream that never ends is cut off at the bound', async () => {
    let given = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body, duplex: 'half' }
    const { app } = createTestApp()
    const response = await app.fetch(new Request(exampleUrl('appendAct'), init as RequestInit))
    expect(await codeOf(response)).toBe('http.too-large')
    expect(given).toBeLessThan(1024 * 1024 + 4 * 65_536)
  })

  test('a bundle of 64 MiB is taken, one byte more is not', async () => {
    const { app, calls } = createTestApp()
    const bytes = new Uint8Array(64 * 1024 * 1024 + 1)
    const send = (body: Uint8Array<ArrayBuffer>) => app.fetch(exampleRequest('importBundle', headers, { body }))
    expect(await codeOf(await send(bytes))).toBe('http.too-large')
    expect((await send(bytes.subarray(1))).status).toBe(200)
    expect(calls).toHaveLength(1)
  })

  test.each(withBody)('%s: an empty or broken body is refused', async (name) => {
    const { app } = createTestApp()
    const { method, request } = contract[name]
    // Of one protocol of other people's no bytes are something too: its empty files.
    const mayBeEmpty = request?.kind === 'bytes' && 'mayBeEmpty' in request
    const refused = mayBeEmpty ? '204' : 'http.body'
    expect(await codeOf(await app.fetch(exampleRequest(name, headers, { body: '' })))).toBe(refused)
    const body = new ReadableStream({
      pull(controller) {
        controller.error(new Error('canary'))
      },
    })
    const own = { ...examples[name].headers, ...headers, 'content-type': mediaOf(name) }
    const init = { method, headers: own, body, duplex: 'half' }
    expect(await codeOf(await app.fetch(new Request(exampleUrl(name), init as RequestInit)))).toBe('http.body')
  })

  test('a long body is neither longer nor shorter than it was declared', async () => {
    const { app, calls } = createTestApp()
    const declared = { ...headers, 'content-length': '100000' }
    const send = (length: number) =>
      app.fetch(exampleRequest('importBundle', declared, { body: new Uint8Array(length).fill(7) }))
    expect(await codeOf(await send(99_999))).toBe('http.body')
    expect(await codeOf(await send(100_001))).toBe('http.too-large')
    expect((await send(100_000)).status).toBe(200)
    expect(calls).toHaveLength(1)
  })

  test('all bodies together are bounded, and what is released can be taken again', async () => {
    const budget = createBodyBudget(10)
    const request = (length: number) => exampleRequest('importBundle', headers, { body: new Uint8Array(length) })
    const first = await openBody(contract.importBundle, request(6), budget)
    await expect(openBody(contract.importBundle, request(6), budget)).rejects.toMatchObject({ code: 'http.busy' })
    first.release()
    const second = await openBody(contract.importBundle, request(10), budget)
    second.release()
    await expect(
      openBody(contract.appendAct, exampleRequest('appendAct', headers, { body: '{"a":1}' }), budget),
    ).rejects.toMatchObject({
      code: 'http.invalid',
    })
    expect((await openBody(contract.importBundle, request(10), budget)).value).toHaveLength(10)
  })
})
