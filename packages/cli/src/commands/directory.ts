// `parley directory`: one command for each act of the directory, and one that shows who is to be found where now.

import { wordOf } from '@parley/mechanism'
import type { ContactState } from '@parley/api'
import type { Command } from 'commander'
import { addActVerbs } from '../act-verbs.ts'
import type { ActVerb } from '../act-verbs.ts'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

interface ViewOptions extends CommonOptions {
  readonly channel?: string
}

const verbs: readonly ActVerb[] = [
  { name: 'designate', type: 'directory.designated' },
  { name: 'amend', type: 'directory.amended' },
  { name: 'end', type: 'directory.ended' },
  { name: 'appoint', type: 'directory.appointed' },
  { name: 'vacate', type: 'directory.vacated' },
  { name: 'absent', type: 'directory.absent' },
  { name: 'return', type: 'directory.returned' },
  { name: 'rota', type: 'directory.rostered', presets: { weekly: [] } },
  { name: 'profile', type: 'directory.profiled' },
  { name: 'review', type: 'directory.reviewed' },
]

export function addDirectoryCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const directory = program.command('directory').description(say('command.directory'))
  addActVerbs(directory, verbs, terminal)
  directory
    .command('list')
    .description(say('command.directory.list'))
    .option('--channel <channel>', say('option.channel'))
    .action((_options, command: Command) => list(command.optsWithGlobals<ViewOptions>(), terminal))
}

async function list(options: ViewOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const view = await client.viewDirectory({ params: { channel } })
  terminal.answer(options.json === true, view, () => [
    ...(view.contacts.length === 0 ? [terminal.say('list.empty')] : []),
    ...view.contacts.map((contact) => describeContact(contact, terminal)),
    ...view.overdue.map((party) => terminal.say('directory.overdue', { party })),
  ])
}

function describeContact(contact: ContactState, { language, say }: Terminal): string {
  const { contact: kind, contactPoint, office, party, ping, position, state } = contact
  const answered = ping?.answered ?? undefined
  return [
    party,
    contactPoint,
    wordOf(language, `contactKind.${kind}`),
    say(`duty.${state}`),
    ...(office === contactPoint ? [] : [`→ ${office}`]),
    ...(position === null ? [] : [wordOf(language, `officePosition.${position}`)]),
    ...(ping === null
      ? []
      : [answered === undefined ? wordOf(language, 'pingStatus.unanswered') : showMoment(answered)]),
  ].join('  ')
}
