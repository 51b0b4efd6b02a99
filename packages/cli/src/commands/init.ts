// `parley init`: makes a node's home, with its keys and the founding entry of its party.

import type { Command } from 'commander'
import { join } from 'node:path'
import { homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { writeNew } from '../files.ts'
import { cardFile } from '../home-files.ts'
import type { Terminal } from '../terminal.ts'

interface InitOptions extends CommonOptions {
  readonly party: string
  readonly prefix: string
  readonly address: string
  readonly listen?: string
  readonly port: string
  readonly database: string
}

const partyForm = /^[a-z][a-z0-9-]{0,15}$/

export function addInitCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('init')
    .description(say('command.init'))
    .requiredOption('--party <party>', say('option.party'))
    .requiredOption('--prefix <prefix>', say('option.prefix'))
    .requiredOption('--address <url>', say('option.address'))
    .option('--listen <host>', say('option.listen'))
    .option('--port <port>', say('option.port'), '0')
    .option('--database <url>', say('option.database'), 'sqlite')
    .action((_options, command: Command) => init(command.optsWithGlobals<InitOptions>(), terminal))
}

async function init(options: InitOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const home = homeOf(options, terminal)
  const { address, database, listen, party, prefix } = options
  const port = Number(options.port)
  // What is made here is pinned by others for good, so it is looked at before anything is written.
  const { isPrefix, openCard } = await import('@parley/record')
  if (!partyForm.test(party)) throw new CliError('usage.party', say('error.party', { value: party }))
  if (!isPrefix(prefix)) throw new CliError('usage.prefix', say('error.prefix', { value: prefix }))
  if (!/^https:\/\/[^/]+\/?$/.test(address))
    throw new CliError('usage.argument', say('error.address', { value: address }))
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CliError('usage.argument', say('error.number', { value: options.port }))
  }
  const settings = { party, prefix, address, port, database, ...(listen === undefined ? {} : { listen }) }
  const { foundNode } = await import('@parley/server')
  const { nodeOptions } = await import('../local-node.ts')
  const { nodeCrypto } = await import('@parley/record/node')
  const card = await foundNode(home, settings, nodeOptions(terminal))
  await writeNew(join(home, cardFile), card, terminal)
  const { founded } = await openCard(nodeCrypto, card)
  terminal.answer(options.json === true, { home, party, prefix, address, founded, card: join(home, cardFile) }, () => [
    say('init.done', { home }),
    say('init.card', { file: join(home, cardFile) }),
    say('init.founded', { digest: founded }),
  ])
}
