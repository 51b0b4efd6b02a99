// Durable receipts: how many entries a second one node makes durable and answers for, by the HTTP API, and how long one
// takes. The other party's node is down, so that nothing but this is measured.

import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { Benchmark, Bench } from './bench.ts'
import { startFloor } from './floor/start-floor.ts'
import { startLoad } from './load-process.ts'
import type { LoadProcess } from './load-process.ts'
import type { LoadKind, LoadTarget, Sent } from './load/calls.ts'
import { quantile, repeat, rowOf } from './measure.ts'
import type { Row } from './measure.ts'
import { createParties, startBoth } from './parties.ts'
import { processorSecondsOf, readProcess } from './process-figures.ts'

const levels = [1, 32, 256] as const
const kinds: Readonly<Record<LoadKind, string>> = {
  entries: 'prepared entries (appendEntry)',
  acts: 'acts sealed and approved by the node (appendAct)',
}
const bareBody = JSON.stringify({ entry: 'x'.repeat(1100), body: 'x'.repeat(1900) })

/** Requests at one level, enough for a second or two each time. */
function countOf(connections: number, quick: boolean): number {
  if (connections === 1) return quick ? 200 : 600
  return quick ? 2000 : 6000
}

export const receipts: Benchmark = {
  name: 'receipts',
  async run(bench) {
    const folder = join(bench.folder, 'receipts')
    await mkdir(folder)
    const load = startLoad()
    const rows: Row[] = []
    const floors = await measureFloor(bench, folder, load)
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    await both.cn.process.stop()
    const { process, token } = both.us
    const { channel } = parties
    const target = { origin: process.origin, token, channel, home: parties.home('us'), to: 'cn' }
    for (const kind of ['entries', 'acts'] as const) {
      for (const connections of levels) {
        rows.push(...(await measureLevel(bench, load, process.id, target, kind, connections, floors.get(connections)!)))
      }
    }
    const figures = await readProcess(process.id)
    if (figures !== undefined) {
      rows.push(rowOf('receipts: memory of the node, at most', 'MB', [figures.residentBytesMax / 1e6]))
    }
    await load.stop()
    await process.stop()
    return rows
  },
}

async function measureFloor(bench: Bench, folder: string, load: LoadProcess): Promise<Map<number, Sent[]>> {
  const floor = await startFloor(folder)
  const floors = new Map<number, Sent[]>()
  for (const connections of levels) {
    const order = { origin: floor.origin, connections, count: countOf(connections, bench.quick), body: bareBody }
    floors.set(connections, await repeat(bench.times, () => load.post(order)))
  }
  await floor.stop()
  return floors
}

async function measureLevel(
  bench: Bench,
  load: LoadProcess,
  id: number,
  target: LoadTarget,
  kind: LoadKind,
  connections: number,
  floor: readonly Sent[],
): Promise<Row[]> {
  const count = countOf(connections, bench.quick)
  // Once more than is counted: the first time warms up.
  await load.prepare({ target, kind, count: count * (bench.times + 1) })
  await load.send({ connections, count })
  const runs = await repeat(bench.times, () => processorSecondsOf(id, () => load.send({ connections, count })))
  const name = `${kinds[kind]}, ${connections} connection${connections === 1 ? '' : 's'}`
  const rate = ({ seconds }: Sent): number => count / seconds
  const p =
    (share: number) =>
    ({ milliseconds }: Sent): number =>
      quantile(milliseconds, share)
  const sent = runs.map(({ result }) => result)
  const bare = (figure: (sent: Sent) => number) => ({
    name: 'bare HTTP, verify, fdatasync',
    value: quantile(floor.map(figure), 0.5),
  })
  return [
    rowOf(`receipts: ${name}`, '/s', sent.map(rate), bare(rate)),
    rowOf(`receipts: ${name}, p50`, 'ms', sent.map(p(0.5)), bare(p(0.5))),
    rowOf(`receipts: ${name}, p99`, 'ms', sent.map(p(0.99)), bare(p(0.99))),
    rowOf(
      `receipts: ${name}, processor time of the node`,
      'µs each',
      runs.map(({ seconds }) => (seconds / count) * 1e6),
    ),
  ]
}
