// `parley inbox` and `parley search`: requests of every channel, what is due first, or those in which words are found;
// `parley assign` and `parley watch`: who has a request, and who is told of it.

import type { InboxRow } from '@parley/api'
import type { Client } from '@parley/api/client'
import { wordOf } from '@parley/mechanism'
import type { Command } from 'commander'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'
import { findRequest } from './find-request.ts'

interface InboxOptions extends CommonOptions {
  readonly status?: string
  readonly direction?: 'incoming' | 'outgoing'
  readonly assigned?: string
  readonly unread?: boolean
  readonly watched?: boolean
  readonly due?: string
  readonly limit: string
}

interface MarkOptions extends CommonOptions {
  readonly channel?: string
  readonly nobody?: boolean
  readonly end?: boolean
}

const rowsPerPage = 200

export function addInboxCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const listing = (command: Command): Command =>
    command
      .option('--status <status>', say('option.status'))
      .addOption(
        command.createOption('--direction <direction>', say('option.direction')).choices(['incoming', 'outgoing']),
      )
      .option('--assigned <account>', say('option.assigned'))
      .option('--unread', say('option.unread'))
      .option('--watched', say('option.watched'))
      .option('--due <hours>', say('option.due'))
      .option('--limit <count>', say('option.limit'), '50')
  listing(program.command('inbox').description(say('command.inbox'))).action((_options, command: Command) =>
    list(undefined, command.optsWithGlobals<InboxOptions>(), terminal),
  )
  listing(
    program.command('search').description(say('command.search')).argument('<words...>', say('argument.words')),
  ).action((words: string[], _options, command: Command) =>
    list(words.join(' '), command.optsWithGlobals<InboxOptions>(), terminal),
  )
  program
    .command('assign')
    .description(say('command.assign'))
    .argument('<id>', say('argument.request'))
    .argument('[account]', say('argument.account'))
    .option('--nobody', say('option.nobody'))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, account: string | undefined, _options, command: Command) =>
      assign(id, account, command.optsWithGlobals<MarkOptions>(), terminal),
    )
  program
    .command('watch')
    .description(say('command.watch'))
    .argument('<id>', say('argument.request'))
    .option('--end', say('option.end'))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, _options, command: Command) => watch(id, command.optsWithGlobals<MarkOptions>(), terminal))
}

async function list(q: string | undefined, options: InboxOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const { assigned, direction, due, status } = options
  const most = parseCount(options.limit, terminal)
  const query = {
    ...(q === undefined ? {} : { q }),
    ...(status === undefined ? {} : { statuses: status }),
    ...(direction === undefined ? {} : { direction }),
    ...(assigned === undefined ? {} : { assigned }),
    ...(options.unread === true ? { unread: 'true' as const } : {}),
    ...(options.watched === true ? { watched: 'true' as const } : {}),
    ...(due === undefined ? {} : { due: parseCount(due, terminal) }),
  }
  const items = await readRows(client, query, most)
  terminal.answer(options.json === true, { items }, () =>
    items.length === 0 ? [terminal.say('list.empty')] : items.map((row) => describe(row, terminal)),
  )
}

/** @throws CliError `usage.argument` */
function parseCount(text: string, { say }: Terminal): number {
  if (/^(?:0|[1-9][0-9]{0,5})$/.test(text)) return Number(text)
  throw new CliError('usage.argument', say('error.number', { value: text }))
}

/** At most so many rows, page after page. */
async function readRows(
  client: Client,
  query: NonNullable<NonNullable<Parameters<Client['listInbox']>[0]>['query']>,
  most: number,
): Promise<InboxRow[]> {
  const items: InboxRow[] = []
  for (let cursor: string | null | undefined; cursor !== null && items.length < most;) {
    const limit = Math.min(rowsPerPage, most - items.length)
    const page = await client.listInbox({ query: { ...query, limit, ...(cursor === undefined ? {} : { cursor }) } })
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

function describe(row: InboxRow, { language, say }: Terminal): string {
  const due = row.due === null ? '' : `  ${say('inbox.due', { at: showMoment(row.due.at) })}`
  const who = row.assigned === null ? '' : `  ${say('inbox.assigned', { account: row.assigned })}`
  const status = wordOf(language, `requestStatus.${row.status}` as Parameters<typeof wordOf>[1])
  const title = row.title ?? wordOf(language, `requestKind.${row.kind}` as Parameters<typeof wordOf>[1])
  const others = row.alsoAsked === 0 ? '' : `  ${say('case.others', { count: row.alsoAsked })}`
  const news = row.unread ? '*' : ' '
  return `${news} ${row.id.slice(0, 12)}  ${row.requesting} → ${row.requested}  ${status}  ${title}${others}${due}${who}`
}

async function assign(
  id: string,
  account: string | undefined,
  options: MarkOptions,
  terminal: Terminal,
): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const request = await findRequest(client, channel, id, terminal)
  const whom = options.nobody === true ? null : (account ?? 'me')
  const answer = await client.assignRequest({ params: { channel, id: request }, body: { account: whom } })
  terminal.answer(options.json === true, { request, ...answer }, () => [
    answer.assigned === null
      ? terminal.say('assign.nobody')
      : terminal.say('inbox.assigned', { account: answer.assigned }),
  ])
}

async function watch(id: string, options: MarkOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const request = await findRequest(client, channel, id, terminal)
  const body = { watched: options.end !== true }
  const answer = await client.watchRequest({ params: { channel, id: request }, body })
  terminal.answer(options.json === true, { request, ...answer }, () => [
    terminal.say(answer.watched ? 'watch.on' : 'watch.off'),
  ])
}
