// `parley ping`: sends one, answers one, and lists them with their figures.

import { wordOf } from '@parley/mechanism'
import type { Client } from '@parley/api/client'
import type { PingRow } from '@parley/api'
import type { Command } from 'commander'
import { addActVerbs } from '../act-verbs.ts'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { findDigest, rowsPerPage } from '../find-digest.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

interface ListOptions extends CommonOptions {
  readonly channel?: string
}

export function addPingCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const ping = program.command('ping').description(say('command.ping'))
  const verbs = [
    { name: 'send', type: 'ping.sent', presets: { contact: '24-7' } },
    { name: 'answer', type: 'ping.answered', presets: { position: 'duty-officer' } },
  ]
  addActVerbs(ping, verbs, terminal, { word: 'argument.ping', find: findPing })
  ping
    .command('list')
    .description(say('command.ping.list'))
    .option('--channel <channel>', say('option.channel'))
    .action((_options, command: Command) => list(command.optsWithGlobals<ListOptions>(), terminal))
}

function findPing(client: Client, channel: string, text: string, terminal: Terminal): Promise<string> {
  return findDigest(text, (query) => client.listPings({ params: { channel }, query }), terminal)
}

/** The newest page: what is older is counted in the figures. */
async function list(options: ListOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const { figures, items } = await client.listPings({ params: { channel }, query: { limit: rowsPerPage } })
  terminal.answer(options.json === true, { channel, items, figures }, () => [
    ...(items.length === 0 ? [terminal.say('list.empty')] : items.map((row) => describeRow(row, terminal))),
    ...figures.map(({ answered, sent, to }) => terminal.say('ping.figures', { to, sent, answered })),
  ])
}

function describeRow({ answered, contact, from, id, sent, status, to }: PingRow, { language }: Terminal): string {
  const words = [`pingStatus.${status}`, `contactKind.${contact}`].map((key) => wordOf(language, key))
  const times = [sent, ...(answered === null ? [] : [answered.at])].map(showMoment)
  return `${id.slice(0, 16)}  ${from} → ${to}  ${words.join('  ')}  ${times.join(' → ')}`
}
