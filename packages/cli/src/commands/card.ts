// `parley card`: hands out the party's card, which the others need to pin it, and shows the digest to compare by voice.

import { openCard } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import type { Command } from 'commander'
import { join } from 'node:path'
import { homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { readBytes, standardStream, writeNew } from '../files.ts'
import { cardFile } from '../home-files.ts'
import type { Terminal } from '../terminal.ts'

interface CardOptions extends CommonOptions {
  readonly out?: string
}

export function addCardCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('card')
    .description(say('command.card'))
    .option('--out <file>', say('option.out'))
    .action((_options, command: Command) => card(command.optsWithGlobals<CardOptions>(), terminal))
}

async function card(options: CardOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const bytes = await readBytes(join(homeOf(options, terminal), cardFile), terminal)
  const { address, founded, party, prefix } = await openCard(nodeCrypto, bytes)
  if (options.out !== undefined) await writeNew(options.out, bytes, terminal)
  // Standard output is then the card itself and nothing else.
  if (options.out === standardStream) return
  const file = options.out ?? null
  terminal.answer(options.json === true, { party, prefix, address, founded, file }, () => [
    `${party}  ${prefix}  ${address}`,
    say('init.founded', { digest: founded }),
    ...(file === null ? [] : [say('written', { file })]),
  ])
}
