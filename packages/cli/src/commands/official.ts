// `parley official new` and `enrol`: makes the key of an official, and asks that it be enrolled. Who asks proves that they hold
// it; an administrator decides, and only then is it in the governance log.

import { personRoles } from '@parley/api'
import type { PersonRole } from '@parley/api'
import type { Command } from 'commander'
import { createApprovalKey, readApprovalKey } from '../approval-key.ts'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import type { Terminal } from '../terminal.ts'

interface EnrolOptions extends CommonOptions {
  readonly role: readonly PersonRole[]
}

export function addOfficialCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const official = program.command('official').description(say('command.official'))
  official
    .command('new')
    .description(say('command.official.new'))
    .argument('<file>', say('argument.key-file'))
    .action(async (file: string, _options, command: Command) => {
      const { json } = command.optsWithGlobals<CommonOptions>()
      const { official: id, publicKey } = await createApprovalKey(file, terminal)
      terminal.answer(json === true, { official: id, publicKey }, () => [
        say('official.made', { official: id }),
        publicKey,
      ])
    })
  official
    .command('enrol')
    .description(say('command.official.enrol'))
    .argument('<file>', say('argument.own-key-file'))
    .addOption(
      program
        .createOption('--role <role...>', say('option.official-role'))
        .choices([...personRoles])
        .makeOptionMandatory(),
    )
    .action(async (file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<EnrolOptions>()
      const client = await connect(options, terminal)
      const { official: id, provePossession, publicKey: key } = await readApprovalKey(file, terminal)
      const { nonce } = await client.beginKeyProof()
      const body = { key, nonce, proof: await provePossession(nonce), roles: [...options.role] }
      const outcome = await client.enrolOwnKey({ body })
      terminal.answer(options.json === true, { ...outcome, official: id }, () => [
        say('people.proposed', { change: outcome.waiting ?? '' }),
        say('official.proposed', { official: id }),
      ])
    })
}
