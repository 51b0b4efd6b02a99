// `parley fsck`: derives everything in a node's store again from its entries and says what differs. It changes nothing, and
// the node may be running; with `--repair`, which wants a node that stands still, it first has made anew what may be.

import { nodeCrypto } from '@parley/record/node'
import type { CheckStage } from '@parley/server'
import type { Command } from 'commander'
import { homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { exitCodes } from '../exit-codes.ts'
import { startProgress } from '../progress.ts'
import type { Progress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

export function addFsckCommand(program: Command, terminal: Terminal): void {
  program
    .command('fsck')
    .description(terminal.say('command.fsck'))
    .option('--repair', terminal.say('option.repair'))
    .action((_options, command: Command) => fsck(command.optsWithGlobals<FsckOptions>(), terminal))
}

interface FsckOptions extends CommonOptions {
  readonly repair?: true
}

async function fsck(options: FsckOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const home = homeOf(options, terminal)
  const { checkStore, openHome, repairStore } = await import('@parley/server')
  const opened = await openHome(home)
  if (options.repair === true) await repairStore(opened)
  const bars = createBars(terminal, options.json === true)
  const check = await checkStore(opened, { crypto: nodeCrypto, progress: bars.update }).finally(bars.stop)
  const { differenceCount, differences, ...counts } = check
  terminal.answer(options.json === true, { home, sound: differenceCount === 0, ...check }, () => [
    ...(options.repair === true ? [say('fsck.repaired')] : []),
    say('fsck.counts', counts),
    ...differences.map(({ expected, found, what, where }) =>
      say('fsck.difference', { what, where: JSON.stringify(where), expected, found }),
    ),
    differenceCount === 0 ? say('fsck.sound') : say('fsck.differs', { count: differenceCount }),
  ])
  if (differenceCount > 0) process.exitCode = exitCodes.failed
}

/** One bar for each stage, one after the other. */
function createBars({ say }: Terminal, isQuiet: boolean) {
  let bar: Progress | undefined
  let shown: CheckStage | undefined
  return {
    update(stage: CheckStage, done: number, total: number): void {
      if (stage !== shown) {
        bar?.stop()
        bar = startProgress(say(`stage.${stage}`), isQuiet)
        shown = stage
      }
      bar?.update(done, total)
    },
    stop: (): void => bar?.stop(),
  }
}
