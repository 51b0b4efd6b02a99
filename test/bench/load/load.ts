// The load generator: a process of its own, so that what it costs is not counted as the server's. It is told what to do by
// the process that forked it.

import { join } from 'node:path'
import { createClient } from '@parley/api/client'
import { openKeyring } from '../../../packages/server/src/keys/keyring.ts'
import type { LoadCalls, LoadTarget, Sent } from './calls.ts'
import { bodyContent, EntryPreparer, requestData } from './prepare.ts'
import { doCases } from './whole-cases.ts'
import { formatRequest, openWire } from './wire.ts'
import type { Wire, WireAnswer } from './wire.ts'

let prepared: Buffer[] = []

function takePrepared(count: number): Buffer[] {
  if (prepared.length < count) throw new Error(`only ${prepared.length} requests are prepared`)
  return prepared.splice(0, count)
}

function demand(answer: WireAnswer, status: number): WireAnswer {
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.body}`)
  return answer
}

/** Sends every request, each connection taking the next one when it has its answer. */
async function sendAll(
  origin: string,
  requests: readonly Buffer[],
  connections: number,
  status: number,
): Promise<Sent> {
  const wires = await Promise.all(Array.from({ length: connections }, () => openWire(origin)))
  const milliseconds: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    wires.map(async (wire) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sent = performance.now()
        demand(await wire.ask(request), status)
        milliseconds.push(performance.now() - sent)
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  for (const wire of wires) wire.close()
  return { seconds, milliseconds }
}

let target: LoadTarget | undefined

const calls: LoadCalls = {
  async prepare({ count, kind, target: given }) {
    target = given
    const { channel, home, origin, to, token } = given
    prepared = []
    let entryBytes = 0
    if (kind === 'acts') {
      const body = JSON.stringify({ type: 'request.opened', data: { to, ...requestData }, body: bodyContent })
      const path = `/api/channels/${channel}/acts`
      for (let i = 0; i < count; i++) prepared.push(formatRequest(origin, token, { method: 'POST', path, body }))
      return { entryBytes }
    }
    const client = createClient({ baseUrl: origin, fetch, token })
    const keyring = await openKeyring(join(home, 'keys'))
    const preparer = new EntryPreparer(keyring.signers.operator, await client.viewSeen({ params: { channel } }))
    for (let i = 0; i < count; i++) {
      const { entry, sealed } = await preparer.prepare(to)
      entryBytes = entry.length
      const body = JSON.stringify({ entry: entry.toBase64(), body: sealed.toBase64() })
      const path = `/api/channels/${channel}/entries`
      prepared.push(formatRequest(origin, token, { method: 'POST', path, body }))
    }
    return { entryBytes }
  },
  send: ({ connections, count }) => sendAll(target!.origin, takePrepared(count), connections, 201),
  async follow({ count, target: { channel, origin, token } }) {
    const client = createClient({ baseUrl: origin, fetch, token })
    const wire = await openWire(origin)
    const { changed, close } = await listenTo(client, channel)
    const milliseconds: number[] = []
    const began = performance.now()
    for (const request of takePrepared(count)) {
      const sent = performance.now()
      const { entry } = JSON.parse(demand(await wire.ask(request), 201).body) as {
        entry: { log: string; position: number }
      }
      await untilDelivered(wire, changed, origin, token, entry)
      milliseconds.push(performance.now() - sent)
    }
    const seconds = (performance.now() - began) / 1000
    close()
    wire.close()
    return { seconds, milliseconds }
  },
  read({ connections, count, paths, target: { origin, token } }) {
    const requests = paths.map((path) => formatRequest(origin, token, { method: 'GET', path }))
    return sendAll(
      origin,
      Array.from({ length: count }, (_, i) => requests[i % requests.length]!),
      connections,
      200,
    )
  },
  cases: doCases,
  post({ body, connections, count, origin }) {
    const request = formatRequest(origin, 'none', { method: 'POST', path: '/', body })
    return sendAll(
      origin,
      Array.from({ length: count }, () => request),
      connections,
      201,
    )
  },
}

/** Hears that something of the channel's logs changed. */
async function listenTo(
  client: ReturnType<typeof createClient>,
  channel: string,
): Promise<{ changed: () => Promise<void>; close: () => void }> {
  const closing = new AbortController()
  const events = await client.streamEvents({}, { signal: closing.signal })
  let news = Promise.withResolvers<void>()
  const hear = async (): Promise<void> => {
    for await (const event of events) {
      if (event.topic !== 'log' || event.channel !== channel) continue
      const told = news
      news = Promise.withResolvers<void>()
      told.resolve()
    }
  }
  hear().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })
  return { changed: () => news.promise, close: () => closing.abort() }
}

/** Asks whenever the node says that its logs have changed, as a console does. */
async function untilDelivered(
  wire: Wire,
  changed: () => Promise<void>,
  origin: string,
  token: string,
  { log, position }: { log: string; position: number },
): Promise<void> {
  const request = formatRequest(origin, token, {
    method: 'GET',
    path: `/api/logs/${log}/entries?from=${position}&limit=1`,
  })
  for (;;) {
    const news = changed()
    const { body } = demand(await wire.ask(request), 200)
    if (body.includes('"level":"delivered"')) return
    await news
  }
}

process.on('message', ({ call, order }: { call: keyof LoadCalls; order: never }) => {
  calls[call](order).then(
    (result) => process.send!({ result }),
    (error: unknown) =>
      process.send!({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
