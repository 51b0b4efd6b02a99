// A whole case through the real command line: two homes, two running nodes, a request and its answer, and the proofs of it.

import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundHomes } from './founded-homes.ts'
import type { FoundedHomes } from './founded-homes.ts'
import { parley, root, startParley, untilReady } from './run-parley.ts'
import type { StartedNode } from './run-parley.ts'

const pack = join(root, 'agreements', 'us-cn-2015')
const question = 'Who runs 198.51.100.7?'
const reply = '该服务器由一家托管商出租。'

let homes: FoundedHomes
let us: StartedNode
let cn: StartedNode
let request: string

beforeAll(async () => {
  homes = await foundHomes()
  ;[us, cn] = await Promise.all([startParley(homes.us), startParley(homes.cn)])
  await untilReady(us, cn)
})
afterAll(async () => {
  await Promise.all([us?.stop(), cn?.stop()])
  await homes?.remove()
})

/** Runs a command of one side with `--json` and hands back what it printed. */
async function json<Value>(home: string, ...args: string[]): Promise<Value> {
  const { code, err, out } = await parley([...args, '--home', home, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.trimEnd()).not.toContain('\n')
  return JSON.parse(out) as Value
}

const file = (name: string): string => join(homes.folder, name)
const trust = (): string[] => ['--genesis', homes.genesis, '--card', ...homes.cards]

interface Shown {
  readonly request: { readonly status: string }
  readonly acts: readonly { readonly type: string; readonly standing: { readonly level: string } }[]
  readonly bodies: Record<string, { texts?: { text: string }[] }>
}
const show = (home: string): Promise<Shown> => json<Shown>(home, 'request', 'show', request)

test('both adopt the pack, and one waits until it is in force', async () => {
  const first = await json<object>(homes.us, 'adopt', pack)
  expect(first).toEqual({
    channel: homes.channel,
    id: 'us-cn-2015',
    pack: expect.stringMatching(/^[0-9a-f]{64}$/),
    recorded: true,
    inForce: false,
  })
  const [second, third] = await Promise.all([
    json<object>(homes.cn, 'adopt', pack, '--wait'),
    json<object>(homes.us, 'adopt', pack, '--wait', '30'),
  ])
  expect(second).toMatchObject({ recorded: true, inForce: true })
  expect(third).toMatchObject({ recorded: false, inForce: true })
})

test('a request is opened, acknowledged and answered, and each side reads the other', async () => {
  const coded = ['--kind', 'subscriber-data', '--urgency', 'ordinary', '--offences', 'computer-fraud,phishing']
  const opened = await parley(
    [
      'request',
      'open',
      '--home',
      homes.us,
      '--json',
      ...coded,
      '--languages',
      'en',
      '--handling',
      'amber',
      '--file',
      '-',
    ],
    `${question}\n`,
  )
  expect(opened.err).toBe('')
  const { entry } = JSON.parse(opened.out) as { entry: { digest: string } }
  request = entry.digest
  await expect
    .poll(async () => (await parley(['request', 'show', request, '--home', homes.cn])).out, { timeout: 20_000 })
    .toContain(question)

  const beginning = request.slice(0, 12)
  await expect.poll(async () => (await show(homes.us)).acts[0]!.standing.level, { timeout: 20_000 }).toBe('delivered')
  await json(homes.us, 'request', 'chase', beginning)
  const chased = await parley(['request', 'show', request, '--home', homes.us])
  expect(chased.out).toMatch(
    /received by cn, not later than \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}Z, by its own cosignature/,
  )
  await json(homes.cn, 'request', 'acknowledge', beginning)
  const expected = ['--will', 'yes', '--form', 'information', '--expected', '2030-01-01']
  await json(homes.cn, 'request', 'triage', beginning, ...expected)
  const coded2 = ['--outcome', 'full', '--handling', 'amber', '--use', 'intelligence-only']
  await json(homes.cn, 'request', 'answer', beginning, ...coded2, '--text', reply, '--text-language', 'zh-Hans')
  await expect.poll(async () => (await show(homes.us)).request.status, { timeout: 20_000 }).toBe('answered')
  const { bodies } = await show(homes.us)
  expect(Object.values(bodies).flatMap(({ texts }) => texts?.map(({ text }) => text) ?? [])).toEqual([question, reply])
  expect(await json(homes.us, 'request', 'opened', beginning)).toMatchObject({ request, entries: [expect.any(String)] })
})

