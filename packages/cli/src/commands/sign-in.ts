// `parley sign-in` and `parley sign-out`: a person's session of the command line, begun with a code that they drew in the
// console. The code is read from standard input: arguments are for everybody on the machine to see.

import { createClient } from '@parley/api/client'
import type { Command } from 'commander'
import { createInterface } from 'node:readline/promises'
import { clientAt } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { addressFile, readLineOf } from '../home-files.ts'
import { showMoment } from '../moment.ts'
import { namedSessionFile, ownSessionFile, readSession, removeSession, writeSession } from '../session-file.ts'
import type { Terminal } from '../terminal.ts'

export function addSignInCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('sign-in')
    .description(say('command.sign-in'))
    .action((_options, command: Command) => signIn(command.optsWithGlobals<CommonOptions>(), terminal))
  program
    .command('sign-out')
    .description(say('command.sign-out'))
    .action((_options, command: Command) => signOut(command.optsWithGlobals<CommonOptions>(), terminal))
}

async function signIn(options: CommonOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const origin = await originOf(options, terminal)
  const code = await readCode(terminal)
  if (!/^[A-Za-z0-9_-]{22}$/.test(code)) throw new CliError('usage.code', say('error.code'))
  // A sign-in without a cookie still says where it comes from, as every call without a credential must.
  const fetchFrom: typeof fetch = (address, init) =>
    fetch(address, { ...init, headers: { ...(init?.headers as Record<string, string>), origin } })
  const client = createClient({ baseUrl: origin, fetch: fetchFrom })
  const { session, token } = await client.signInOnCommandLine({ body: { code } })
  const file = namedSessionFile(options.session) ?? ownSessionFile()
  await writeSession(file, { origin, token })
  const { absoluteUntil, grants } = session
  terminal.answer(options.json === true, { file, origin, session }, () => [
    say('sign-in.done', { file, until: showMoment(absoluteUntil) }),
    say('sign-in.roles', { roles: grants.map(({ role }) => role).join(', ') }),
  ])
}

async function originOf({ home, url }: CommonOptions, { say }: Terminal): Promise<string> {
  const folder = home ?? process.env['PARLEY_HOME']
  const named = url ?? (folder === undefined ? undefined : await readLineOf(folder, addressFile))
  if (named === undefined || !URL.canParse(named)) throw new CliError('usage.url', say('error.no-url'))
  return new URL(named).origin
}

async function readCode({ say, warn }: Terminal): Promise<string> {
  if (process.stdin.isTTY) warn(say('sign-in.ask'))
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    lines.close()
    return line.trim()
  }
  return ''
}

/** Ends the session at the node, and forgets it here whatever the node says: it may have ended there already. */
async function signOut(options: CommonOptions, terminal: Terminal): Promise<void> {
  const file = namedSessionFile(options.session) ?? ownSessionFile()
  const kept = await readSession(file, terminal)
  if (kept === undefined) throw new CliError('usage.session', terminal.say('error.session', { file }))
  await removeSession(file)
  await clientAt(kept).signOut()
  terminal.answer(options.json === true, { file }, () => [terminal.say('sign-out.done')])
}
