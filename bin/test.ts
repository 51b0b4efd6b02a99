// `npm test`: the static checks, then every test, then one line that sums them up.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'parley-test-'))
const report = join(folder, 'report.json')
const run = (command: string, ...args: string[]): number =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1

const checks = run('npm', 'run', '--silent', 'check')
const tests = run('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`)

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly success: boolean
}
let counts: Report | undefined
try {
  counts = JSON.parse(readFileSync(report, 'utf8')) as Report
} catch {
  process.stdout.write('The tests ended without a report.\n')
}
rmSync(folder, { recursive: true })

// Each check and each suite that broke before its tests counts as one failure.
const broken = checks === 0 ? 0 : 1
const passed = (counts?.numPassedTests ?? 0) + (1 - broken)
const unreported = tests !== 0 && (counts === undefined || counts.numFailedTests === 0) ? 1 : 0
const failed = (counts?.numFailedTests ?? 0) + broken + unreported
const skipped = (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0)
process.stdout.write(`${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`)
process.exitCode = failed === 0 ? 0 : 1