test('a rule that refuses ends in exit code 4, with its code', async () => {
  const { code, err, out } = await parley(['request', 'acknowledge', request, '--home', homes.us])
  expect({ code, out }).toEqual({ code: 4, out: '' })
  expect(err).toMatch(/^parley: act\.not-allowed \([a-z.-]+\): a rule refuses this; /)
})

test('both sides compute the same cut', async () => {
  await expect
    .poll(
      async () => {
        const cuts = await Promise.all([homes.us, homes.cn].map((home) => json<{ cutDigest: string }>(home, 'cut')))
        return cuts[0]?.cutDigest === cuts[1]?.cutDigest && JSON.stringify(cuts[0]) === JSON.stringify(cuts[1])
      },
      { timeout: 20_000 },
    )
    .toBe(true)
})

test('lists and entries have stable shapes', async () => {
  const { items } = await json<{ items: Record<string, unknown>[] }>(homes.us, 'request', 'list')
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    id: request,
    requesting: 'us',
    requested: 'cn',
    status: 'answered',
    kind: 'subscriber-data',
  })
  const logs = await json<{ items: { origin: string; size: number }[] }>(homes.us, 'log')
  expect(logs.items.map(({ origin }) => origin).sort()).toEqual([
    `cn.parley.example/c/${homes.channel}`,
    'cn.parley.example/governance',
    `us.parley.example/c/${homes.channel}`,
    'us.parley.example/governance',
  ])
  const log = await json<{ items: { type: string }[] }>(homes.us, 'log', `us.parley.example/c/${homes.channel}`)
  expect(log.items.slice(0, 2).map(({ type }) => type)).toEqual(['agreement.adopted', 'request.opened'])
  const entry = await json(homes.us, 'show', request)
  expect(entry).toMatchObject({ position: 1, digest: request, verdict: 'valid', entry: { type: 'request.opened' } })
  expect(await json(homes.us, 'show', `us.parley.example/c/${homes.channel}:1`)).toMatchObject({ digest: request })
})

test('an entry is proven offline, and no other entry is', async () => {
  await json(homes.cn, 'prove', `us.parley.example/c/${homes.channel}`, '1', '--out', file('proof'))
  const verified = await parley(['verify', file('proof'), ...trust(), '--json'])
  expect(verified).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(verified.out)).toMatchObject({
    verified: true,
    files: [{ kind: 'proof', facts: { digest: request, index: '1' }, counts: { inclusions: 1 } }],
  })
  const proof = await readFile(file('proof'), 'utf8')
  await writeFile(file('proof-moved'), proof.replace('index 1', 'index 0'))
  const moved = await parley(['verify', file('proof-moved'), ...trust()])
  expect(moved.code).toBe(1)
  expect(moved.err).toContain('proof.inclusion')
  expect((await parley(['verify', file('proof')])).code).toBe(2)
})

