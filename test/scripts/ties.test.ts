// What the command line says of a request beyond its acts: who asks the same, what is linked, what is missing by the
// agreement's own guidelines, what may not travel, and under what limits a text was given.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, root, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

let homes: FoundedHomes
let us: StartedNode
let cn: StartedNode

beforeAll(async () => {
  homes = await foundHomes()
  ;[us, cn] = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(us, cn)
  const pack = join(root, 'agreements', 'us-cn-2015')
  await Promise.all([homes.us, homes.cn].map((home) => parley(['adopt', pack, '--wait', '--home', home])))
})
afterAll(async () => {
  await Promise.all([us?.stop(), cn?.stop()])
  await homes?.remove()
})

const coded = ['--kind', 'information', '--urgency', 'ordinary', '--offences', 'phishing', '--languages', 'en']

async function open(home: string, text: string, ...more: string[]): Promise<string> {
  const { code, err, out } = await parley([
    ...['request', 'open', '--home', home, '--json', ...coded, '--handling', 'amber', '--text', text],
    ...more,
  ])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return (JSON.parse(out) as { entry: { digest: string } }).entry.digest
}

const show = async (home: string, id: string, ...more: string[]) =>
  (await parley(['request', 'show', id, '--home', home, ...more])).out
const shows = (home: string, id: string, text: string) =>
  expect.poll(() => show(home, id), { timeout: 20_000 }).toContain(text)

test('a marking above the ceiling is refused by its code, and nothing is recorded', async () => {
  const { code, err } = await parley([
    ...['request', 'open', '--home', homes.us, ...coded, '--handling', 'red', '--text', 'Who?'],
  ])
  expect(code).toBe(4)
  expect(err).toContain('handling.above-ceiling')
  const list = await parley(['request', 'list', '--home', homes.us, '--json'])
  expect((JSON.parse(list.out) as { items: unknown[] }).items).toEqual([])
})

test('the same matter, the links, what is missing and the limits are shown on both sides', async () => {
  const first = await open(homes.us, 'Who runs it?', '--particular', 'identifiers=pay.bank.example')
  await shows(homes.cn, first, 'Who runs it?')
  const opened = await parley([
    ...['request', 'open', '--home', homes.cn, ...coded, '--handling', 'amber', '--text', 'Who else?'],
    ...['--relation', 'follow-up', '--earlier', first, '--norms', 'h'],
    ...['--particular', 'identifiers=hxxp://PAY.bank[.]example/login'],
  ])
  expect(opened.out).toContain(`also asked: ${first.slice(0, 16)}`)
  // What the pack asks of a request for information, and not what the templates would.
  expect(opened.out).toContain('for it does not give:')
  expect(opened.out).not.toContain('result sought')
  const inFirst = await show(homes.cn, first)
  expect(inFirst).toContain('is followed up by:  ')
  const second = /also asked: ([0-9a-f]{16})/.exec(inFirst)![1]!
  await shows(homes.us, second, `follows up:  ${first.slice(0, 16)}`)
  await shows(homes.us, second, 'norm: ')
  const triage = ['--will', 'yes', '--form', 'information', '--expected', '2030-01-01', '--text', 'We shall look.']
  await parley(['request', 'triage', second, '--home', homes.us, ...triage])
  await shows(homes.cn, second, 'whether an answer will come:')
  await shows(homes.cn, second, 'intelligence only, not evidence')
  expect(await show(homes.cn, second, '--language', 'zh-Hans')).toContain('是否会有答复：')
  const { out } = await parley(['request', 'list', '--home', homes.us])
  expect(out.match(/\(also asked: 1\)/g)).toHaveLength(2)
})
