// `parley simulate`: plays whole histories of faults in a checkout, each the same for the same seed.

import type { Command } from 'commander'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'

interface SimulateOptions extends CommonOptions {
  readonly seeds?: string
  readonly seed?: string
  readonly from?: string
  readonly trace?: true
}

const script = join(import.meta.dirname, '..', '..', '..', '..', 'test', 'simulation', 'main.ts')

export function addSimulateCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('simulate')
    .description(say('command.simulate'))
    .option('--seeds <count>', say('option.seeds'))
    .option('--seed <number>', say('option.seed'))
    .option('--from <number>', say('option.from-seed'))
    .option('--trace', say('option.trace'))
    .action((_options, command: Command) => simulate(command.optsWithGlobals<SimulateOptions>(), terminal))
}

async function simulate({ from, seed, seeds, trace }: SimulateOptions, { say }: Terminal): Promise<void> {
  if (!existsSync(script)) throw new CliError('simulation.absent', say('error.simulation'))
  for (const value of [from, seed, seeds]) {
    if (value !== undefined && !/^[1-9][0-9]{0,9}$/.test(value)) {
      throw new CliError('usage.argument', say('error.number', { value }))
    }
  }
  const named = Object.entries({ seeds, seed, from }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  )
  const child = spawn(process.execPath, [script, ...named, ...(trace === true ? ['--trace'] : [])], {
    stdio: 'inherit',
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', reject)
  })
  if (code !== 0) process.exitCode = exitCodes.failed
}
