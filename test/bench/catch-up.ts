// Catching up: a node that was away pulls what the other one has recorded meanwhile, verifies every hash and every
// signature, and stores it with its states.

import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Benchmark } from './bench.ts'
import { startLoad } from './load-process.ts'
import { repeat, rowOf } from './measure.ts'
import { createParties, startBoth, startParty, until } from './parties.ts'
import type { Parties } from './parties.ts'
import { readProcess } from './process-figures.ts'

export const catchUp: Benchmark = {
  name: 'catch-up',
  async run({ folder: parent, limits, quick, times }) {
    const folder = join(parent, 'catch-up')
    await mkdir(folder)
    const count = quick ? 4000 : 20_000
    const load = startLoad()
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    await both.cn.process.stop()
    const kept = join(folder, 'cn-before')
    await cp(parties.home('cn'), kept, { recursive: true })
    const { client, process, token } = both.us
    const { channel } = parties
    const target = { origin: process.origin, token, channel, home: parties.home('us'), to: 'cn' }
    await load.prepare({ target, kind: 'entries', count })
    await load.send({ connections: 32, count })
    await load.stop()
    const { items } = await client.listLogs()
    const log = items.find((item) => item.own && item.channel === channel)!

    const runs = await repeat(times, async () => {
      await rm(parties.home('cn'), { recursive: true })
      await cp(kept, parties.home('cn'), { recursive: true })
      return pull(parties, process.id, log.id, log.size)
    })
    await process.stop()
    const each = (figure: number): number => (figure / count) * 1e6
    return [
      rowOf(
        'catch-up: every signature verified',
        'entries/s',
        runs.map(({ seconds }) => count / seconds),
        limits.verifyPool,
      ),
      rowOf(
        'catch-up: processor time of the one that pulls',
        'µs each',
        runs.map(({ cn }) => each(cn)),
      ),
      rowOf(
        'catch-up: processor time of the one that gives',
        'µs each',
        runs.map(({ us }) => each(us)),
      ),
      rowOf(
        'catch-up: memory of the one that pulls, at most',
        'MB',
        runs.map(({ residentBytesMax }) => residentBytesMax / 1e6),
      ),
    ]
  },
}

/** Starts the node that was away and waits until it holds all of the log; the time is from when it listens. */
async function pull(parties: Parties, giver: number, log: string, size: number) {
  const { client, process } = await startParty(parties, 'cn')
  const before = [
    (await readProcess(giver))?.processorSeconds ?? 0,
    (await readProcess(process.id))?.processorSeconds ?? 0,
  ]
  const began = performance.now()
  await until('caught up', async () => {
    const { items } = await client.listLogs()
    if (items.find(({ id }) => id === log)?.size !== size) throw new Error('not yet')
  })
  const seconds = (performance.now() - began) / 1000
  const figures = await readProcess(process.id)
  const us = ((await readProcess(giver))?.processorSeconds ?? 0) - before[0]!
  await process.stop()
  const cn = (figures?.processorSeconds ?? 0) - before[1]!
  return { seconds, us, cn, residentBytesMax: figures?.residentBytesMax ?? 0 }
}
