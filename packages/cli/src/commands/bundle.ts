// `parley export` and `parley import`: bundles out of a node and into one, through its interface when it runs, and by
// opening its home when it does not.

import { bundlePurposes } from '@parley/record'
import type { BundlePurpose } from '@parley/record'
import type { BundleImport } from '@parley/api'
import { limits } from '@parley/api'
import { Option } from 'commander'
import type { Command } from 'commander'
import type { FileBeside } from '@parley/server'
import { chooseChannel, connectIfRunning, homeOf, openChannel } from '../common-options.ts'
import type { ChannelOptions, CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { exitCodes } from '../exit-codes.ts'
import { listBeside } from '../files-beside.ts'
import { readBytes, standardStream, writeNew } from '../files.ts'
import { startProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'

interface ExportOptions extends CommonOptions {
  readonly channel?: string
  readonly to?: string
  readonly purpose?: BundlePurpose
  readonly all?: true
  readonly out: string
}

export function addBundleCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('export')
    .description(say('command.export'))
    .requiredOption('--out <file>', say('option.out'))
    .option('--to <party>', say('option.recipient'))
    .addOption(new Option('--purpose <purpose>', say('option.purpose')).choices([...bundlePurposes]))
    .option('--all', say('option.all'))
    .option('--channel <channel>', say('option.channel'))
    .action((_options, command: Command) => exportBundle(command.optsWithGlobals<ExportOptions>(), terminal))
  program
    .command('ask-export')
    .description(say('command.ask-export'))
    .option('--channel <channel>', say('option.channel'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ChannelOptions>()
      const { channel, client } = await openChannel(options, terminal)
      const asked = await client.addExport({ params: { channel } })
      terminal.answer(options.json === true, asked, () => [say('people.proposed', { change: asked.waiting ?? '' })])
    })
  program
    .command('import')
    .description(say('command.import'))
    .argument('<file>', say('argument.bundle'))
    .action((file: string, _options, command: Command) =>
      importBundle(file, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

async function exportBundle(options: ExportOptions, terminal: Terminal): Promise<void> {
  const { all, out, to } = options
  // News are for somebody; for nobody in particular it is a copy.
  const purpose = options.purpose ?? (to === undefined ? 'export' : 'transport')
  const progress = startProgress(terminal.say('command.export'), options.json === true)
  try {
    const { files, pieces } = await compose(options, purpose, terminal)
    await writeNew(out, pieces, terminal)
    if (out === standardStream) return
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
    progress.update(bytes, bytes)
    progress.stop()
    const value = { file: out, bytes, purpose, to: to ?? null, all: all === true, beside: files }
    terminal.answer(options.json === true, value, () => [
      terminal.say('export.done', { file: out, bytes }),
      ...files.map((one) => terminal.say('export.beside', { ...one })),
    ])
  } finally {
    progress.stop()
  }
}

interface Composed {
  readonly pieces: readonly Uint8Array[]
  /** Files of evidence that the receiver needs besides. */
  readonly files: readonly FileBeside[]
}

async function compose(options: ExportOptions, purpose: BundlePurpose, terminal: Terminal): Promise<Composed> {
  const { all, to } = options
  const order = { purpose, ...(to === undefined ? {} : { recipient: to }), ...(all === undefined ? {} : { all }) }
  const client = await connectIfRunning(options, terminal)
  if (client !== undefined) {
    const channel = await chooseChannel(client, options.channel, terminal)
    const pieces = [await client.exportBundle({ body: { channel, ...order } })]
    return { pieces, files: await listBeside(client, channel, to) }
  }
  const { composeBundlePieces, listToCarry } = await import('@parley/server')
  const { withLocalNode } = await import('../local-node.ts')
  return withLocalNode(homeOf(options, terminal), terminal, async (node) => {
    const ids = node.registry.channels().map(({ channel }) => channel)
    const fitting = ids.filter((id) => id.startsWith(options.channel ?? ''))
    if (fitting.length !== 1) {
      throw new CliError('usage.channel', terminal.say('error.which-channel', { channels: ids.join(', ') }))
    }
    const pieces = await composeBundlePieces(node, { channel: fitting[0]!, ...order })
    return { pieces, files: await listToCarry(node, fitting[0]!, to) }
  })
}

async function importBundle(file: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const bytes = await readBytes(file, terminal)
  const progress = startProgress(terminal.say('command.import'), options.json === true)
  progress.update(0, bytes.length)
  const taken = await take(bytes, options, terminal).finally(() => progress.stop())
  terminal.answer(options.json === true, taken, () => describe(taken, terminal))
  if (taken.refused.length > 0) process.exitCode = exitCodes.failed
}

async function take(bytes: Uint8Array, options: CommonOptions, terminal: Terminal): Promise<BundleImport> {
  const client = await connectIfRunning(options, terminal)
  if (client !== undefined) {
    if (bytes.length > limits.bundleBytesMax) {
      throw new CliError('usage.argument', terminal.say('error.bundle-large', { bytes: limits.bundleBytesMax }))
    }
    return client.importBundle({ body: bytes })
  }
  const server = await import('@parley/server')
  const { withLocalNode } = await import('../local-node.ts')
  const taken = await withLocalNode(homeOf(options, terminal), terminal, (node) => server.importBundle(node, bytes))
  return taken as BundleImport
}

function describe(taken: BundleImport, { say }: Terminal): string[] {
  const { awaited, bodies, cosignatures, entries, from, label, logs, missed, refused, sequence } = taken
  return [
    say('import.label', { label }),
    say('import.from', { from, sequence }),
    ...(missed === 0 ? [] : [say('import.missed', { missed })]),
    ...logs.filter((log) => log.size > log.from).map((log) => `${log.origin}  ${log.from} → ${log.size}`),
    say('import.counts', { entries, bodies, cosignatures }),
    ...awaited.map((file) => say('import.awaited', { ...file })),
    ...refused.map(({ code, origin = '', position = '' }) => say('import.refused', { code, origin, position })),
  ]
}
