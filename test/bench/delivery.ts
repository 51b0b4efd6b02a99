// End to end between two nodes in processes of their own, over pinned TLS: from the request that hands in an entry to the
// other side's receipt for it. One at a time, as a person feels it; and many at a time, until the last one is delivered.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@parley/api/client'
import type { Bench, Benchmark } from './bench.ts'
import { startFloor } from './floor/start-floor.ts'
import { startLoad } from './load-process.ts'
import type { LoadProcess } from './load-process.ts'
import type { LoadTarget } from './load/calls.ts'
import { quantile, repeat, rowOf } from './measure.ts'
import type { Row } from './measure.ts'
import { createParties, partyNames, startBoth, until } from './parties.ts'
import type { PartyName, RunningParty } from './parties.ts'
import { readProcess } from './process-figures.ts'

const connections = 32

export const delivery: Benchmark = {
  name: 'delivery',
  async run(bench) {
    const folder = join(bench.folder, 'delivery')
    await mkdir(folder)
    const load = startLoad()
    const floorMilliseconds = await measureFloor(bench, folder, load)
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    const { client, process, token } = both.us
    const { channel } = parties
    const target = { origin: process.origin, token, channel, home: parties.home('us'), to: 'cn' }
    const rows = [
      ...(await measureOneByOne(bench, load, target, floorMilliseconds)),
      ...(await measureTogether(bench, load, target, both, client)),
    ]
    for (const party of partyNames) {
      const figures = await readProcess(both[party].process.id)
      if (figures !== undefined) {
        rows.push(rowOf(`delivery: memory of ${party}, at most`, 'MB', [figures.residentBytesMax / 1e6]))
      }
    }
    await load.stop()
    for (const party of partyNames) await both[party].process.stop()
    return rows
  },
}

/** A delivered entry is at the very least a durable receipt here and then one there. */
async function measureFloor({ quick, times }: Bench, folder: string, load: LoadProcess): Promise<number> {
  const floor = await startFloor(folder)
  const order = { origin: floor.origin, connections: 1, count: quick ? 200 : 600, body: 'x'.repeat(3000) }
  const sent = await repeat(times, () => load.post(order))
  await floor.stop()
  return (
    2 *
    quantile(
      sent.map(({ milliseconds }) => quantile(milliseconds, 0.5)),
      0.5,
    )
  )
}

async function measureOneByOne(
  { quick, times }: Bench,
  load: LoadProcess,
  target: LoadTarget,
  floorMilliseconds: number,
): Promise<Row[]> {
  const count = quick ? 100 : 300
  await load.prepare({ target, kind: 'entries', count: count * (times + 1) })
  await load.follow({ target, count })
  const followed = await repeat(times, () => load.follow({ target, count }))
  const p = (share: number): number[] => followed.map(({ milliseconds }) => quantile(milliseconds, share))
  const limit = { name: 'two bare receipts', value: floorMilliseconds }
  return [
    rowOf('delivery: request to delivered, one at a time, p50', 'ms', p(0.5), limit),
    rowOf('delivery: request to delivered, one at a time, p99', 'ms', p(0.99), limit),
  ]
}

async function measureTogether(
  { limits, quick, times }: Bench,
  load: LoadProcess,
  target: LoadTarget,
  both: Record<PartyName, RunningParty>,
  client: Client,
): Promise<Row[]> {
  const count = quick ? 2000 : 6000
  await load.prepare({ target, kind: 'entries', count: count * (times + 1) })
  const once = async () => {
    const before = await processorSeconds(both)
    const began = performance.now()
    await load.send({ connections, count })
    await untilDelivered(client, target.channel)
    const seconds = (performance.now() - began) / 1000
    const after = await processorSeconds(both)
    return { seconds, us: after.us - before.us, cn: after.cn - before.cn }
  }
  await once()
  const runs = await repeat(times, once)
  const name = `delivery: sustained, ${connections} connections`
  // Each side verifies each entry once.
  const limit = { name: 'verify, thread pool, by both sides', value: limits.verifyPool.value / 2 }
  return [
    rowOf(
      name,
      '/s',
      runs.map(({ seconds }) => count / seconds),
      limit,
    ),
    rowOf(
      `${name}, processor time of us`,
      'µs each',
      runs.map(({ us }) => (us / count) * 1e6),
    ),
    rowOf(
      `${name}, processor time of cn`,
      'µs each',
      runs.map(({ cn }) => (cn / count) * 1e6),
    ),
  ]
}

async function processorSeconds(both: Record<PartyName, RunningParty>): Promise<Record<PartyName, number>> {
  const read = async (party: PartyName): Promise<number> =>
    (await readProcess(both[party].process.id))?.processorSeconds ?? 0
  return { cn: await read('cn'), us: await read('us') }
}

/** Waits until the other side's newest mirror cosignature covers all of our log of the channel. */
async function untilDelivered(client: Client, channel: string): Promise<void> {
  const waitMilliseconds = 5
  await until(
    'delivered',
    async () => {
      const { items } = await client.listLogs()
      const log = items.find((item) => item.own && item.channel === channel)!
      const receipt = log.cosigners.find(({ party, role }) => party === 'cn' && role === 'mirror')
      if (receipt === undefined || receipt.size < log.size) throw new Error('not delivered yet')
    },
    waitMilliseconds,
  )
}
