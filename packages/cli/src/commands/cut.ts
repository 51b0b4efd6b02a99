// `parley cut`: the digests that two sides compare, and what they are of.

import type { Command } from 'commander'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import type { Terminal } from '../terminal.ts'

interface CutOptions extends CommonOptions {
  readonly channel?: string
}

export function addCutCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('cut')
    .description(say('command.cut'))
    .option('--channel <channel>', say('option.channel'))
    .action((_options, command: Command) => cut(command.optsWithGlobals<CutOptions>(), terminal))
}

async function cut(options: CutOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const view = await client.viewCut({ params: { channel } })
  terminal.answer(options.json === true, { channel, ...view }, () => [
    ...view.cut.logs.map(({ origin, root, size }) => `${origin}  ${size}  ${root}`),
    terminal.say('cut.cut', { digest: view.cutDigest }),
    terminal.say('cut.rules', { digest: view.rulesDigest }),
    terminal.say('cut.state', { digest: view.stateDigest }),
  ])
}
