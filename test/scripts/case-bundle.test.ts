// A case for a court through the real command line: two running nodes, a request, its answer and an item of evidence, then one
// file that is verified where there is no node, no home and no key.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient } from '@parley/api/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, root, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

const pack = join(root, 'agreements', 'us-cn-2015')
const question = 'Who runs 198.51.100.7?'
const reply = '该服务器由一家托管商出租。'

let homes: FoundedHomes
let nodes: StartedNode[] = []
let request: string
let answer: string
const file = (name: string): string => join(homes.folder, name)

beforeAll(async () => {
  homes = await foundHomes()
  nodes = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(...nodes)
  await json(homes.us, 'adopt', pack)
  await Promise.all([homes.us, homes.cn].map((home) => json(home, 'adopt', pack, '--wait', '30')))
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()))
  await homes?.remove()
})

interface Recorded {
  readonly entry: { readonly digest: string }
}

async function json<Value>(home: string, ...args: string[]): Promise<Value> {
  const { code, err, out } = await parley([...args, '--home', home, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Value
}

/** No home, no node: only the file and what was agreed. */
const verify = (name: string, ...more: string[]) => parley(['verify', file(name), '--genesis', homes.genesis, ...more])

test('a case with an answer and evidence', async () => {
  const coded = ['--kind', 'subscriber-data', '--urgency', 'ordinary', '--offences', 'phishing', '--languages', 'en']
  const opened = await json<Recorded>(homes.us, 'request', 'open', ...coded, '--handling', 'green', '--text', question)
  request = opened.entry.digest
  await expect
    .poll(async () => (await parley(['request', 'show', request, '--home', homes.cn])).out, { timeout: 20_000 })
    .toContain(question)
  await json(homes.cn, 'request', 'acknowledge', request)
  await json(
    homes.cn,
    'request',
    'triage',
    request,
    '--will',
    'yes',
    '--form',
    'information',
    '--expected',
    '2030-01-01',
  )
  const answered = ['--outcome', 'full', '--handling', 'amber', '--use', 'intelligence-only', '--text', reply]
  answer = (await json<Recorded>(homes.cn, 'request', 'answer', request, ...answered, '--text-language', 'zh-Hans'))
    .entry.digest
  await writeFile(file('logs.txt'), 'the log of a server\n')
  await json(homes.us, 'evidence', 'add', file('logs.txt'), '--request', request, '--handling', 'amber')
  await expect
    .poll(async () => (await parley(['request', 'show', request, '--home', homes.us])).out, { timeout: 20_000 })
    .toContain(reply)
  // The file has been received when the other side says so.
  await expect
    .poll(
      async () => {
        const items = await json<{ id: string }[]>(homes.us, 'evidence', 'list', '--request', request)
        const shown =
          items[0] === undefined
            ? ''
            : (await parley(['evidence', 'show', items[0].id, '--home', homes.us, '--json'])).out
        return shown.includes('evidence.received')
      },
      { timeout: 30_000 },
    )
    .toBe(true)
})

test('[CB5] [CD1] a case with one text disclosed says who said what, who approved it, and when it was received', async () => {
  const made = await json(homes.us, 'request', 'bundle', request, '--out', file('case.parley'), '--disclose', request)
  expect(made).toMatchObject({
    request,
    disclosed: [request],
    texts: 3,
    handling: 'green',
    evidence: [expect.any(String)],
  })
  const { code, err, out } = await verify('case.parley', '--pack', pack)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  for (const said of [
    question,
    'request opened',
    'approved by official',
    'state of the case, from what is in this file: answered',
  ]) {
    expect(out).toContain(said)
  }
  expect(out).not.toContain(reply)
  expect(out).toMatch(/received (between .* and|by) .*, by the receipt of cn\.parley\.example\/mirror/)
  expect(out).toMatch(/text not disclosed; it has the commitment [0-9a-f]{64}/)
  expect(out).toContain('Not proven: that no entry of the case was left out')
  const value = JSON.parse((await verify('case.parley', '--json')).out) as { files: [{ acts: { type: string }[] }] }
  const types = value.files[0].acts.map(({ type }) => type)
  for (const type of [
    'request.opened',
    'request.acknowledged',
    'request.triaged',
    'request.answered',
    'evidence.sealed',
    'evidence.received',
  ]) {
    expect(types).toContain(type)
  }
})

test('[CB4] in the other language, with every text disclosed', async () => {
  await json(homes.cn, 'request', 'bundle', request, '--out', file('whole.parley'), '--disclose-all')
  const { code, out } = await verify('whole.parley', '--language', 'zh-Hans')
  expect(code).toBe(0)
  for (const said of [question, reply, '案件证明包: 已验证', '已公开文本的处理标记: ', '以通行密钥批准'].slice(0, 4))
    expect(out).toContain(said)
})

test('[DC7] the case file of a case with evidence is printed in one language and in two', async () => {
  for (const languages of ['en', 'zh-Hans+en']) {
    const name = file(`${languages}.pdf`)
    await json(homes.us, 'request', 'file', request, '--out', name, '--in', languages)
    expect((await readFile(name)).subarray(0, 5).toString()).toBe('%PDF-')
  }
})

test('[CB2] one changed byte, wherever it is, ends in exit code and stable code', async () => {
  const bytes = await readFile(file('case.parley'))
  for (const at of [3, 40, 300, Math.floor(bytes.length / 2), bytes.length - 1]) {
    await writeFile(file('changed.parley'), bytes.with(at, bytes[at]! ^ 0x20))
    const { code, err, out } = await verify('changed.parley')
    expect(code).not.toBe(0)
    expect(err).toMatch(/^parley: (case\.(malformed|digest|limit)|verify\.unknown): /)
    expect(out).not.toContain(question)
  }
})

test('[CB9] another genesis refuses the file', async () => {
  const genesis = JSON.parse(await readFile(homes.genesis, 'utf8')) as object
  await writeFile(file('other.genesis'), JSON.stringify({ ...genesis, agreement: 'another' }))
  const { code, err } = await parley(['verify', file('case.parley'), '--genesis', file('other.genesis')])
  expect(code).not.toBe(0)
  expect(err).toContain('genesis.party')
})

test('[CD3] what is disclosed stands in the security log before the file leaves', async () => {
  const [origin, token] = await Promise.all(
    ['node.address', 'operator.token'].map(async (name) => (await readFile(join(homes.us, name), 'utf8')).trim()),
  )
  const client = createClient({ baseUrl: origin!, fetch, token: token! })
  const events = await client.listSecurityEvents({ query: {} })
  expect(JSON.parse(events.items.find(({ kind }) => kind === 'case.disclosed')?.detail ?? '{}')).toMatchObject({
    request,
    texts: [request],
  })
})

test('[CD2] a text that is none of the case is not disclosed', async () => {
  const { code, err } = await parley([
    'request',
    'bundle',
    request,
    '--out',
    file('no.parley'),
    '--disclose',
    'ab'.repeat(32),
    '--home',
    homes.us,
  ])
  expect(code).not.toBe(0)
  expect(err).toContain('entry.not-found')
  expect(answer).toMatch(/^[0-9a-f]{64}$/)
})
