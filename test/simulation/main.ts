// Plays seeds from the command line: how many, from which one on, one alone with its whole trace, with a planted bug.
//
//   node test/simulation/main.ts --seeds 1000 --from 1 [--seed N --trace] [--bug NAME]

import { parseArgs } from 'node:util'
import { parseBug } from './bugs.ts'
import { simulate, type SimulationResult } from './simulate.ts'

const traceLinesMax = 400

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    bug: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})
const bug = values.bug === undefined ? undefined : parseBug(values.bug)
const first = Number(values.seed ?? values.from)
const count = values.seed === undefined ? Number(values.seeds) : 1

const began = performance.now()
const totals = new Map<string, number>()
let events = 0
let failed = 0
for (let seed = first; seed < first + count; seed++) {
  const result = await simulate({ seed, bug, ...(values.trace ? { listen: print } : {}) })
  events += result.eventCount
  for (const [what, times] of result.counts) totals.set(what, (totals.get(what) ?? 0) + times)
  if (result.failure !== undefined) {
    failed += 1
    await report(result)
    if (!values.keep) break
  }
  if ((seed - first + 1) % 100 === 0) print(`${seed - first + 1} seeds, ${Math.round(events / 1000)} thousand events`)
}
const seconds = (performance.now() - began) / 1000
const sums = [...totals].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([what, times]) => `${times} ${what}`)
print(`${count} seeds, ${events} events in ${seconds.toFixed(1)} s: ${sums.join(', ')}`)
if (failed > 0) process.exitCode = 1

/** Plays the seed again, which is the same, and shows what led to the failure. */
async function report({ failure, seed }: SimulationResult): Promise<void> {
  print(`seed ${seed}: ${failure}`)
  if (values.trace || values.keep) return
  const lines: string[] = []
  await simulate({ seed, bug, listen: (line) => lines.push(line) })
  for (const line of lines.slice(-traceLinesMax)) print(line)
  print(`seed ${seed}: ${failure}`)
}
