// Growth: what a log of a thousand to a million entries costs. How long a start takes, what appending costs, how long lists
// take, how much memory it is. The other party's node is down.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startProcess } from '../../bin/start/node-process.ts'
import type { Bench, Benchmark } from './bench.ts'
import { startLoad } from './load-process.ts'
import type { LoadProcess } from './load-process.ts'
import { quantile, repeat, rowOf } from './measure.ts'
import type { Row } from './measure.ts'
import { createParties, openParty, startBoth } from './parties.ts'
import type { Parties } from './parties.ts'
import { processorSecondsOf, readProcess } from './process-figures.ts'

const connections = 32
const pageItems = 50

export const growth: Benchmark = {
  name: 'growth',
  async run(bench) {
    const folder = join(bench.folder, 'growth')
    await mkdir(folder)
    const load = startLoad()
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    await Promise.all(Object.values(both).map(({ process }) => process.stop()))
    const rows: Row[] = []
    for (const size of bench.quick ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000]) {
      await fill(parties, size)
      rows.push(...(await measureSize(bench, load, parties, size)))
    }
    await load.stop()
    return rows
  },
}

async function fill(parties: Parties, size: number): Promise<void> {
  const script = join(import.meta.dirname, 'growth', 'fill-store.ts')
  const child = spawn(process.execPath, [script, parties.home('us'), parties.channel, String(size)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number]
  if (code !== 0) throw new Error(`the store could not be filled (${code})`)
}

async function measureSize(bench: Bench, load: LoadProcess, parties: Parties, size: number): Promise<Row[]> {
  const home = parties.home('us')
  const script = join(import.meta.dirname, 'growth', 'run-alone.ts')
  const starts: number[] = []
  const startOnce = async () => {
    const began = performance.now()
    const started = await startProcess(home, undefined, script)
    starts.push((performance.now() - began) / 1000)
    return started
  }
  await repeat(bench.times - 1, async () => (await startOnce()).stop())
  const process = await startOnce()
  const { client, token } = await openParty(home, process)
  const { channel } = parties
  const target = { origin: process.origin, token, channel, home, to: 'cn' }

  const count = bench.quick ? 1000 : 2000
  await load.prepare({ target, kind: 'entries', count: count * (bench.times + 1) })
  await load.send({ connections, count })
  const appends = await repeat(bench.times, () =>
    processorSecondsOf(process.id, () => load.send({ connections, count })),
  )
  const { items } = await client.listLogs()
  const log = items.find((item) => item.own && item.channel === channel)!
  const requests = `/api/channels/${channel}/requests?limit=${pageItems}`
  const lists = {
    'requests, newest page': [requests],
    'requests, of one status': [`${requests}&status=withdrawn`],
    'entries, any page': Array.from({ length: 50 }, (_, i) => {
      const from = Math.floor((i * Math.max(0, log.size - pageItems)) / 50)
      return `/api/logs/${log.id}/entries?from=${from}&limit=${pageItems}`
    }),
  }
  const listed: Row[] = []
  for (const [name, paths] of Object.entries(lists)) {
    const read = await repeat(bench.times, () => load.read({ target, paths, connections: 1, count: 50 }))
    listed.push(
      rowOf(
        `growth: ${size} entries, list of ${name}, p95`,
        'ms',
        read.map(({ milliseconds }) => quantile(milliseconds, 0.95)),
      ),
    )
  }
  const figures = await readProcess(process.id)
  await process.stop()
  const stored = await stat(join(home, 'database.sqlite'))
  return [
    rowOf(`growth: ${size} entries, start`, 's', starts),
    rowOf(
      `growth: ${size} entries, append, ${connections} connections`,
      '/s',
      appends.map(({ result }) => count / result.seconds),
    ),
    rowOf(
      `growth: ${size} entries, append, processor time`,
      'µs each',
      appends.map(({ seconds }) => (seconds / count) * 1e6),
    ),
    ...listed,
    ...(figures === undefined
      ? []
      : [rowOf(`growth: ${size} entries, memory, at most`, 'MB', [figures.residentBytesMax / 1e6])]),
    rowOf(`growth: ${size} entries, database`, 'MB', [stored.size / 1e6]),
  ]
}
