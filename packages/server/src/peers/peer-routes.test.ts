import { expect, test } from 'vitest'
import { announcedBytes, findRoute } from './peer-routes.ts'
import type { PeerReply, PeerService } from './peer-routes.ts'

const log = 'ab'.repeat(32)
const digest = 'cd'.repeat(32)

/** A service that says what it was asked. */
const service = new Proxy({} as PeerService, {
  get:
    (_target, name: string) =>
    (...given: unknown[]): Promise<PeerReply> =>
      Promise.resolve({
        status: 404,
        code: `${name} ${given.map((value) => (value instanceof Uint8Array ? value.length : String(value))).join(' ')}`,
      }),
})

async function ask(method: string, url: string, body = new Uint8Array()): Promise<string | undefined> {
  const reply = await findRoute({ method, url })?.run(service, 'cn', body)
  return reply === undefined ? undefined : 'code' in reply ? reply.code : String(reply.status)
}

test.each([
  ['GET', '/parley/v1/heads', 'showHeads cn'],
  ['GET', '/parley/v1/node', 'showNode cn'],
  ['POST', '/parley/v1/deliveries', 'takeDelivery cn 0'],
  ['GET', `/parley/v1/logs/${log}/delivery?start=0`, `giveDelivery cn ${log} 0`],
  ['GET', `/parley/v1/logs/${log}/delivery?start=123456`, `giveDelivery cn ${log} 123456`],
  ['GET', `/parley/v1/logs/${log}/consistency?old=1&size=20`, `giveConsistency cn ${log} 1 20`],
  ['POST', '/witness/add-checkpoint', 'takeCheckpoint cn 0'],
  ['GET', `/logs/${log}/checkpoint`, `showFile cn /logs/${log}/checkpoint`],
])('[PE13] %s %s has one spelling', async (method, url, asked) => {
  expect(await ask(method, url)).toBe(asked)
  const others = [
    [method === 'GET' ? 'POST' : 'GET', url],
    [method.toLowerCase(), url],
    ['PUT', url],
    ['HEAD', url],
    [method, `${url}${url.includes('?') ? '&' : '?'}x=1`],
    [method, `/${url}`],
    [method, url.toUpperCase()],
    [method, url.replace('/', '/%2e/')],
    [method, `https://us.parley.example${url}`],
  ] as const
  for (const [otherMethod, other] of others) {
    const answer = await ask(otherMethod, other)
    // Files are named by whatever stands behind these, so only the service can say that there is none.
    if (/^\/(?:logs|witness)\//.test(other)) expect(answer ?? 'showFile', other).toMatch(/^showFile/)
    else expect(answer, other).toBeUndefined()
  }
})

test.each([
  ['one digest', `${digest}\n`, 'giveBodies'],
  ['two digests', `${digest}\n${log}\n`, 'giveBodies'],
  ['none', '', 'delivery.malformed'],
  ['no line feed', digest, 'delivery.malformed'],
  ['an empty line', `${digest}\n\n`, 'delivery.malformed'],
  ['capitals', `${digest.toUpperCase()}\n`, 'delivery.malformed'],
  ['carriage returns', `${digest}\r\n`, 'delivery.malformed'],
])('[PE13] bodies are asked for by their digests: %s', async (_name, text, asked) => {
  const answer = await ask('POST', `/parley/v1/logs/${log}/bodies`, new TextEncoder().encode(text))
  expect(answer?.split(' ')[0]).toBe(asked)
})

test('[T-07] [PE25] room is made for what a request announces, and none for more than it may bring', () => {
  const announced = (headers: Record<string, string>): number => announcedBytes({ headers } as never, 1000)
  expect(announced({})).toBe(0)
  expect(announced({ 'content-length': '10' })).toBe(10)
  expect(announced({ 'transfer-encoding': 'chunked' })).toBe(1000)
  expect(() => announced({ 'content-length': '1001' })).toThrow(expect.objectContaining({ code: 'peer.limit' }))
})