test('a signed checkpoint is verified with its cosignatures', async () => {
  const { items } = await json<{ items: { origin: string; head: { note: string } }[] }>(homes.us, 'log')
  const { head } = items.find(({ origin }) => origin === `us.parley.example/c/${homes.channel}`)!
  await writeFile(file('checkpoint'), head.note)
  const { code, out } = await parley(['verify', file('checkpoint'), ...trust(), '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ files: [{ kind: 'checkpoint', counts: { heads: 1 } }] })
})

test('a bundle proves the whole channel offline, to the states of the nodes', async () => {
  const before = await json<{ stateDigest: string; cutDigest: string }>(homes.us, 'cut')
  await json(homes.us, 'export', '--out', file('bundle'))
  const { code, err, out } = await parley(['verify', file('bundle'), ...trust(), '--pack', pack, '--json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(JSON.parse(out)).toMatchObject({
    verified: true,
    files: [
      {
        kind: 'bundle',
        facts: { cut: before.cutDigest, state: before.stateDigest },
        counts: { logs: 4, cards: 2, invalid: 0, unknown: 0, waiting: 0, bodies: 2, 'bodies-missing': 0 },
      },
    ],
  })
  const again = await parley(['import', file('bundle'), '--home', homes.cn, '--json'])
  expect(JSON.parse(again.out)).toMatchObject({ entries: 0, bodies: 0, refused: [] })
  // A person reads the same, in Chinese.
  const read = await parley(['verify', file('bundle'), '--language', 'zh-Hans'])
  expect(read.out).toContain('全部通过验证')
})

test('a bundle with one byte flipped does not verify, wherever the byte is', async () => {
  const bytes = await readFile(file('bundle'))
  const places = [20, 400, Math.floor(bytes.length / 2), bytes.length - 1]
  const ended = await Promise.all(
    places.map(async (place) => {
      const flipped = Uint8Array.from(bytes)
      flipped[place] = (flipped[place] ?? 0) ^ 1
      await writeFile(file(`flipped-${place}`), flipped)
      return parley(['verify', file(`flipped-${place}`), ...trust()])
    }),
  )
  for (const { code, err } of ended) {
    expect(code).toBe(1)
    expect(err).toMatch(/^parley: bundle\.[a-z]+: .*flipped-/)
  }
})

test('the genesis of another channel is told from the agreed one', async () => {
  await parley(['channel', 'new', ...homes.cards, '--agreement', 'us-cn-2015', '--out', file('other.genesis')])
  const { code, err } = await parley(['verify', file('bundle'), '--genesis', file('other.genesis')])
  expect(code).toBe(1)
  expect(err).toContain('verify.genesis')
})

test('every further act of both halves is a command', async () => {
  const coded = ['--kind', 'preservation', '--urgency', 'ordinary', '--offences', 'extortion', '--languages', 'en']
  const told = ['--handling', 'green', '--particular', 'facts=Logs of the host', '--text', 'Please preserve the logs.']
  const opened = await parley(['request', 'open', '--home', homes.us, ...coded, ...told])
  expect(opened.out).toContain('data sought, identifiers')
  const { items } = await json<{ items: { id: string; kind: string }[] }>(homes.us, 'request', 'list')
  const id = items.find(({ kind }) => kind === 'preservation')!.id
  let acts = 1
  const say = async (home: string, verb: string, ...options: string[]): Promise<string> => {
    const other = home === homes.us ? homes.cn : homes.us
    const { entry } = await json<{ entry: { digest: string } }>(home, 'request', verb, id, ...options)
    acts += 1
    const seen = async () => (await parley(['request', 'show', id, '--home', other, '--json'])).out
    await expect.poll(seen, { timeout: 20_000 }).toContain(entry.digest)
    return entry.digest
  }
  const shown = () => json<Shown>(homes.us, 'request', 'show', id)
  await expect
    .poll(async () => (await parley(['request', 'show', id, '--home', homes.cn])).code, { timeout: 20_000 })
    .toBe(0)
  await say(homes.cn, 'query', '--particulars', 'identifiers', '--text', 'Which host?')
  expect((await shown()).request.status).toBe('queried')
  await say(homes.us, 'supplement', '--particular', 'identifiers=198.51.100.7', '--text', 'This host.')
  await say(homes.cn, 'forward', '--authority', 'prosecution')
  await say(homes.cn, 'accept', '--extent', 'part', '--ground', 'disproportionate')
  await say(homes.cn, 'postpone', '--ground', 'own-investigation', '--until', '2030-01-01')
  const extension = await say(homes.cn, 'extend', '--until', '2030-02-01', '--reason', 'provider')
  await say(homes.us, 'agree', '--extension', extension)
  await say(homes.cn, 'preserve', '--until', '2030-03-01')
  await say(homes.us, 'renew', '--until', '2030-04-01')
  await say(homes.cn, 'preserve', '--until', '2030-04-01')
  await say(homes.us, 'convert', '--by', 'central-authority')
  await say(homes.cn, 'release', '--ground', 'period-ended')
  await say(homes.us, 'close', '--outcome', 'lapsed')
  expect(await shown()).toMatchObject({ request: { status: 'lapsed' }, acts: { length: acts } })
})

test('the link is tested step by step, and the store is checked while the node runs', async () => {
  const tested = await json<{ passed: boolean; steps: { outcome: string }[] }>(homes.us, 'peers', 'test', 'cn')
  expect(tested.passed).toBe(true)
  expect(tested.steps.every(({ outcome }) => outcome === 'passed')).toBe(true)
  const peers = await json<{ items: { party: string; state: string }[] }>(homes.us, 'peers')
  expect(peers.items).toMatchObject([{ party: 'cn', state: 'linked' }])
  expect(await json(homes.us, 'fsck')).toMatchObject({ sound: true, differenceCount: 0, logs: 4, forks: 0 })
})

test('a running node holds its home, and says so when it was started twice', async () => {
  const { code, err } = await parley(['start', '--home', homes.us])
  expect(code).toBe(5)
  expect(err).toContain('parley: home.running: ')
  const joined = await parley(['channel', 'join', homes.genesis, ...homes.cards, '--home', homes.us])
  expect(joined).toMatchObject({ code: 5, out: '' })
  expect(joined.err).toContain('parley: channel.exists: ')

  // Without its address nothing says that a node runs, and only the lock protects the home.
  const address = join(homes.us, 'node.address')
  const origin = await readFile(address, 'utf8')
  await rm(address)
  const imported = await parley(['import', file('bundle'), '--home', homes.us])
  await writeFile(address, origin)
  expect(imported).toMatchObject({ code: 5, out: '' })
  expect(imported.err).toContain('parley: home.running: ')
})

test('a node that ends takes its address away, and a second start keeps what was recorded', async () => {
  const before = await show(homes.us)
  expect(us.newToken).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(existsSync(join(homes.us, 'node.address'))).toBe(true)
  expect(await us.stop('SIGINT')).toBe(0)
  expect(existsSync(join(homes.us, 'node.address'))).toBe(false)
  const gone = await parley(['request', 'list', '--home', homes.us])
  expect(gone).toMatchObject({ code: 3, out: '' })
  expect(gone.err).toContain('client.unreachable')

  // While it does not run, its home is opened directly.
  const exported = await parley([
    'export',
    '--to',
    'cn',
    '--all',
    '--out',
    file('offline'),
    '--home',
    homes.us,
    '--json',
  ])
  expect(JSON.parse(exported.out)).toMatchObject({ purpose: 'transport', to: 'cn', all: true })
  expect((await parley(['import', file('offline'), '--home', homes.cn])).code).toBe(0)
  const refused = await parley(['import', file('offline'), '--home', homes.us])
  expect(refused.err).toContain('bundle.recipient')

  us = await startParley(homes.us)
  expect(us.newToken).toBeNull()
  expect((await show(homes.us)).acts.length).toBe(before.acts.length)
})

test('the case is printed with its proofs, and what is not there is not', async () => {
  const out = file('case.pdf')
  const printed = await json<{ bytes: number }>(
    homes.cn,
    'request',
    'file',
    request,
    '--in',
    'zh-Hans+en',
    '--out',
    out,
  )
  const pdf = await readFile(out)
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.length).toBe(printed.bytes)
  const { code } = await parley(['request', 'file', 'ab'.repeat(32), '--out', file('none.pdf'), '--home', homes.cn])
  expect(code).not.toBe(0)
  expect(existsSync(file('none.pdf'))).toBe(false)
})

test('a node that was killed leaves its address, and commands say that it does not answer', async () => {
  await us.stop('SIGKILL')
  expect(existsSync(join(homes.us, 'node.address'))).toBe(true)
  expect((await parley(['cut', '--home', homes.us])).code).toBe(3)
  expect((await parley(['fsck', '--home', homes.us])).code).toBe(0)
  us = await startParley(homes.us)
  expect((await parley(['cut', '--home', homes.us])).code).toBe(0)
})
