// The options that every command takes, and what follows from them: which home, which node, which channel.

import { ApiProblem, createClient } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import type { Command } from 'commander'
import { resolve } from 'node:path'
import { CliError } from './error.ts'
import { addressFile, readLineOf, tokenFile } from './home-files.ts'
import { namedSessionFile, ownSessionFile, readSession } from './session-file.ts'
import type { KeptSession } from './session-file.ts'
import type { Terminal } from './terminal.ts'
import { languages } from './words/words.ts'

export interface CommonOptions {
  readonly home?: string
  readonly url?: string
  readonly session?: string
  readonly json?: true
  readonly language?: string
}

const probeMilliseconds = 3000

/** Adds the options to the program; they are taken before and after the name of a command. */
export function addCommonOptions(program: Command, { say }: Terminal): void {
  program
    .option('--home <folder>', say('option.home'))
    .option('--url <origin>', say('option.url'))
    .option('--session <file>', say('option.session'))
    .option('--json', say('option.json'))
    .addOption(program.createOption('--language <language>', say('option.language')).choices([...languages]))
}

/** The folder of the node, from the option or the environment. @throws CliError `usage.home` */
export function homeOf({ home }: CommonOptions, { say }: Terminal): string {
  const named = home ?? process.env['PARLEY_HOME']
  if (named === undefined || named === '') throw new CliError('usage.home', say('error.no-home'))
  return resolve(named)
}

/**
 * A client of the node that is named, or that runs in the home: as the person whose session is named, else as the machine
 * whose home or token is, else as the person who signed in last.
 *
 * @throws CliError `usage.home`, `usage.session`, `client.unreachable`
 */
export async function connect(options: CommonOptions, terminal: Terminal): Promise<Client> {
  const kept = await openSession(options, terminal)
  if (kept !== undefined) return clientAt(kept)
  const { url } = options
  const token = process.env['PARLEY_TOKEN']
  if (url !== undefined && token !== undefined) return clientAt({ origin: url, token })
  const home = homeOf(options, terminal)
  const origin = url ?? (await readLineOf(home, addressFile))
  if (origin === undefined) throw new CliError('client.unreachable', terminal.say('error.not-running', { home }))
  return clientAt({ origin, token: token ?? (await readLineOf(home, tokenFile)) })
}

/**
 * The session of the person that the command is for; undefined when it is for the machine.
 *
 * @throws CliError `usage.session` also when the session is of another node than the one that is named
 */
export async function openSession(options: CommonOptions, terminal: Terminal): Promise<KeptSession | undefined> {
  const named = namedSessionFile(options.session)
  const machine = options.home ?? process.env['PARLEY_HOME'] ?? process.env['PARLEY_TOKEN']
  if (named === undefined && machine !== undefined) return undefined
  const file = named ?? ownSessionFile()
  const kept = await readSession(file, terminal)
  if (kept === undefined) {
    if (named === undefined) return undefined
    throw new CliError('usage.session', terminal.say('error.session', { file }))
  }
  // The token of one node is nothing for another to see.
  if (options.url !== undefined && new URL(options.url).origin !== kept.origin) {
    throw new CliError('usage.session', terminal.say('error.session-origin', { origin: kept.origin }))
  }
  return kept
}

export function clientAt({ origin, token }: { readonly origin: string; readonly token: string | undefined }): Client {
  return createClient({ baseUrl: origin.replace(/\/+$/, ''), fetch, ...(token === undefined ? {} : { token }) })
}

/** A client when a node answers, and undefined when none runs: then its home may be opened directly. */
export async function connectIfRunning(options: CommonOptions, terminal: Terminal): Promise<Client | undefined> {
  if (options.url !== undefined || (await openSession(options, terminal)) !== undefined)
    return connect(options, terminal)
  if ((await readLineOf(homeOf(options, terminal), addressFile)) === undefined) return undefined
  const client = await connect(options, terminal)
  try {
    await client.viewHealth({}, { signal: AbortSignal.timeout(probeMilliseconds) })
    return client
  } catch (error) {
    // The file may be left of a node that was killed. If it does run after all, the lock of the home refuses.
    if (error instanceof ApiProblem && error.code === 'client.unreachable') return undefined
    throw error
  }
}

/** The channel that is named, or the node's only one. @throws CliError `usage.channel` */
export async function chooseChannel(client: Client, named: string | undefined, { say }: Terminal): Promise<string> {
  const { items } = await client.listChannels()
  const ids = items.map(({ id }) => id)
  const fitting = named === undefined ? ids : ids.filter((id) => id.startsWith(named))
  if (fitting.length === 1) return fitting[0]!
  if (ids.length === 0) throw new CliError('usage.channel', say('error.no-channel'))
  throw new CliError('usage.channel', say('error.which-channel', { channels: ids.join(', ') }))
}

export interface ChannelOptions extends CommonOptions {
  readonly channel?: string
}

/** A client of the node, and the channel that is named or its only one. @throws as `connect` and `chooseChannel` do */
export async function openChannel(
  options: ChannelOptions,
  terminal: Terminal,
): Promise<{ readonly client: Client; readonly channel: string }> {
  const client = await connect(options, terminal)
  return { client, channel: await chooseChannel(client, options.channel, terminal) }
}
