// `npm test`: the static checks, then the suites, then one line that sums them up. The suites run one after the other: those
// with real processes keep time, and want the machine for themselves. Names of suites as arguments run those instead:
// `npm test -- network`.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const chosen = process.argv.slice(2)
const suites = chosen.length > 0 ? chosen : ['unit', 'simulation', 'scripts', 'network', 'e2e']

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
const run = (command: string, ...args: string[]): number =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1

function runSuite(suite: string): Counts {
  const file = join(folder, `${suite}.json`)
  const report = `--outputFile.json=${file}`
  const status = run('vitest', 'run', '--project', suite, '--reporter=default', '--reporter=json', report)
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8')) as Report
    // A suite that broke outside its tests has failed all the same.
    const failed = status !== 0 && counts.numFailedTests === 0 ? 1 : counts.numFailedTests
    return { passed: counts.numPassedTests, failed, skipped: counts.numPendingTests + counts.numTodoTests }
  } catch {
    process.stdout.write(`The suite ${suite} ended without a report.\n`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

const checked: Counts =
  run('npm', 'run', '--silent', 'check') === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 }
const counts = [checked, ...suites.map(runSuite)]
rmSync(folder, { recursive: true })

const sum = (of: (counts: Counts) => number): number => counts.reduce((total, each) => total + of(each), 0)
const skipped = sum((each) => each.skipped)
const failed = sum((each) => each.failed)
process.stdout.write(
  `${sum((each) => each.passed)} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`,
)
process.exitCode = failed === 0 ? 0 : 1
