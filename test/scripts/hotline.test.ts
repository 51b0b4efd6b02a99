// The hotline, the directory and the pings through the real command line, between two running nodes.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

let homes: FoundedHomes
let nodes: readonly StartedNode[] = []

beforeAll(async () => {
  homes = await foundHomes()
  nodes = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(...nodes)
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()))
  await homes?.remove()
})

async function json<Value>(home: string, ...args: string[]): Promise<Value> {
  const { code, err, out } = await parley([...args, '--home', home, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Value
}

interface Recorded {
  readonly entry: { readonly digest: string }
}
interface Call {
  readonly call: { readonly status: string; readonly rung: string }
  readonly bodies: Record<string, { texts?: { text: string }[] }>
}
const statusAt = async (home: string, id: string) => {
  const { items } = await json<{ items: { id: string; status: string }[] }>(home, 'hotline', 'list')
  return items.find((row) => row.id === id)?.status
}
const within = { timeout: 20_000 }

test('a call is raised, goes up a rung, is taken, spoken on both ways and stood down', async () => {
  const { entry } = await json<Recorded>(homes.us, 'hotline', 'raise', '--reason', 'request-overdue')
  const id = entry.digest
  await expect.poll(() => statusAt(homes.cn, id), within).toBe('ringing')
  await json(homes.us, 'hotline', 'unanswered', id, '--rung', 'duty-officer')
  await json(homes.us, 'hotline', 'escalate', id, '--rung', 'head-of-unit')
  await expect
    .poll(async () => (await json<Call>(homes.cn, 'hotline', 'show', id)).call, within)
    .toMatchObject({ status: 'ringing', rung: 'head-of-unit' })
  await json(homes.cn, 'hotline', 'take', id.slice(0, 12), '--position', 'head')
  await json(homes.cn, 'hotline', 'say', id, '--text', '请讲。', '--text-language', 'zh-Hans')
  await expect.poll(() => statusAt(homes.us, id), within).toBe('taken')
  await json(homes.us, 'hotline', 'say', id, '--text', 'The request of Monday has no answer.')
  await json(homes.us, 'hotline', 'stand-down', id, '--outcome', 'settled')
  await expect.poll(() => statusAt(homes.cn, id), within).toBe('stood-down')
  const { bodies } = await json<Call>(homes.cn, 'hotline', 'show', id)
  const texts = Object.values(bodies).flatMap((body) => body.texts?.map(({ text }) => text) ?? [])
  expect(texts.toSorted()).toEqual(['The request of Monday has no answer.', '请讲。'])
  const refused = await parley(['hotline', 'take', id, '--home', homes.cn])
  expect(refused.code).toBe(4)
  expect(refused.err).toContain('hotline.ended')
})

test('a contact point is designated with its hours and rota, and the other side sees who is on duty', async () => {
  const coded = ['--office', 'desk', '--kind', 'duty-desk', '--designations', 'contact-point', '--contact', '24-7']
  await json(homes.us, 'directory', 'designate', ...coded, '--time-zone', 'UTC', '--languages', 'en')
  const weekly = JSON.stringify({ position: 'duty-officer', days: [1, 2, 3, 4, 5, 6, 7], from: 0, until: 1440 })
  await json(homes.us, 'directory', 'rota', '--office', 'desk', '--weekly', weekly)
  const contacts = async () => (await json<{ contacts: object[] }>(homes.cn, 'directory', 'list')).contacts
  await expect
    .poll(contacts, within)
    .toEqual([
      expect.objectContaining({ party: 'us', contactPoint: 'desk', state: 'on-duty', position: 'duty-officer' }),
    ])
})

test('a ping is sent, answered by a person, and counted', async () => {
  const { entry } = await json<Recorded>(homes.us, 'ping', 'send')
  const figures = async (home: string) => (await json<{ figures: object[] }>(home, 'ping', 'list')).figures
  await expect.poll(() => figures(homes.cn), within).toEqual([{ to: 'cn', sent: 1, answered: 0 }])
  await json(homes.cn, 'ping', 'answer', entry.digest.slice(0, 10))
  await expect.poll(() => figures(homes.us), within).toEqual([{ to: 'cn', sent: 1, answered: 1 }])
})
