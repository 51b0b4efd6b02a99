// `parley hotline`: one command for each act of a call, and two that only look.

import { wordOf } from '@parley/mechanism'
import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import type { ActView, CallRow } from '@parley/api'
import type { Command } from 'commander'
import { addActVerbs } from '../act-verbs.ts'
import type { ActVerb, SubjectArgument } from '../act-verbs.ts'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { findDigest, rowsPerPage } from '../find-digest.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

interface ViewOptions extends CommonOptions {
  readonly channel?: string
  readonly status?: string
}

const verbs: readonly ActVerb[] = [
  { name: 'raise', type: 'hotline.raised', presets: { level: 'working', purpose: 'use' } },
  {
    name: 'test',
    type: 'hotline.raised',
    presets: { level: 'working', purpose: 'test', reason: 'scheduled-test' },
  },
  { name: 'ring', type: 'hotline.rung' },
  { name: 'unanswered', type: 'hotline.unanswered' },
  { name: 'take', type: 'hotline.taken', presets: { position: 'duty-officer' } },
  { name: 'decline', type: 'hotline.declined' },
  { name: 'escalate', type: 'hotline.escalated', presets: { ground: 'time-passed' } },
  { name: 'hand-over', type: 'hotline.handed' },
  { name: 'say', type: 'hotline.said' },
  { name: 'stand-down', type: 'hotline.closed' },
]

const callArgument: SubjectArgument = { word: 'argument.call', find: findCall }

export function addHotlineCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const hotline = program.command('hotline').description(say('command.hotline'))
  addActVerbs(hotline, verbs, terminal, callArgument)
  hotline
    .command('list')
    .description(say('command.hotline.list'))
    .option('--status <status>', say('option.status'))
    .option('--channel <channel>', say('option.channel'))
    .action((_options, command: Command) => list(command.optsWithGlobals<ViewOptions>(), terminal))
  hotline
    .command('show')
    .description(say('command.hotline.show'))
    .argument('<id>', say('argument.call'))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, _options, command: Command) => show(id, command.optsWithGlobals<ViewOptions>(), terminal))
}

function findCall(client: Client, channel: string, text: string, terminal: Terminal): Promise<string> {
  return findDigest(text, (query) => client.listCalls({ params: { channel }, query }), terminal)
}

async function list({ json, status, ...options }: ViewOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const items: CallRow[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = {
      limit: rowsPerPage,
      ...(cursor === undefined ? {} : { cursor }),
      ...(status === undefined ? {} : { status }),
    }
    const page = await client.listCalls({ params: { channel }, query })
    items.push(...page.items)
    cursor = page.next
  }
  const { items: figures } = await client.viewCallFigures({ params: { channel } })
  terminal.answer(json === true, { channel, items, figures }, () =>
    items.length === 0
      ? [terminal.say('list.empty')]
      : [
          ...items.map((row) => describeRow(row, terminal)),
          ...figures.flatMap(({ called, purpose, raised, taken }) =>
            purpose === 'use' && raised > 0 ? [terminal.say('hotline.figures', { called, raised, taken })] : [],
          ),
        ],
  )
}

function describeRow(row: CallRow, { language }: Terminal): string {
  const { called, id, last, level, purpose, raised, raising, reason, rung, status } = row
  const words = [
    `hotlineStatus.${status}`,
    `hotlineRung.${rung}`,
    `hotlineLevel.${level}`,
    `hotlinePurpose.${purpose}`,
    `hotlineReason.${reason}`,
    `standing.${last.standing.level}`,
  ].map((key) => wordOf(language, key))
  return `${id.slice(0, 16)}  ${showMoment(raised)}  ${raising} → ${called}  ${words.join('  ')}`
}

async function show(text: string, options: ViewOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const id = await findCall(client, channel, text, terminal)
  const view = await client.viewCall({ params: { channel, id } })
  const bodies: Record<string, Opened> = {}
  for (const { body, entry } of view.acts) {
    if (body !== undefined) bodies[entry.digest] = await open(client, body.digest)
  }
  terminal.answer(options.json === true, { ...view, bodies }, () => [
    describeRow(view.call, terminal),
    terminal.say('show.state', { digest: view.stateDigest }),
    ...view.acts.flatMap((act) => describeAct(act, bodies[act.entry.digest], terminal)),
  ])
}

type Opened = Readonly<Record<string, unknown>>

/** What cannot be opened is shown with the reason; the rest of the call is there all the same. */
async function open(client: Client, digest: string): Promise<Opened> {
  try {
    return (await client.openBody({ params: { digest } })).plaintext
  } catch (error) {
    if (error instanceof ApiProblem && error.code.startsWith('body.')) return { code: error.code }
    throw error
  }
}

function describeAct({ at, data, party, standing, type }: ActView, body: Opened | undefined, { language }: Terminal) {
  const word = wordOf(language, `type.${type}`)
  const texts = (body?.['texts'] ?? []) as readonly { readonly language: string; readonly text: string }[]
  return [
    `${showMoment(at)}  ${party}  ${word}  [${wordOf(language, `standing.${standing.level}`)}]  ${JSON.stringify(data)}`,
    ...texts.flatMap(({ language: tag, text }) => text.split('\n').map((line) => `  [${tag}] ${line}`)),
    ...(typeof body?.['code'] === 'string' ? [`  ${body['code']}`] : []),
  ]
}
