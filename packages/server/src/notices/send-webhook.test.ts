import { createServer } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createTestCertificate } from '../../test-support/test-certificate.ts'
import { openWebhookAddress, sendWebhook, signWebhook } from './send-webhook.ts'

const secret = new Uint8Array(32).fill(7)
const now = 1_700_000_000_000
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function startReceiver(answer: { readonly status: number; readonly location?: string }) {
  const { certificate, key } = await createTestCertificate('127.0.0.1')
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer({ cert: certificate, key }, (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location })
      response.end('x'.repeat(1000))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  return { url: `https://127.0.0.1:${port}/hook`, ca: certificate, received }
}

test('[NO10] what is sent is signed and carries the number of its notice', async () => {
  const { ca, received, url } = await startReceiver({ status: 204 })
  await sendWebhook({ url, secret }, { id: 'n1', body: '{"v":1}', now }, { ca })
  expect(received).toHaveLength(1)
  expect(received[0]!.body).toBe('{"v":1}')
  expect(received[0]!.headers).toMatchObject({
    'webhook-id': 'n1',
    'webhook-timestamp': '1700000000',
    'webhook-signature': signWebhook(secret, 'n1', 1_700_000_000, '{"v":1}'),
  })
})

test('[NO10] an answer that is not success is none, and nothing is followed', async () => {
  const elsewhere = await startReceiver({ status: 204 })
  const { ca, url } = await startReceiver({ status: 302, location: elsewhere.url })
  const notice = { id: 'n2', body: '{}', now }
  await expect(sendWebhook({ url, secret }, notice, { ca })).rejects.toMatchObject({ code: 'notice.webhook' })
  expect(elsewhere.received).toEqual([])
  // Nor is anything said to a server whose certificate nobody vouches for.
  await expect(sendWebhook({ url: elsewhere.url, secret }, notice)).rejects.toMatchObject({ code: 'notice.webhook' })
  expect(elsewhere.received).toEqual([])
})

test.each([
  'http://hooks.us.example/',
  'https://user:pass@hooks.us.example/',
  'https://169.254.169.254/latest/meta-data',
  'https://0.0.0.0/',
  'https://0x7f.1/',
  'https://2130706433/',
  'https://[::ffff:10.0.0.1]/',
  'https://hooks.us.example./',
  'https://hooks.us.example/#x',
  'file:///etc/passwd',
  'nonsense',
])('[NO9] [T-08] %s is not told', (url) => {
  expect(() => openWebhookAddress(url)).toThrow()
})

test('[NO9] [T-08] a name that leads into the house is not followed', async () => {
  const { ca, received, url } = await startReceiver({ status: 204 })
  const named = url.replace('127.0.0.1', 'hooks.us.example')
  const resolve = (
    _name: string,
    _options: unknown,
    callback: (error: null, found: { address: string; family: number }[]) => void,
  ) => callback(null, [{ address: '127.0.0.1', family: 4 }])
  const sent = sendWebhook({ url: named, secret }, { id: 'n3', body: '{}', now }, { ca, resolve })
  await expect(sent).rejects.toMatchObject({ code: 'notice.webhook' })
  expect(received).toEqual([])
})
