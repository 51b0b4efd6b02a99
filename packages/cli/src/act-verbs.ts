// Commands that each record one type of act, made from the table of types: options from its shape, a body where it has one.

import { findType, wordOf } from '@parley/mechanism'
import type { Client } from '@parley/api/client'
import type { DataObject } from '@parley/api'
import type { Command } from 'commander'
import { addActOptions, readActData } from './act-options.ts'
import { attachItems } from './attachments.ts'
import { addBodyOptions, readBody } from './body-options.ts'
import type { BodyOptions } from './body-options.ts'
import { chooseChannel, connect } from './common-options.ts'
import type { CommonOptions } from './common-options.ts'
import { declareParticulars } from './declare-particulars.ts'
import { CliError } from './error.ts'
import type { Terminal } from './terminal.ts'
import type { WordKey } from './words/en.ts'

interface ActOptions extends CommonOptions, BodyOptions {
  readonly channel?: string
  readonly exercise?: true
  readonly idempotencyKey?: string
}

export interface ActVerb {
  readonly name: string
  readonly type: string
  /** Values of fields that need not be given. */
  readonly presets?: DataObject
  /** What the command is for, where that is more than the name of its type. */
  readonly word?: WordKey
  /** Lines about what was recorded, besides where. */
  readonly tell?: (client: Client, channel: string, digest: string, terminal: Terminal) => Promise<readonly string[]>
}

/** How the subject of a following act is named on the command line and found. */
export interface SubjectArgument {
  readonly word: WordKey
  readonly find: (client: Client, channel: string, text: string, terminal: Terminal) => Promise<string>
}

export function addActVerbs(
  parent: Command,
  verbs: readonly ActVerb[],
  terminal: Terminal,
  subject?: SubjectArgument,
): void {
  const { language, say } = terminal
  for (const verb of verbs) {
    const known = findType(verb.type)!
    const follows = known.place === 'following'
    const description = verb.word === undefined ? wordOf(language, `type.${verb.type}`) : say(verb.word)
    const command = parent.command(verb.name).description(description)
    if (follows && subject !== undefined) command.argument('<id>', say(subject.word))
    // In a channel of two there is only one party to address.
    addActOptions(command, known.shape, terminal, new Set(['to', ...Object.keys(verb.presets ?? {})]))
    if (known.body !== 'none') addBodyOptions(command, terminal)
    command.option('--channel <channel>', say('option.channel'))
    if (known.place !== 'standing') command.option('--exercise', say('option.exercise'))
    command.option('--idempotency-key <key>', say('option.idempotency-key')).action((...given: unknown[]) => {
      const id = follows ? (given[0] as string) : undefined
      return act(verb, subject, id, command.optsWithGlobals<ActOptions>(), terminal)
    })
  }
}

async function act(
  { presets, tell, type }: ActVerb,
  subject: SubjectArgument | undefined,
  id: string | undefined,
  options: ActOptions,
  terminal: Terminal,
): Promise<void> {
  const known = findType(type)!
  const written = known.body === 'none' ? undefined : await readBody(options, known.body === 'required', terminal)
  const coded = readActData(known.shape, options as Readonly<Record<string, unknown>>)
  const given = declareParticulars(type, { ...presets, ...coded }, written)
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const body = await attachItems(client, channel, { body: written, items: options.attach }, terminal)
  const recorded = await client.appendAct({
    params: { channel },
    body: {
      type,
      ...(id === undefined || subject === undefined
        ? {}
        : { subject: await subject.find(client, channel, id, terminal) }),
      data: known.place === 'founding' ? await address(client, channel, given, terminal) : given,
      ...(body === undefined ? {} : { body }),
      ...(options.exercise === undefined ? {} : { exercise: options.exercise }),
      ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    },
  })
  const { digest, log, position } = recorded.entry
  const told = options.json === true ? undefined : await tell?.(client, channel, digest, terminal)
  terminal.answer(options.json === true, recorded, () => [
    terminal.say('act.recorded', { digest, log, position, standing: recorded.standing.level }),
    ...(told ?? []),
  ])
}

async function address(client: Client, channel: string, data: DataObject, { say }: Terminal): Promise<DataObject> {
  if (data['to'] !== undefined) return data
  const { own, parties } = await client.viewChannel({ params: { channel } })
  const others = parties.filter((party) => party !== own)
  if (others.length !== 1) throw new CliError('usage.argument', say('error.to', { parties: others.join(', ') }))
  return { to: others[0]!, ...data }
}
