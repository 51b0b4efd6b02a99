// Whole cases between two nodes, as two desks would do them: one side opens, assesses and closes, the other acknowledges and
// answers. A desk acts as soon as its own node has what it needs, which it learns from the node's events, as a console does.

import { createClient } from '@parley/api/client'
import type { CasesOrder, LoadTarget, Sent } from './calls.ts'
import { bodyContent, requestData } from './prepare.ts'
import { formatRequest, openWire } from './wire.ts'
import type { Wire } from './wire.ts'

/** Marks from 1 to 5 on every criterion that must be assessed. */
const marks = { timeliness: 5, completeness: 4, usefulness: 4 }

interface Desk {
  readonly target: LoadTarget
  /** Resolves when the node next says that a request changed. */
  readonly changed: (request: string) => Promise<void>
  readonly close: () => void
}

/** Does so many cases, so many at a time, and times each from its opening to its closing. */
export async function doCases({ atOnce, count, requested, requesting }: CasesOrder): Promise<Sent> {
  const [asking, asked] = await Promise.all([requesting, requested].map(openDesk))
  const milliseconds: number[] = []
  let left = count
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const wires = await Promise.all([openWire(requesting.origin), openWire(requested.origin)])
      while (left-- > 0) {
        const opened = performance.now()
        await doCase({ ...asking!, wire: wires[0] }, { ...asked!, wire: wires[1] })
        milliseconds.push(performance.now() - opened)
      }
      for (const wire of wires) wire.close()
    }),
  )
  const seconds = (performance.now() - began) / 1000
  asking!.close()
  asked!.close()
  return { seconds, milliseconds }
}

type Working = Desk & { readonly wire: Wire }

async function doCase(asking: Working, asked: Working): Promise<void> {
  const body = bodyContent
  const opened = await act(asking, { type: 'request.opened', data: { to: asking.target.to, ...requestData }, body })
  const subject = opened.entry.digest
  await act(asked, { type: 'request.acknowledged', subject, data: {} })
  const data = { outcome: 'full', handling: 'amber', use: 'intelligence-only' }
  await act(asked, { type: 'request.answered', subject, data, body })
  await act(asking, { type: 'request.assessed', subject, data: { marks } })
  await act(asking, { type: 'request.closed', subject, data: { outcome: 'satisfied' } })
}

/** Acts, and while the node lacks what the act stands on, waits for news of the request and tries again. */
async function act(
  { changed, target: { channel, origin, token }, wire }: Working,
  order: { readonly type: string; readonly subject?: string; readonly data: object; readonly body?: object },
): Promise<{ entry: { digest: string } }> {
  const path = `/api/channels/${channel}/acts`
  const request = formatRequest(origin, token, { method: 'POST', path, body: JSON.stringify(order) })
  for (;;) {
    const news = order.subject === undefined ? undefined : changed(order.subject)
    const { body, status } = await wire.ask(request)
    if (status === 201) return JSON.parse(body) as { entry: { digest: string } }
    const { code } = JSON.parse(body) as { code: string }
    if (news === undefined || code !== 'act.not-allowed') throw new Error(`answered ${status}: ${body}`)
    await news
  }
}

async function openDesk(target: LoadTarget): Promise<Desk> {
  const client = createClient({ baseUrl: target.origin, fetch, token: target.token })
  const closing = new AbortController()
  const waiting = new Map<string, PromiseWithResolvers<void>>()
  const wake = (request: string): void => {
    waiting.get(request)?.resolve()
    waiting.delete(request)
  }
  const connect = () => client.streamEvents({}, { signal: closing.signal })
  let events = await connect()
  /** A node lets go a reader that is too slow; who connects anew reads the state first, here by trying again. */
  const hear = async (): Promise<void> => {
    for (;;) {
      for await (const { id, topic } of events) if (topic === 'request' && id !== undefined) wake(id)
      events = await connect()
      for (const request of [...waiting.keys()]) wake(request)
    }
  }
  hear().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })
  return {
    target,
    changed(request) {
      const news = waiting.get(request) ?? Promise.withResolvers<void>()
      waiting.set(request, news)
      return news.promise
    },
    close: () => closing.abort(),
  }
}
