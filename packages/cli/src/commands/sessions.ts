// `parley sessions`: which sessions of a person run, and ending them.

import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'
import { choosePerson } from './people.ts'

export function addSessionsCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const sessions = program.command('sessions').description(say('command.sessions'))
  sessions
    .command('list', { isDefault: true })
    .description(say('command.sessions.list'))
    .argument('<person>', say('argument.person'))
    .action(async (named: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const client = await connect(options, terminal)
      const { items } = await client.listPersonSessions({
        params: { person: await choosePerson(client, named, terminal) },
      })
      terminal.answer(options.json === true, { items }, () =>
        items.length === 0
          ? [say('list.empty')]
          : items.map(({ absoluteUntil, id, means, since }) =>
              [id.slice(0, 16), say(`sessions.${means}`), showMoment(since), showMoment(absoluteUntil)].join('  '),
            ),
      )
    })
  sessions
    .command('end')
    .description(say('command.sessions.end'))
    .argument('<person>', say('argument.person'))
    .action(async (named: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const client = await connect(options, terminal)
      const person = await choosePerson(client, named, terminal)
      await client.endPersonSessions({ params: { person } })
      terminal.answer(options.json === true, { person }, () => [say('sessions.ended')])
    })
}
