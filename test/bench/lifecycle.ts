// Whole cases between two nodes in processes of their own, on SQLite, sealed and approved: opened, acknowledged, answered,
// assessed and closed, five entries of which two carry a text. Each step waits until its desk's own node has the one before.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Benchmark } from './bench.ts'
import { startLoad } from './load-process.ts'
import { quantile, repeat, rowOf } from './measure.ts'
import type { Row } from './measure.ts'
import { createParties, partyNames, startBoth } from './parties.ts'
import type { PartyName, RunningParty } from './parties.ts'
import { readProcess } from './process-figures.ts'

const casesAtOnce = 32
const entriesPerCase = 5

export const lifecycle: Benchmark = {
  name: 'lifecycle',
  async run({ folder: parent, limits, quick, times }) {
    const folder = join(parent, 'lifecycle')
    await mkdir(folder)
    const load = startLoad()
    const parties = await createParties(folder)
    const both = await startBoth(parties)
    const targetOf = (party: PartyName, to: PartyName) => {
      const { process, token } = both[party]
      return { origin: process.origin, token, channel: parties.channel, home: parties.home(party), to }
    }
    const desks = { requesting: targetOf('us', 'cn'), requested: targetOf('cn', 'us') }
    const count = quick ? 300 : 1500
    const once = async (atOnce: number, cases: number) => {
      const before = await processorSeconds(both)
      const sent = await load.cases({ ...desks, atOnce, count: cases })
      const after = await processorSeconds(both)
      return { ...sent, us: (after.us - before.us) / cases, cn: (after.cn - before.cn) / cases }
    }
    await once(casesAtOnce, count)
    const runs = await repeat(times, () => once(casesAtOnce, count))
    const alone = await repeat(times, () => once(1, quick ? 30 : 100))
    await load.stop()
    for (const party of partyNames) await both[party].process.stop()
    // The side that receives an entry verifies one signature of it, and both sides do so on the same cores.
    const limit = {
      name: 'verify, thread pool, for the entries of a case',
      value: limits.verifyPool.value / entriesPerCase,
    }
    const name = `lifecycle: whole cases over two nodes, ${casesAtOnce} at a time`
    return [
      rowOf(
        name,
        '/s',
        runs.map(({ milliseconds, seconds }) => milliseconds.length / seconds),
        limit,
      ),
      ...partyNames.map((party): Row =>
        rowOf(
          `${name}, processor time of ${party}`,
          'ms each',
          runs.map((run) => run[party] * 1000),
        ),
      ),
      rowOf(
        'lifecycle: one case after the other, p50',
        'ms',
        alone.map(({ milliseconds }) => quantile(milliseconds, 0.5)),
      ),
      rowOf(
        'lifecycle: one case after the other, p99',
        'ms',
        alone.map(({ milliseconds }) => quantile(milliseconds, 0.99)),
      ),
    ]
  },
}

async function processorSeconds(both: Record<PartyName, RunningParty>): Promise<Record<PartyName, number>> {
  const read = async (party: PartyName): Promise<number> =>
    (await readProcess(both[party].process.id))?.processorSeconds ?? 0
  return { cn: await read('cn'), us: await read('us') }
}
