// `parley notices`: how whoever calls is told, their calendar of deadlines, and the webhooks of the node.

import type { NoticePreferences } from '@parley/api'
import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import type { Terminal } from '../terminal.ts'

interface SetOptions extends CommonOptions {
  readonly mail?: NoticePreferences['mail']
  readonly mailTo?: string
  readonly mailLanguage?: NoticePreferences['language']
  readonly timeZone?: string
  readonly every?: boolean
}

export function addNoticesCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const notices = program
    .command('notices')
    .description(say('command.notices'))
    .action((_options, command: Command) => view(command.optsWithGlobals<CommonOptions>(), terminal))
  const put = notices.command('set')
  put
    .description(say('command.notices.set'))
    .addOption(put.createOption('--mail <when>', say('option.mail')).choices(['never', 'digest', 'each']))
    .option('--mail-to <address>', say('option.mail-to'))
    .addOption(put.createOption('--mail-language <language>', say('option.mail-language')).choices(['en', 'zh-Hans']))
    .option('--time-zone <zone>', say('option.time-zone'))
    .option('--every', say('option.every'))
    .option('--no-every', say('option.no-every'))
    .action((_options, command: Command) => set(command.optsWithGlobals<SetOptions>(), terminal))
  notices
    .command('calendar')
    .description(say('command.notices.calendar'))
    .option('--end', say('option.end'))
    .action((_options, command: Command) =>
      calendar(command.optsWithGlobals<CommonOptions & { readonly end?: boolean }>(), terminal),
    )
  const webhook = notices.command('webhook').description(say('command.notices.webhook'))
  webhook
    .command('list')
    .description(say('command.notices.webhook.list'))
    .action((_options, command: Command) => listWebhooks(command.optsWithGlobals<CommonOptions>(), terminal))
  webhook
    .command('add')
    .description(say('command.notices.webhook.add'))
    .argument('<url>', say('argument.url'))
    .action((url: string, _options, command: Command) =>
      addWebhook(url, command.optsWithGlobals<CommonOptions>(), terminal),
    )
  webhook
    .command('remove')
    .description(say('command.notices.webhook.remove'))
    .argument('<webhook>', say('argument.webhook'))
    .action((id: string, _options, command: Command) =>
      removeWebhook(id, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

function describe({ address, digestMinute, everyRequest, mail, timeZone }: NoticePreferences, { say }: Terminal) {
  const time = `${String(Math.floor(digestMinute / 60)).padStart(2, '0')}:${String(digestMinute % 60).padStart(2, '0')}`
  return [
    say('notices.mail', { mail, address: address ?? '–' }),
    say('notices.digest', { time, zone: timeZone }),
    say(everyRequest ? 'notices.every' : 'notices.own'),
  ]
}

async function view(options: CommonOptions, terminal: Terminal): Promise<void> {
  const preferences = await (await connect(options, terminal)).viewNoticePreferences()
  terminal.answer(options.json === true, preferences, () => describe(preferences, terminal))
}

async function set(options: SetOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const kept = await client.viewNoticePreferences()
  const preferences = await client.putNoticePreferences({
    body: {
      ...kept,
      mail: options.mail ?? kept.mail,
      address: options.mailTo ?? kept.address,
      language: options.mailLanguage ?? kept.language,
      timeZone: options.timeZone ?? kept.timeZone,
      everyRequest: options.every ?? kept.everyRequest,
    },
  })
  terminal.answer(options.json === true, preferences, () => describe(preferences, terminal))
}

async function calendar(options: CommonOptions & { readonly end?: boolean }, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  if (options.end === true) {
    await client.endCalendarFeed()
    terminal.answer(options.json === true, { ended: true }, () => [terminal.say('notices.calendar-ended')])
    return
  }
  const feed = await client.addCalendarFeed()
  terminal.answer(options.json === true, feed, () => [terminal.say('notices.calendar', { path: feed.path })])
}

async function listWebhooks(options: CommonOptions, terminal: Terminal): Promise<void> {
  const { items } = await (await connect(options, terminal)).listWebhooks()
  terminal.answer(options.json === true, { items }, () =>
    items.length === 0 ? [terminal.say('list.empty')] : items.map(({ id, url }) => `${id}  ${url}`),
  )
}

async function addWebhook(url: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const webhook = await (await connect(options, terminal)).addWebhook({ body: { url } })
  terminal.answer(options.json === true, webhook, () => [
    `${webhook.id}  ${webhook.url}`,
    terminal.say('notices.signing-key', { key: webhook.signingKey }),
  ])
}

async function removeWebhook(id: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  await (await connect(options, terminal)).removeWebhook({ params: { id } })
  terminal.answer(options.json === true, { removed: id }, () => [terminal.say('notices.removed')])
}
