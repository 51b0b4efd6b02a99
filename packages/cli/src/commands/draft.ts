// `parley draft`: acts that are still being written, and submitting one for release.

import type { DataObject, DraftRow, DraftView, StateObject } from '@parley/api'
import type { Client } from '@parley/api/client'
import type { Command } from 'commander'
import { addBodyOptions, readBody } from '../body-options.ts'
import type { BodyOptions } from '../body-options.ts'
import { openChannel } from '../common-options.ts'
import type { ChannelOptions, CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'
import { describeChecks } from './describe-case.ts'
import { describeRelease } from './release.ts'

interface WriteOptions extends ChannelOptions, BodyOptions {
  readonly data?: string
  readonly exercise?: true
  readonly subject?: string
  readonly draftVersion?: string
}

export function addDraftCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const draft = program.command('draft').description(say('command.draft'))

  const writing = (command: Command): Command => {
    addBodyOptions(command, terminal)
    return command
      .option('--data <json>', say('option.data'))
      .option('--exercise', say('option.exercise'))
      .option('--channel <channel>', say('option.channel'))
  }

  writing(draft.command('new').description(say('command.draft.new')).argument('<type>', say('argument.type')))
    .option('--subject <digest>', say('option.subject'))
    .action(async (type: string, _options, command: Command) => {
      const options = command.optsWithGlobals<WriteOptions>()
      const { channel, client } = await openChannel(options, terminal)
      const body = { type, ...(options.subject === undefined ? {} : { subject: options.subject }) }
      const made = await client.createDraft({
        params: { channel },
        body: { ...body, ...(await readContent(options, { data: {} }, terminal)) },
      })
      answer(made, options, terminal)
    })

  writing(draft.command('save').description(say('command.draft.save')).argument('<draft>', say('argument.draft')))
    .option('--draft-version <number>', say('option.draft-version'))
    .action(async (text: string, _options, command: Command) => {
      const options = command.optsWithGlobals<WriteOptions>()
      const { channel, client } = await openChannel(options, terminal)
      const before = await findDraft(client, channel, text, terminal)
      const version = options.draftVersion === undefined ? before.version : Number(options.draftVersion)
      const content = await readContent(options, before, terminal)
      const { draft: now, outcome } = await client.saveDraft({
        params: { channel, draft: before.id },
        body: { version, ...content },
      })
      if (outcome === 'moved') throw new CliError('draft.moved', say('error.draft-moved', { version: now.version }))
      answer(now, options, terminal)
    })

  draft
    .command('list', { isDefault: true })
    .description(say('command.draft.list'))
    .option('--channel <channel>', say('option.channel'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ChannelOptions>()
      const { channel, client } = await openChannel(options, terminal)
      const drafts = await client.listDrafts({ params: { channel } })
      terminal.answer(options.json === true, drafts, () =>
        drafts.items.length === 0 ? [say('draft.none')] : drafts.items.map((row) => describe(row, terminal)),
      )
    })

  for (const act of ['show', 'discard', 'submit'] as const) {
    draft
      .command(act)
      .description(say(`command.draft.${act}`))
      .argument('<draft>', say('argument.draft'))
      .option('--channel <channel>', say('option.channel'))
      .action(async (text: string, _options, command: Command) => {
        const options = command.optsWithGlobals<ChannelOptions>()
        const { channel, client } = await openChannel(options, terminal)
        const found = await findDraft(client, channel, text, terminal)
        const call = { params: { channel, draft: found.id }, body: { version: found.version } }
        switch (act) {
          case 'show':
            return answer(found, options, terminal)
          case 'discard':
            await client.discardDraft(call)
            return terminal.answer(options.json === true, { draft: found.id }, () => [say('draft.discarded')])
          case 'submit': {
            const waiting = await client.submitDraft(call)
            return terminal.answer(options.json === true, waiting, () => describeRelease(waiting, terminal))
          }
        }
      })
  }
}

/** The draft whose id begins so. @throws CliError `usage.draft` */
async function findDraft(client: Client, channel: string, text: string, { say }: Terminal): Promise<DraftView> {
  const { items } = await client.listDrafts({ params: { channel } })
  const fitting = items.filter(({ id }) => id.startsWith(text))
  if (fitting.length !== 1) throw new CliError('usage.draft', say('error.absent', { value: text }))
  return client.viewDraft({ params: { channel, draft: fitting[0]!.id } })
}

/** What the options say, over what was there before. @throws CliError `usage.argument` */
async function readContent(
  options: WriteOptions,
  before: Pick<DraftView, 'data' | 'body' | 'exercise'>,
  terminal: Terminal,
): Promise<{ data: DataObject; body?: StateObject; exercise?: true }> {
  const body = (await readBody(options, false, terminal)) ?? before.body
  const exercise = options.exercise ?? before.exercise
  let data = before.data
  if (options.data !== undefined) {
    try {
      data = { ...data, ...(JSON.parse(options.data) as DataObject) }
    } catch (cause) {
      throw new CliError('usage.argument', terminal.say('error.data'), { cause })
    }
  }
  return { data, ...(body === undefined ? {} : { body }), ...(exercise === undefined ? {} : { exercise }) }
}

function describe({ changed, changedBy, id, submitted, type, version }: DraftRow, { say }: Terminal): string {
  const who = changedBy.name ?? changedBy.id
  return [id, `v${version}`, type, who, showMoment(changed), ...(submitted ? [say('draft.submitted')] : [])].join('  ')
}

function answer(draft: DraftView, options: CommonOptions, terminal: Terminal): void {
  terminal.answer(options.json === true, draft, () => [
    describe(draft, terminal),
    JSON.stringify(draft.data),
    ...(draft.body === undefined ? [] : [JSON.stringify(draft.body)]),
    ...describeChecks(draft.checks, terminal),
  ])
}
