import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ApiProblem, createClient, type ClientOptions } from './client.ts'
import { readEvents } from './event-stream.ts'

const channel = 'c'.repeat(32)

interface Sent {
  address: string
  init: RequestInit & { headers: Record<string, string> }
}

function clientThatGets(answer: Response | (() => Promise<Response>), options: Partial<ClientOptions> = {}) {
  const sent: Sent[] = []
  const fetch = async (address: string | URL | Request, init?: RequestInit) => {
    sent.push({ address: address as string, init: init as Sent['init'] })
    return typeof answer === 'function' ? answer() : answer
  }
  return { client: createClient({ baseUrl: 'http://127.0.0.1:1', fetch, ...options }), sent }
}

function problemAnswer(problem: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: 409,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}

test('[AP9] a read sends its address and nothing that it does not need', async () => {
  const { client, sent } = clientThatGets(Response.json({ items: [], next: null }))
  const answer = await client.listRequests({ params: { channel }, query: { q: 'a&b=c d', limit: 5 } })
  expect(answer).toEqual({ items: [], next: null })
  expect(sent).toHaveLength(1)
  expect(sent[0]!.address).toBe(`http://127.0.0.1:1/api/channels/${channel}/requests?q=a%26b%3Dc%20d&limit=5`)
  expect(sent[0]!.init.method).toBe('GET')
  expect(sent[0]!.init.body).toBeUndefined()
  expect(Object.keys(sent[0]!.init.headers)).toEqual(['accept'])
  expect(sent[0]!.init.redirect).toBe('error')
})

test('[AP9] a write sends JSON, the header of the house and the token', async () => {
  const { client, sent } = clientThatGets(Response.json({}), { token: 'secret' })
  await client.appendAct({ params: { channel }, body: { type: 'request.opened', data: { a: 1 } } })
  expect(sent[0]!.init.headers).toMatchObject({
    'content-type': 'application/json',
    'parley-request': '1',
    authorization: 'Bearer secret',
  })
  expect(sent[0]!.init.body).toBe('{"type":"request.opened","data":{"a":1}}')
})

test('[AP9] bytes go out and come in as bytes, text as text, nothing as nothing', async () => {
  const bytes = Uint8Array.of(0, 255, 10)
  const imports = clientThatGets(Response.json({}))
  await imports.client.importBundle({ body: bytes })
  expect(imports.sent[0]!.init.body).toBe(bytes)
  expect(imports.sent[0]!.init.headers['content-type']).toBe('application/octet-stream')
  const exported = clientThatGets(new Response(bytes))
  expect(await exported.client.exportBundle({ body: { channel, purpose: 'evidence' } })).toEqual(bytes)
  const proof = clientThatGets(new Response('c2sp.org/tlog-proof@v1\n'))
  const where = { params: { log: 'a'.repeat(64), position: 7 } }
  expect(await proof.client.viewEntryProof(where)).toBe('c2sp.org/tlog-proof@v1\n')
  expect(proof.sent[0]!.address).toContain('/entries/7/proof')
  const out = clientThatGets(new Response(null, { status: 204 }))
  expect(await out.client.signOut()).toBeUndefined()
})

test('[AP10] a refusal is thrown with all that the node said', async () => {
  const problem = {
    code: 'act.not-allowed',
    status: 409,
    detail: 'no',
    reason: 'request.closed',
    instance: 'urn:uuid:1',
    errors: [{ pointer: '/data', code: 'type' }],
  }
  const { client } = clientThatGets(problemAnswer(problem, { 'retry-after': '7' }))
  const error = await client.viewNode().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ApiProblem)
  expect(error).toMatchObject({ ...problem, retryAfterSeconds: 7 })
})

test.each([
  [
    'a page of a proxy',
    new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
  ],
  ['a problem that is none', problemAnswer({ hello: 1 })],
  [
    'half a problem',
    new Response('{"code":', { status: 500, headers: { 'content-type': 'application/problem+json' } }),
  ],
  ['half an answer', new Response('{"party":')],
])('[AP10] %s is client.answer', async (_, response) => {
  const { client } = clientThatGets(response)
  await expect(client.viewNode()).rejects.toMatchObject({ code: 'client.answer', status: response.status })
})

test('[AP10] no answer is client.unreachable, an abort is the signal’s reason', async () => {
  const { client } = clientThatGets(() => Promise.reject(new TypeError('fetch failed')))
  await expect(client.viewNode()).rejects.toMatchObject({ code: 'client.unreachable', status: 0 })
  const reason = new Error('left the page')
  const left = clientThatGets(() => Promise.reject(reason))
  await expect(left.client.viewNode({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test.each(['', '.', '..', '../node', 'a/b', 'a%2fb', 'a?b', 'a#b', 'a b', 'ü'])(
  '[AP11] the parameter %j goes nowhere',
  async (id) => {
    const { client, sent } = clientThatGets(Response.json({}))
    await expect(client.viewRequest({ params: { channel, id } })).rejects.toMatchObject({ code: 'http.not-found' })
    expect(sent).toEqual([])
  },
)

async function gathered<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const event of events) all.push(event)
  return all
}

function streamOf(pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}

const text = 'retry: 3000\n\n: here\n\ndata: {"topic":"entry","channel":"é"}\n\n: here\n\ndata: {"topic":"peer"}\n\n'

test('[AP12] events are the same wherever the stream is cut', async () => {
  const bytes = new TextEncoder().encode(text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 }), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
      const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
      expect(await gathered(readEvents(streamOf(pieces)))).toEqual([
        { topic: 'entry', channel: 'é' },
        { topic: 'peer' },
      ])
    }),
  )
})

test.each(['data: {\n', 'data: nothing\n', 'x'.repeat(20_000)])(
  '[AP10] a stream that is not ours throws: %#',
  async (bad) => {
    const events = readEvents(streamOf([new TextEncoder().encode(bad)]))
    await expect(gathered(events)).rejects.toMatchObject({ code: 'client.answer' })
  },
)

test('[AP12] leaving the loop ends the stream', async () => {
  let cancelled = false
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('data: {"topic":"node"}\n\n'))
    },
    cancel() {
      cancelled = true
    },
  })
  for await (const event of readEvents(stream)) {
    expect(event.topic).toBe('node')
    break
  }
  expect(cancelled).toBe(true)
})
