// `npm run bench`: figures of this system beside what this machine can do at all, measured in the same run. It asserts
// nothing: a figure is compared with the one of another run on the same machine, by a person.
//
//   node test/bench/main.ts [--quick] [--json] [--only NAME]… [--evidence-mb N]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Benchmark } from './bench.ts'
import { catchUp } from './catch-up.ts'
import { delivery } from './delivery.ts'
import { evidence } from './evidence.ts'
import { growth } from './growth.ts'
import { hotline } from './hotline.ts'
import { inbox } from './inbox.ts'
import { lifecycle } from './lifecycle.ts'
import { measureLimits } from './limits.ts'
import { viewMachine } from './machine.ts'
import type { Row } from './measure.ts'
import { receipts } from './receipts.ts'
import { formatTable } from './table.ts'
import { texts } from './texts.ts'
import { verification } from './verification.ts'

const benchmarks: readonly Benchmark[] = [
  receipts,
  delivery,
  lifecycle,
  catchUp,
  verification,
  growth,
  inbox,
  hotline,
  evidence,
  texts,
]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    'evidence-mb': { type: 'string' },
  },
})
const only = values.only ?? benchmarks.map(({ name }) => name)
const unknown = only.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name))
if (unknown.length > 0) {
  throw new Error(
    `there is no benchmark ${unknown.join(', ')}; there are ${benchmarks.map(({ name }) => name).join(', ')}`,
  )
}

const { json, quick } = values
/** Of the file that is sealed; 10 GB is the longest there may be. */
const evidenceBytes = Number(values['evidence-mb'] ?? (quick ? 1000 : 4000)) * 1e6
const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`)
const machine = viewMachine()
const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'))
const all: Row[] = []
try {
  say(
    Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  )
  const limits = await measureLimits(folder, quick)
  const show = (rows: readonly Row[]): void => {
    all.push(...rows)
    if (!json) say(formatTable(rows))
  }
  show(limits.rows)
  for (const benchmark of benchmarks) {
    if (!only.includes(benchmark.name)) continue
    show(await benchmark.run({ folder, quick, times: quick ? 3 : 5, limits, evidenceBytes }))
  }
  if (json) process.stdout.write(`${JSON.stringify({ machine, quick, rows: all }, null, 2)}\n`)
} finally {
  await rm(folder, { recursive: true })
}
