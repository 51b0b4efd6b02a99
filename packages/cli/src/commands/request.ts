// `parley request`: one command for each act of a request, with its coded fields as options, and two that only look.

import { findType, listGiven, listMissing, type Asked } from '@parley/mechanism'
import type { Client } from '@parley/api/client'
import type { DataObject, StateObject } from '@parley/api'
import type { Command } from 'commander'
import { addActOptions, readActData } from '../act-options.ts'
import { addBodyOptions, readBody } from '../body-options.ts'
import type { BodyOptions } from '../body-options.ts'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import type { Terminal } from '../terminal.ts'
import type { WordKey } from '../words/en.ts'
import { findRequest } from './find-request.ts'
import { addCaseBundleCommand } from './request-bundle.ts'
import { addOpenedCommand } from './request-opened.ts'
import { addRequestViews } from './request-views.ts'

interface ActOptions extends CommonOptions, BodyOptions {
  readonly channel?: string
  readonly exercise?: true
  readonly idempotencyKey?: string
}

interface Verb {
  readonly name: string
  readonly type: string
}

const verbs: readonly (Verb & { readonly word: WordKey })[] = [
  { name: 'open', type: 'request.opened', word: 'command.request.open' },
  { name: 'supplement', type: 'request.supplemented', word: 'command.request.supplement' },
  { name: 'chase', type: 'request.chased', word: 'command.request.chase' },
  { name: 'agree', type: 'request.agreed', word: 'command.request.agree' },
  { name: 'renew', type: 'request.renewed', word: 'command.request.renew' },
  { name: 'convert', type: 'request.converted', word: 'command.request.convert' },
  { name: 'withdraw', type: 'request.withdrawn', word: 'command.request.withdraw' },
  { name: 'assess', type: 'request.assessed', word: 'command.request.assess' },
  { name: 'close', type: 'request.closed', word: 'command.request.close' },
  { name: 'acknowledge', type: 'request.acknowledged', word: 'command.request.acknowledge' },
  { name: 'triage', type: 'request.triaged', word: 'command.request.triage' },
  { name: 'return', type: 'request.returned', word: 'command.request.return' },
  { name: 'query', type: 'request.queried', word: 'command.request.query' },
  { name: 'accept', type: 'request.accepted', word: 'command.request.accept' },
  { name: 'postpone', type: 'request.postponed', word: 'command.request.postpone' },
  { name: 'refuse', type: 'request.refused', word: 'command.request.refuse' },
  { name: 'forward', type: 'request.forwarded', word: 'command.request.forward' },
  { name: 'extend', type: 'request.extended', word: 'command.request.extend' },
  { name: 'update', type: 'request.updated', word: 'command.request.update' },
  { name: 'preserve', type: 'request.preserved', word: 'command.request.preserve' },
  { name: 'release', type: 'request.released', word: 'command.request.release' },
  { name: 'answer', type: 'request.answered', word: 'command.request.answer' },
]

/** In a channel of two there is only one party to ask. */
const defaulted = new Set(['to'])

export function addRequestCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const request = program.command('request').description(say('command.request'))
  for (const verb of verbs) {
    const known = findType(verb.type)!
    const command = request.command(verb.name).description(say(verb.word))
    if (known.place !== 'founding') command.argument('<id>', say('argument.request'))
    addActOptions(command, known.shape, terminal, defaulted)
    if (known.body !== 'none') addBodyOptions(command, terminal)
    command
      .option('--channel <channel>', say('option.channel'))
      .option('--exercise', say('option.exercise'))
      .option('--idempotency-key <key>', say('option.idempotency-key'))
      .action((...given: unknown[]) => {
        const id = known.place === 'founding' ? undefined : (given[0] as string)
        return act(verb, id, command.optsWithGlobals<ActOptions>(), terminal)
      })
  }
  addOpenedCommand(request, terminal)
  addRequestViews(request, terminal)
  addCaseBundleCommand(request, terminal)
}

async function act({ type }: Verb, id: string | undefined, options: ActOptions, terminal: Terminal): Promise<void> {
  const known = findType(type)!
  const body = known.body === 'none' ? undefined : await readBody(options, known.body === 'required', terminal)
  const given = readActData(known.shape, options as Readonly<Record<string, unknown>>)
  const data = declareParticulars(type, given, body)
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const told = type === 'request.opened' ? await addressed(client, channel, data, terminal) : data
  const recorded = await client.appendAct({
    params: { channel },
    body: {
      type,
      ...(id === undefined ? {} : { subject: await findRequest(client, channel, id, terminal) }),
      data: told,
      ...(body === undefined ? {} : { body }),
      ...(options.exercise === undefined ? {} : { exercise: options.exercise }),
      ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    },
  })
  const { digest, log, position } = recorded.entry
  const missing = type === 'request.opened' ? listMissingOf(told) : []
  terminal.answer(options.json === true, recorded, () => [
    terminal.say('act.recorded', { digest, log, position, standing: recorded.standing.level }),
    ...(missing.length === 0 ? [] : [terminal.say('request.missing', { particulars: missing.join(', ') })]),
  ])
}

const declaring = new Set(['request.opened', 'request.supplemented'])

/** What the body gives is declared by code, so that both sides compute what is missing. */
function declareParticulars(type: string, data: DataObject, body: StateObject | undefined): DataObject {
  const given = listGiven(body?.['fields'] as Record<string, string> | undefined)
  if (!declaring.has(type) || data['particulars'] !== undefined || given.length === 0) return data
  return { ...data, particulars: [...given] }
}

function listMissingOf(data: DataObject): readonly string[] {
  const { particulars, ...asked } = data
  return listMissing(asked as unknown as Asked, (particulars as string[] | undefined) ?? [])
}

async function addressed(client: Client, channel: string, data: DataObject, { say }: Terminal): Promise<DataObject> {
  if (data['to'] !== undefined) return data
  const { own, parties } = await client.viewChannel({ params: { channel } })
  const others = parties.filter((party) => party !== own)
  if (others.length !== 1) throw new CliError('usage.argument', say('error.to', { parties: others.join(', ') }))
  return { to: others[0]!, ...data }
}
