// The inbox of a node with very many requests: how long a page of the list takes, of a filter, and of a search in both
// languages, over HTTP, one caller after the other.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startProcess } from '../../bin/start/node-process.ts'
import type { Benchmark } from './bench.ts'
import { startLoad } from './load-process.ts'
import { quantile, repeat, rowOf } from './measure.ts'
import type { Limit, Row } from './measure.ts'
import { createParties, openParty, startBoth } from './parties.ts'

const listLimit: Limit = { name: 'aim for a list', value: 100 }
const searchLimit: Limit = { name: 'aim for a search', value: 200 }

export const inbox: Benchmark = {
  name: 'inbox',
  async run(bench) {
    const requests = bench.quick ? 10_000 : 100_000
    const folder = join(bench.folder, 'inbox')
    await mkdir(folder)
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    await Promise.all(Object.values(both).map(({ process }) => process.stop()))
    const home = parties.home('us')
    await run('inbox/fill-requests.ts', home, parties.channel, String(requests))
    const process = await startProcess(home, undefined, join(import.meta.dirname, 'growth', 'run-alone.ts'))
    const { client, token } = await openParty(home, process)
    const { channel } = parties
    const { next } = await client.listInbox({ query: { limit: 50 } })
    const load = startLoad()
    const target = { origin: process.origin, token, channel, home, to: 'cn' }
    const { next: nextFound } = await client.listInbox({ query: { limit: 50, q: 'server' } })
    const page = '/api/inbox?limit=50'
    const q = (text: string): string => `${page}&q=${encodeURIComponent(text)}`
    const asked: readonly (readonly [string, readonly string[], Limit])[] = [
      ['list, first page', [page], listLimit],
      ['list, second page', [`${page}&cursor=${next ?? ''}`], listLimit],
      ['filter: open', [`${page}&statuses=open`], listLimit],
      ['filter: outgoing, two statuses', [`${page}&direction=outgoing&statuses=open,withdrawn`], listLimit],
      [
        'filter: incoming, one kind, urgent',
        [`${page}&direction=incoming&kinds=mitigation&urgencies=urgent`],
        listLimit,
      ],
      ['filter: of a kind there is not', [`${page}&kinds=other`], listLimit],
      ['filter: mine', [`${page}&assigned=me`], listLimit],
      ['filter: mine and open', [`${page}&assigned=me&statuses=open`], listLimit],
      ['filter: nobody has it', [`${page}&assigned=nobody`], listLimit],
      ['filter: somebody has it who has none', [`${page}&assigned=none`], listLimit],
      ['filter: watched', [`${page}&watched=true`], listLimit],
      ['filter: watched and withdrawn', [`${page}&watched=true&statuses=withdrawn`], listLimit],
      ['filter: unread', [`${page}&unread=true`], listLimit],
      ['filter: unread, of which there are none', [`${page}&unread=true&kinds=other`], listLimit],
      ['filter: due within a day', [`${page}&due=24`], listLimit],
      ['search: a word of all requests', [q('server')], searchLimit],
      ['search: a word of all, second page', [`${q('server')}&cursor=${nextFound ?? ''}`], searchLimit],
      ['search: several words of all', [q('preserve access logs server')], searchLimit],
      ['search: a rare word', [q('needle')], searchLimit],
      ['search: Chinese of all', [q('服务器')], searchLimit],
      ['search: rare Chinese', [q('灯塔')], searchLimit],
      ['search: the beginning of a word of all', [q('pre')], searchLimit],
      ['search: nothing', [q('absent')], searchLimit],
      ['search: common, outgoing and open', [`${q('server')}&direction=outgoing&statuses=open`], searchLimit],
      ['search: common, mine', [`${q('server')}&assigned=me`], searchLimit],
      ['search: common, unread', [`${q('server')}&unread=true`], searchLimit],
      ['search: common, filtered to none', [`${q('server')}&kinds=other`], searchLimit],
    ]
    const rows: Row[] = []
    for (const [name, paths, limit] of asked) {
      const read = await repeat(bench.times, () =>
        load.read({ target, paths, connections: 1, count: bench.quick ? 10 : 40 }),
      )
      const figures = read.map(({ milliseconds }) => quantile(milliseconds, 0.95))
      rows.push(rowOf(`inbox: ${requests} requests, ${name}, p95`, 'ms', figures, limit))
    }
    await load.stop()
    await process.stop()
    return rows
  },
}

async function run(script: string, ...values: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...values], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) throw new Error(`${script} failed (${code})`)
}
