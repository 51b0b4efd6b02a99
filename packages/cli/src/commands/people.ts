// `parley people`: who has an account. The machine's token adds the first administrator and helps at a recovery; everything
// else about people is for two administrators in the console.

import { personRoles } from '@parley/api'
import type { ChangeOutcome, PersonGrant, PersonView } from '@parley/api'
import type { Client } from '@parley/api/client'
import type { Command } from 'commander'
import { connect, homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { consoleAddress } from '../console-address.ts'
import { CliError } from '../error.ts'
import { addressFile, readLineOf } from '../home-files.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

interface RoleOptions extends CommonOptions {
  readonly administrator?: true
  readonly role?: readonly string[]
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value]

export function addPeopleCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const people = program.command('people').description(say('command.people'))
  people
    .command('list', { isDefault: true })
    .description(say('command.people.list'))
    .action((_options, command: Command) => list(command.optsWithGlobals<CommonOptions>(), terminal))
  people
    .command('add')
    .description(say('command.people.add'))
    .argument('[name]', say('argument.person-name'))
    .option('--administrator', say('option.administrator'))
    .option('--role <role[@channel]>', say('option.role'), collect)
    .action(async (name: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<RoleOptions>()
      const client = await connect(options, terminal)
      const grants = grantsOf(options, terminal)
      const outcome = await client.addPerson({ body: { name: name ?? say('people.first'), grants } })
      await answer(outcome, options, terminal)
    })
  people
    .command('roles')
    .description(say('command.people.roles'))
    .argument('<person>', say('argument.person'))
    .option('--administrator', say('option.administrator'))
    .option('--role <role[@channel]>', say('option.role'), collect)
    .action(async (named: string, _options, command: Command) => {
      const options = command.optsWithGlobals<RoleOptions>()
      const client = await connect(options, terminal)
      const person = await choosePerson(client, named, terminal)
      const grants = grantsOf(options, terminal)
      await answer(await client.putRoles({ params: { person }, body: { grants } }), options, terminal)
    })
  for (const act of ['end', 'recover'] as const) {
    people
      .command(act)
      .description(say(`command.people.${act}`))
      .argument('<person>', say('argument.person'))
      .action(async (named: string, _options, command: Command) => {
        const options = command.optsWithGlobals<CommonOptions>()
        const client = await connect(options, terminal)
        const params = { person: await choosePerson(client, named, terminal) }
        const outcome = await (act === 'end' ? client.endPerson({ params }) : client.recoverPerson({ params }))
        await answer(outcome, options, terminal)
      })
  }
  people
    .command('approve')
    .description(say('command.people.approve'))
    .argument('<change>', say('argument.change'))
    .action(async (change: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const client = await connect(options, terminal)
      await answer(await client.approveChange({ params: { change } }), options, terminal)
    })
}

async function list(options: CommonOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const client = await connect(options, terminal)
  const [people, node] = await Promise.all([client.listPeople(), client.viewNode()])
  const speaksAlone = node.officials.some(({ kept, roles }) => kept && roles.includes('releasing'))
  terminal.answer(options.json === true, people, () => [
    ...people.items.map((person) => describe(person, terminal)),
    ...people.changes.map(({ expires, id, kind, name }) =>
      [say('people.waiting'), id, say(`people.change.${kind}`), name, showMoment(expires)].join('  '),
    ),
    ...(people.items.length === 0 ? [say('people.none')] : []),
    ...(people.items.length > 0 && speaksAlone ? [say('people.machine-releases')] : []),
  ])
}

function describe({ grants, id, name, state }: PersonView, { say }: Terminal): string {
  const roles = grants.map(({ channel, role }) => (channel === null ? role : `${role}@${channel.slice(0, 8)}`))
  return [id, say(`people.${state}`), name, roles.join(' ')].join('  ').trimEnd()
}

/** @throws CliError `usage.role` */
function grantsOf({ administrator, role = [] }: RoleOptions, { say }: Terminal): PersonGrant[] {
  const spelled = administrator === true ? ['administrator', ...role] : [...role]
  return spelled.map((text) => {
    const [name, channel = null] = text.split('@')
    const found = personRoles.find((known) => known === name)
    if (found === undefined) throw new CliError('usage.role', say('error.role', { roles: personRoles.join(', ') }))
    return { role: found, channel }
  })
}

/** The person whose id begins so. @throws CliError `usage.person` */
export async function choosePerson(client: Client, named: string, { say }: Terminal): Promise<string> {
  const { items } = await client.listPeople()
  const fitting = items.filter(({ id, name }) => id.startsWith(named) || name === named)
  if (fitting.length === 1) return fitting[0]!.id
  throw new CliError('usage.person', say('error.which-person'))
}

async function answer(outcome: ChangeOutcome, options: CommonOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const { invitation, waiting } = outcome
  const origin =
    invitation === null ? undefined : (options.url ?? (await readLineOf(homeOf(options, terminal), addressFile)))
  const link =
    invitation === null || origin === undefined ? null : consoleAddress(origin, { invitation: invitation.code })
  terminal.answer(options.json === true, { ...outcome, link }, () => [
    say(waiting === null ? 'people.done' : 'people.proposed', { change: waiting ?? '' }),
    ...(link === null || invitation === null
      ? []
      : [say('people.invitation', { until: showMoment(invitation.expires) }), link]),
  ])
}
