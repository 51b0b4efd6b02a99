// `parley pack check`: compiles an agreement pack and says by which digest a party would adopt it.

import { compilePack, packDigest } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import type { Command } from 'commander'
import type { CommonOptions } from '../common-options.ts'
import { readPackFolder } from '../files.ts'
import type { Terminal } from '../terminal.ts'

export function addPackCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('pack')
    .description(say('command.pack'))
    .command('check')
    .description(say('command.pack.check'))
    .argument('<folder>', say('argument.pack'))
    .action((folder: string, _options, command: Command) =>
      check(folder, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

async function check(folder: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const pack = compilePack(await readPackFolder(folder, terminal))
  const digest = packDigest(pack, nodeCrypto)
  const { commitments, id, languages, parties, texts } = pack
  const counts = { parties: parties.length, texts: texts.length, commitments: commitments.length }
  terminal.answer(options.json === true, { id, digest, languages, ...counts }, () => [
    terminal.say('pack.sound', { id, ...counts }),
    terminal.say('pack.digest', { digest }),
  ])
}
