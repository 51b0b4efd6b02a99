// Matters made through the interface of a node, for tests that look at them: a request with texts of one's own, what the
// other side does with it, and how far an act has got.

import { until } from './two-nodes.ts'
import type { Desk } from './two-nodes.ts'

export interface Text {
  readonly language: string
  readonly text: string
  readonly by?: string
}

/** An ordinary request for information by a desk to the other one. Resolves to its number. */
export async function openRequest(
  { channel, client, party }: Desk,
  original: Text,
  more: {
    readonly translation?: Text
    readonly fields?: Record<string, string>
    readonly names?: readonly object[]
  } = {},
): Promise<string> {
  const { entry } = await client.appendAct({
    params: { channel },
    body: {
      type: 'request.opened',
      data: {
        to: party === 'us' ? 'cn' : 'us',
        kind: 'information',
        urgency: 'ordinary',
        offences: ['phishing'],
        languages: ['en', 'zh-Hans'],
        handling: 'amber',
      },
      body: {
        v: 1,
        texts: [
          { ...original, role: 'original' },
          ...(more.translation === undefined ? [] : [{ ...more.translation, role: 'translation' }]),
        ],
        ...(more.fields === undefined ? {} : { fields: more.fields }),
        ...(more.names === undefined ? {} : { names: more.names }),
      },
    } as never,
  })
  return entry.digest
}

/** Does something about a request that the other side may have sent only a moment ago. */
export async function act(
  { channel, client }: Desk,
  request: string,
  type: string,
  data: object,
  text?: Text,
): Promise<void> {
  await untilThere({ channel, client }, request)
  const body = text === undefined ? {} : { body: { v: 1, texts: [{ ...text, role: 'original' }] } }
  await client.appendAct({ params: { channel }, body: { type, subject: request, data, ...body } as never })
}

/** Waits until a request is at a desk. */
export async function untilThere(
  { channel, client }: Pick<Desk, 'channel' | 'client'>,
  request: string,
): Promise<void> {
  await until(`request ${request.slice(0, 8)} is there`, () => client.viewRequest({ params: { channel, id: request } }))
}

/** How many acts about a request a desk holds. */
export async function countActs({ channel, client }: Desk, request: string): Promise<number> {
  return (await client.viewRequest({ params: { channel, id: request } })).acts.length
}

/** How many entries a desk has written to its log of the channel. */
export async function countEntries({ channel, client }: Desk): Promise<number> {
  const { items } = await client.listLogs()
  const log = items.find((item) => item.own && item.channel === channel)
  if (log === undefined) throw new Error('the desk has no log of the channel')
  return log.size
}
