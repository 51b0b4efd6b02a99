#!/usr/bin/env node
// The command line of a node: `parley`. It reads the arguments, runs one command, and turns whatever went wrong into one
// line on standard error with a stable code, and into an exit code (docs/cli.md).

import { MechanismError, wordOf } from '@parley/mechanism'
import { CommanderError } from 'commander'
import { exitCodes, tell } from './exit-codes.ts'
import { createProgram, explainUsage } from './program.ts'
import { openTerminal } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { chooseLanguage } from './words/words.ts'

/** The language is needed before the arguments are read, to say what is wrong with them. */
function askedLanguage(args: readonly string[]): string | undefined {
  const at = args.findLastIndex((arg) => arg === '--language' || arg.startsWith('--language='))
  return args[at]?.split('=')[1] ?? args[at + 1]
}

function reasonWord(terminal: Terminal, reason: string): string {
  try {
    return wordOf(terminal.language, reason)
  } catch (error) {
    if (error instanceof MechanismError) return ''
    throw error
  }
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) {
    const refusal = explainUsage(error, terminal)
    if (refusal === undefined) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    terminal.warn(`parley: ${refusal.code}: ${refusal.message}`)
    return exitCodes.usage
  }
  const { code, detail, ending, reason } = tell(error)
  const codes = reason === undefined ? code : `${code} (${reason})`
  const word = reason === undefined ? '' : reasonWord(terminal, reason)
  const general = terminal.say(`ending.${ending}`)
  terminal.warn(`parley: ${codes}: ${[general, word, detail].filter((part) => part !== '').join('; ')}`)
  if (error instanceof MechanismError) {
    for (const { code: problem, file, line, message, pointer } of error.problems) {
      terminal.warn(`  ${file ?? ''}${line === undefined ? '' : `:${line}`} ${pointer ?? ''} ${problem}: ${message}`)
    }
  }
  if (code === 'internal' && error instanceof Error) terminal.warn(error.stack ?? error.message)
  return exitCodes[ending]
}

const args = process.argv.slice(2)
const terminal = openTerminal(chooseLanguage(askedLanguage(args), process.env))
// A reader that has seen enough closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.ok)
  throw error
})
try {
  await createProgram(terminal).parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = report(error, terminal)
}
