// `parley channel`: makes the genesis of a channel from the cards of its parties, and joins one.

import { formatBase64, formatGenesis, genesisDigest, openCard, parseGenesis } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import type { Command } from 'commander'
import { randomBytes } from 'node:crypto'
import { connectIfRunning, homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { readBytes, writeNew } from '../files.ts'
import type { Terminal } from '../terminal.ts'

interface NewOptions extends CommonOptions {
  readonly agreement: string
  readonly out: string
}

export function addChannelCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const channel = program.command('channel').description(say('command.channel'))
  channel
    .command('new')
    .description(say('command.channel.new'))
    .argument('<card...>', say('argument.cards'))
    .requiredOption('--agreement <id>', say('option.agreement'))
    .requiredOption('--out <file>', say('option.out'))
    .action((cards: string[], _options, command: Command) =>
      make(cards, command.optsWithGlobals<NewOptions>(), terminal),
    )
  channel
    .command('join')
    .description(say('command.channel.join'))
    .argument('<genesis>', say('argument.genesis'))
    .argument('[card...]', say('argument.cards'))
    .action((genesis: string, cards: string[], _options, command: Command) =>
      join(genesis, cards, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

async function make(files: readonly string[], options: NewOptions, terminal: Terminal): Promise<void> {
  const cards = await Promise.all(files.map((file) => readBytes(file, terminal)))
  const opened = await Promise.all(cards.map((card) => openCard(nodeCrypto, card)))
  const genesis = formatGenesis({
    v: 1,
    channel: randomBytes(16).toString('hex'),
    agreement: options.agreement,
    parties: opened
      .map(({ founded, keys, party, prefix }) => ({ party, prefix, founded, key: keys.log }))
      .sort((one, other) => (one.party < other.party ? -1 : 1)),
  })
  await writeNew(options.out, genesis, terminal)
  if (options.out !== '-') answer(genesis, options, terminal, [terminal.say('written', { file: options.out })])
}

async function join(
  genesisFile: string,
  files: readonly string[],
  options: CommonOptions,
  terminal: Terminal,
): Promise<void> {
  const genesis = await readBytes(genesisFile, terminal)
  const cards = await Promise.all(files.map((file) => readBytes(file, terminal)))
  const client = await connectIfRunning(options, terminal)
  if (client === undefined) {
    const { joinChannel } = await import('@parley/server')
    const { withLocalNode } = await import('../local-node.ts')
    await withLocalNode(homeOf(options, terminal), terminal, (node) => joinChannel(node, genesis, cards))
  } else {
    await client.importChannel({ body: { genesis: formatBase64(genesis), cards: cards.map(formatBase64) } })
  }
  answer(genesis, options, terminal, [terminal.say('channel.joined')])
}

function answer(bytes: Uint8Array, options: CommonOptions, terminal: Terminal, lines: readonly string[]): void {
  const { agreement, channel, parties } = parseGenesis(bytes)
  const genesis = genesisDigest(nodeCrypto, bytes)
  const ids = parties.map(({ party }) => party)
  terminal.answer(options.json === true, { channel, agreement, parties: ids, genesis }, () => [
    terminal.say('channel.facts', { channel, agreement, parties: ids.join(', ') }),
    terminal.say('channel.genesis', { digest: genesis }),
    ...lines,
  ])
}
