// `parley request list` and `parley request show`: the requests of a channel, and one of them with its texts.

import { carriedReceipt, wordOf } from '@parley/mechanism'
import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import { caseFileLanguage } from '@parley/api'
import type { ActView, CaseFileLanguage, RequestRow, StateObject } from '@parley/api'
import type { Command } from 'commander'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { standardStream, writeNew } from '../files.ts'
import { rowsPerPage } from '../find-digest.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'
import {
  describeAlsoAsked,
  describeCited,
  describeClock,
  describeLimits,
  describeLinks,
  describeMissing,
  describeTriage,
} from './describe-case.ts'
import { findRequest } from './find-request.ts'

interface ViewOptions extends CommonOptions {
  readonly channel?: string
}

interface FileOptions extends ViewOptions {
  readonly out: string
  readonly in?: CaseFileLanguage
}

interface ListOptions extends ViewOptions {
  readonly status?: string
  readonly direction?: 'incoming' | 'outgoing'
}

type Opened = StateObject | { readonly code: string }

export function addRequestViews(request: Command, terminal: Terminal): void {
  const { say } = terminal
  request
    .command('list')
    .description(say('command.request.list'))
    .option('--status <status>', say('option.status'))
    .addOption(
      request.createOption('--direction <direction>', say('option.direction')).choices(['incoming', 'outgoing']),
    )
    .option('--channel <channel>', say('option.channel'))
    .action((_options, command: Command) => list(command.optsWithGlobals<ListOptions>(), terminal))
  request
    .command('show')
    .description(say('command.request.show'))
    .argument('<id>', say('argument.request'))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, _options, command: Command) => show(id, command.optsWithGlobals<ViewOptions>(), terminal))
  request
    .command('file')
    .description(say('command.request.file'))
    .argument('<id>', say('argument.request'))
    .requiredOption('--out <file>', say('option.out'))
    .addOption(request.createOption('--in <languages>', say('option.case-language')).choices(caseFileLanguage.options))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, _options, command: Command) => print(id, command.optsWithGlobals<FileOptions>(), terminal))
}

async function print(id: string, options: FileOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const request = await findRequest(client, channel, id, terminal)
  const query = options.in === undefined ? {} : { language: options.in }
  const pdf = await client.viewCaseFile({ params: { channel, id: request }, query })
  await writeNew(options.out, [pdf], terminal)
  if (options.out === standardStream) return
  const value = { request, file: options.out, bytes: pdf.length }
  terminal.answer(options.json === true, value, () => [terminal.say('written', { file: options.out })])
}

async function list(options: ListOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const { direction, status } = options
  const items: RequestRow[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = {
      limit: rowsPerPage,
      ...(cursor === undefined ? {} : { cursor }),
      ...(direction === undefined ? {} : { direction }),
      ...(status === undefined ? {} : { status }),
    }
    const page = await client.listRequests({ params: { channel }, query })
    items.push(...page.items)
    cursor = page.next
  }
  terminal.answer(options.json === true, { channel, items }, () =>
    items.length === 0 ? [terminal.say('list.empty')] : items.map((row) => describeRow(row, terminal)),
  )
}

function describeRow(
  { alsoAsked, due, id, kind, requested, requesting, status, title, urgency }: RequestRow,
  { language, say }: Terminal,
) {
  const words = [`requestStatus.${status}`, `urgency.${urgency}`, `requestKind.${kind}`].map((key) =>
    wordOf(language, key),
  )
  if (due !== null) {
    words.push(
      `${wordOf(language, `clock.${due.what}`)} ${showMoment(due.at)} (${wordOf(language, `clockState.${due.state}`)})`,
    )
  }
  if (alsoAsked > 0) words.push(say('case.others', { count: alsoAsked }))
  return `${id.slice(0, 16)}  ${requesting} → ${requested}  ${words.join('  ')}  ${title ?? ''}`
}

async function show(text: string, options: ViewOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const id = await findRequest(client, channel, text, terminal)
  const view = await client.viewRequest({ params: { channel, id } })
  const isCiting = Array.isArray(view.state['cites']) && view.state['cites'].length > 0
  const agreement = isCiting ? await client.viewAgreement({ params: { channel } }) : undefined
  const bodies: Record<string, Opened> = {}
  for (const { body, entry } of view.acts) {
    if (body !== undefined) bodies[entry.digest] = await open(client, body.digest)
  }
  terminal.answer(options.json === true, { ...view, bodies }, () => [
    describeRow(view.request, terminal),
    terminal.say('show.state', { digest: view.stateDigest }),
    ...describeAlsoAsked(view.alsoAsked, terminal),
    ...describeMissing(view.missing, terminal),
    ...view.clocks.map((clock) => describeClock(clock, terminal)),
    ...describeTriage(view.state, view.acts, terminal),
    ...describeLinks(view.links, terminal),
    ...describeCited(view.state, agreement, terminal),
    ...view.acts.flatMap((act) => describeAct(act, bodies[act.entry.digest], view.state, terminal)),
    terminal.say('show.may', {
      types:
        view.may
          .filter(({ allowed }) => allowed)
          .map(({ type }) => type)
          .join(', ') || '–',
    }),
  ])
}

/** What cannot be opened is shown with the reason; the rest of the request is there all the same. */
async function open(client: Client, digest: string): Promise<Opened> {
  try {
    return (await client.openBody({ params: { digest } })).plaintext
  } catch (error) {
    if (error instanceof ApiProblem && error.code.startsWith('body.')) return { code: error.code }
    throw error
  }
}

function describeAct(act: ActView, body: Opened | undefined, state: StateObject, terminal: Terminal): string[] {
  const { language, say } = terminal
  const { at, code, data, entry, party, standing, type, verdict } = act
  const word = wordOf(language, `type.${type}`)
  const states = [wordOf(language, `standing.${standing.level}`)]
  if (verdict !== 'valid') states.push(`${wordOf(language, `verdict.${verdict}`)} ${code ?? ''}`)
  const lines = ['', `${showMoment(at)}  ${party}  ${word}  [${states.join(', ')}]`, `  ${entry.digest}`]
  const receipt = carriedReceipt(type, data)
  if (receipt !== undefined) {
    lines.push(`  ${say('show.receipt', { party: receipt.party, time: showMoment(receipt.time * 1000) })}`)
  } else if (Object.keys(data).length > 0) lines.push(`  ${JSON.stringify(data)}`)
  return [...lines, ...[...describeLimits(act, state, terminal), ...describeBody(body)].map((line) => `  ${line}`)]
}

function describeBody(body: Opened | undefined): string[] {
  if (body === undefined) return []
  if (typeof body['code'] === 'string') return [body['code']]
  const { attachments, fields, texts } = body as {
    attachments?: { name: string; media: string; bytes: number; digest: string; item?: string }[]
    texts?: { language: string; role: string; text: string; by?: string }[]
    fields?: Record<string, string>
  }
  return [
    ...(texts ?? []).flatMap(({ by, language, role, text }) => [
      `[${language}, ${role}${by === undefined ? '' : `, ${by}`}]`,
      ...text.split('\n'),
    ]),
    ...Object.entries(fields ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...(attachments ?? []).map(({ bytes, digest, item, media, name }) =>
      ['+', JSON.stringify(name), media, String(bytes), digest, item ?? ''].join('  ').trimEnd(),
    ),
  ]
}
