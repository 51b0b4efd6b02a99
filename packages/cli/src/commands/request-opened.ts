// `parley request opened`: states in entries that the other side's texts of a request were opened here.

import type { Command } from 'commander'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import type { Terminal } from '../terminal.ts'
import { findRequest } from './find-request.ts'

interface OpenedOptions extends CommonOptions {
  readonly channel?: string
  readonly entry?: string
}

export function addOpenedCommand(request: Command, terminal: Terminal): void {
  const { say } = terminal
  request
    .command('opened')
    .description(say('command.request.opened'))
    .argument('<id>', say('argument.request'))
    .option('--entry <digest>', say('option.entry'))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, _options, command: Command) =>
      stateOpened(id, command.optsWithGlobals<OpenedOptions>(), terminal),
    )
}

async function stateOpened(text: string, options: OpenedOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const id = await findRequest(client, channel, text, terminal)
  const { party } = await client.viewNode()
  const { acts } = await client.viewRequest({ params: { channel, id } })
  const entries =
    options.entry === undefined
      ? acts
          .filter((act) => act.party !== party && act.body?.state === 'opened' && act.standing.level !== 'opened')
          .map(({ entry }) => entry.digest)
      : [options.entry]
  for (const entry of entries) {
    await client.appendAct({ params: { channel }, body: { type: 'entry.opened', subject: id, data: { entry } } })
  }
  terminal.answer(options.json === true, { request: id, entries }, () => [
    terminal.say('opened.done', { count: entries.length }),
    ...entries,
  ])
}
