// `parley official new`: makes the key of an official. Administrators enrol its public half.

import type { Command } from 'commander'
import { createApprovalKey } from '../approval-key.ts'
import type { CommonOptions } from '../common-options.ts'
import type { Terminal } from '../terminal.ts'

export function addOfficialCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('official')
    .description(say('command.official'))
    .command('new')
    .description(say('command.official.new'))
    .argument('<file>', say('argument.key-file'))
    .action(async (file: string, _options, command: Command) => {
      const { json } = command.optsWithGlobals<CommonOptions>()
      const { official, publicKey } = await createApprovalKey(file, terminal)
      terminal.answer(json === true, { official, publicKey }, () => [say('official.made', { official }), publicKey])
    })
}
