// Verifying a bundle offline, as `parley verify` does: its structure alone (every digest, the trees, the signed heads), and
// with every approval and every verdict. In this process, on all its cores.

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openCard, parseBundle } from '@parley/record'
import type { GovernanceState } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { buildLogs } from '../../packages/cli/src/verify/bundle-logs.ts'
import { verifyBundleFile } from '../../packages/cli/src/verify/verify-bundle.ts'
import type { Benchmark } from './bench.ts'
import { startLoad } from './load-process.ts'
import { rateOf, repeat, rowOf, secondsOf } from './measure.ts'
import { createParties, startBoth } from './parties.ts'

const sliceMilliseconds = 300

export const verification: Benchmark = {
  name: 'verification',
  async run(bench) {
    const count = bench.quick ? 4000 : 16_000
    const bytes = await exportFilled(join(bench.folder, 'verification'), count)
    const trust = { keys: [], cards: [] }
    const structure = await repeat(bench.times, () => costOf(() => verifyStructure(bytes)))
    const signatures = await repeat(bench.times, () =>
      costOf(async () => {
        const { counts, failures } = await verifyBundleFile(bytes, { crypto: nodeCrypto, trust })
        if (failures.length > 0 || counts['approvals']! < count) throw new Error('the bundle did not verify')
      }),
    )
    const rate = ({ seconds }: Cost): number => count / seconds
    const each = ({ processorSeconds }: Cost): number => (processorSeconds / count) * 1e6
    const blob = bytes.subarray(0, Math.floor(bytes.length / count))
    const hashed = { name: 'SHA-256 of its bytes', value: rateOf(sliceMilliseconds, () => nodeCrypto.sha256(blob)) }
    return [
      rowOf('verification: bundle, structure only, one core', 'entries/s', structure.map(rate), hashed),
      rowOf('verification: bundle, structure only, processor time', 'µs each', structure.map(each)),
      rowOf(
        'verification: bundle, every approval and verdict',
        'entries/s',
        signatures.map(rate),
        bench.limits.verifyPool,
      ),
      rowOf('verification: bundle, every approval, processor time', 'µs each', signatures.map(each), {
        name: 'one verification',
        value: 1e6 / bench.limits.verifyOneThread.value,
      }),
    ]
  },
}

interface Cost {
  readonly seconds: number
  /** Of all threads of this process. */
  readonly processorSeconds: number
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const before = process.cpuUsage()
  const seconds = await secondsOf(work)
  const { system, user } = process.cpuUsage(before)
  return { seconds, processorSeconds: (system + user) / 1e6 }
}

/** A bundle of a channel in which one party has recorded so many entries. */
async function exportFilled(folder: string, count: number): Promise<Uint8Array> {
  await mkdir(folder)
  const load = startLoad()
  const parties = await createParties(folder)
  const both = await startBoth(parties)
  await both.cn.process.stop()
  const { client, process: node, token } = both.us
  const { channel } = parties
  const target = { origin: node.origin, token, channel, home: parties.home('us'), to: 'cn' }
  await load.prepare({ target, kind: 'entries', count })
  await load.send({ connections: 32, count })
  await load.stop()
  const bytes = await client.exportBundle({ body: { channel, purpose: 'evidence' } })
  await node.stop()
  return bytes
}

async function verifyStructure(bytes: Uint8Array): Promise<void> {
  const bundle = parseBundle(nodeCrypto, bytes)
  const founded = new Map<string, GovernanceState>()
  for (const card of bundle.cards) {
    const { governance, party } = await openCard(nodeCrypto, card)
    founded.set(party, governance)
  }
  const { failures } = await buildLogs(nodeCrypto, bundle, founded, () => undefined)
  if (failures.length > 0) throw new Error('the bundle did not verify')
}
