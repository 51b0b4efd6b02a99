// `parley start`: runs the node of a home in the foreground, until it is told to end.

import type { Command } from 'commander'
import { createWriteStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { consoleAddress } from '../console-address.ts'
import { CliError } from '../error.ts'
import { exitCodes } from '../exit-codes.ts'
import { logFile, removeAddress, writeAddress } from '../home-files.ts'
import { plainJson } from '../plain.ts'
import type { Terminal } from '../terminal.ts'

interface StartCommandOptions extends CommonOptions {
  readonly console?: string
  readonly logLevel?: 'info' | 'warn' | 'error' | 'silent'
}

/** The console of a checkout, once it is built. */
const builtConsole = join(import.meta.dirname, '..', '..', '..', 'console', 'dist')

export function addStartCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('start')
    .description(say('command.start'))
    .option('--console <folder>', say('option.console'))
    .addOption(
      program.createOption('--log-level <level>', say('option.log-level')).choices(['info', 'warn', 'error', 'silent']),
    )
    .action((_options, command: Command) => start(command.optsWithGlobals<StartCommandOptions>(), terminal))
}

async function start(options: StartCommandOptions, terminal: Terminal): Promise<void> {
  const home = homeOf(options, terminal)
  const { openHome, startNode } = await import('@parley/server')
  // Said before a log is begun in a folder that holds no node.
  await openHome(home)
  const folder = options.console ?? (existsSync(builtConsole) ? builtConsole : undefined)
  const log = createWriteStream(join(home, logFile), { flags: 'a', mode: 0o600 })
  const running = await startNode(home, {
    writeLog: (line) => log.write(line),
    ...(folder === undefined ? {} : { console: folder }),
    ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
    fatal(error) {
      terminal.warn(`parley: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      process.exit(exitCodes.failed)
    },
  }).catch((cause: unknown) => {
    log.end()
    const { code } = cause as { code?: unknown }
    if (code !== 'lock.held' && code !== 'db.locked') throw cause
    throw new CliError('home.running', terminal.say('error.running', { home }), { cause })
  })
  await writeAddress(home, running.origin)
  const { newToken = null, origin } = running
  if (options.json === true) process.stdout.write(`${plainJson({ origin, newToken })}\n`)
  else {
    terminal.print(
      terminal.say('start.console', { address: consoleAddress(origin, newToken === null ? {} : { token: newToken }) }),
    )
    if (newToken !== null) terminal.print(terminal.say('start.token', { token: newToken }))
    terminal.print(terminal.say('start.end'))
  }
  await untilTold()
  await removeAddress(home)
  await running.close()
  await new Promise((resolve) => log.end(resolve))
  // Connections of others may still be ending; nothing of ours is open.
  process.exit(exitCodes.ok)
}

function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
