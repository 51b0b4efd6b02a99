// A party whose other side does not answer after a start, through the real command line.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, root, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

const pack = join(root, 'agreements', 'us-cn-2015')

let homes: FoundedHomes
let us: StartedNode | undefined

beforeAll(async () => {
  homes = await foundHomes()
  const both = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(...both)
  for (const home of [homes.us, homes.cn]) await json(home, 'adopt', pack)
  await Promise.all([homes.us, homes.cn].map((home) => json(home, 'adopt', pack, '--wait', '30')))
  for (const node of both) await node.stop()
  us = await startParley(homes.us)
})
afterAll(async () => {
  await us?.stop()
  await homes?.remove()
})

async function json<Value>(home: string, ...args: string[]): Promise<Value> {
  const { code, err, out } = await parley([...args, '--home', home, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Value
}

const open = () =>
  parley([
    ...[
      'request',
      'open',
      '--home',
      homes.us,
      '--kind',
      'information',
      '--urgency',
      'ordinary',
      '--offences',
      'phishing',
    ],
    ...['--languages', 'en', '--handling', 'green', '--text', 'Who runs 198.51.100.7?'],
  ])

test('nothing is recorded while the other side is silent, and the links say what waits for it', async () => {
  expect(await open()).toMatchObject({ code: 5, err: expect.stringContaining('node.read-only') })
  const { out } = await parley(['peers', '--home', homes.us])
  expect(out).toContain('2 of our logs take nothing in until cn has said what it holds of them')
})

test('nobody goes on by mistake', async () => {
  expect((await parley(['peers', 'override', 'cn', '--home', homes.us])).code).toBe(2)
  expect((await parley(['peers', 'override', 'us', '--without-its-answer', '--home', homes.us])).code).toBe(2)
})

test('[OV3] a party that has nobody for it goes on, and says so wherever links are listed', async () => {
  const { code, out } = await parley(['peers', 'override', 'cn', '--without-its-answer', '--home', homes.us])
  expect(code).toBe(0)
  expect(out).toContain('GOING ON WITHOUT cn')
  expect(await open()).toMatchObject({ code: 0 })
  expect((await parley(['peers', '--home', homes.us, '--language', 'zh-Hans'])).out).toContain(
    '正在不等待 cn 而继续运行',
  )
  const { items } = await json<{ items: { override: { state: string; heardSince: boolean } }[] }>(homes.us, 'peers')
  expect(items[0]!.override).toMatchObject({ state: 'done', heardSince: false })
})

test('[OV7] when the other side is back it has everything, and the links say that it was heard', async () => {
  const cn = await startParley(homes.cn)
  try {
    await expect
      .poll(async () => (await parley(['request', 'list', '--home', homes.cn])).out, { timeout: 30_000 })
      .toContain('us → cn')
    await expect
      .poll(async () => (await parley(['peers', '--home', homes.us])).out, { timeout: 30_000 })
      .toContain('it has been heard from since')
  } finally {
    await cn.stop()
  }
})
