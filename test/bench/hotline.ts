// A message on the hotline, from the request that records it at one node to its text at a screen of the other: a client that
// hears of events, asks for the call and opens what was said, as a console does. One message at a time.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@parley/api/client'
import type { Benchmark } from './bench.ts'
import { quantile, repeat, rowOf } from './measure.ts'
import type { Limit } from './measure.ts'
import { createParties, partyNames, startBoth } from './parties.ts'

const aim: Limit = { name: 'aim for a message', value: 1000 }

export const hotline: Benchmark = {
  name: 'hotline',
  async run({ folder: parent, quick, times }) {
    const folder = join(parent, 'hotline')
    await mkdir(folder)
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    const params = { channel: parties.channel }
    const data = { to: 'cn', level: 'working', reason: 'other-matter', purpose: 'test' }
    const { entry } = await both.us.client.appendAct({ params, body: { type: 'hotline.raised', data } })
    const screen = await openScreen(both.cn.client, parties.channel, entry.digest)
    const count = quick ? 20 : 35
    const say = async (text: string): Promise<number> => {
      const began = performance.now()
      const body = { v: 1, texts: [{ language: 'en', text, role: 'original' }] }
      const said = { type: 'hotline.said', subject: entry.digest, data: {}, body }
      // Whoever speaks need not wait for the record's answer before the other side can read.
      const [shown] = await Promise.all([screen.shows(text), both.us.client.appendAct({ params, body: said })])
      return shown - began
    }
    await say('first')
    const runs = await repeat(times, (run) => repeat(count, (at) => say(`message ${run} ${at}`)))
    screen.close()
    for (const party of partyNames) await both[party].process.stop()
    const p = (share: number): number[] => runs.map((milliseconds) => quantile(milliseconds, share))
    return [
      rowOf('hotline: message to the other side’s screen, p50', 'ms', p(0.5), aim),
      rowOf('hotline: message to the other side’s screen, p95', 'ms', p(0.95), aim),
    ]
  },
}

/** What one screen shows of a call: texts, each with the moment at which it was there. */
async function openScreen(client: Client, channel: string, id: string) {
  const closing = new AbortController()
  const shown = new Map<string, number>()
  const waiting = new Map<string, (at: number) => void>()
  const opened = new Set<string>()

  async function look(): Promise<void> {
    const { acts } = await client.viewCall({ params: { channel, id } })
    for (const { body, type } of acts) {
      if (type !== 'hotline.said' || body === undefined || opened.has(body.digest)) continue
      const { plaintext } = await client.openBody({ params: { digest: body.digest } }).catch(() => ({ plaintext: {} }))
      for (const { text } of (plaintext as { texts?: readonly { text: string }[] }).texts ?? []) {
        opened.add(body.digest)
        const at = performance.now()
        shown.set(text, at)
        waiting.get(text)?.(at)
      }
    }
  }

  const events = await client.streamEvents({}, { signal: closing.signal })
  const follow = async (): Promise<void> => {
    for await (const event of events) {
      if (event.topic === 'hotline' || event.topic === 'entry') await look()
    }
  }
  const followed = follow().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })
  return {
    async shows(text: string): Promise<number> {
      const at = shown.get(text)
      if (at !== undefined) return at
      const { promise, resolve } = Promise.withResolvers<number>()
      waiting.set(text, resolve)
      return Promise.race([promise, followed.then(() => Promise.reject(new Error('the events ended')))])
    },
    close: () => closing.abort(),
  }
}
