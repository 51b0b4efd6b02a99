// `parley show`: one entry as it stands in its log, and what its body says if this node can open it.

import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import type { DataObject, StateObject } from '@parley/api'
import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { findEntry } from '../find-log.ts'
import type { Terminal } from '../terminal.ts'

export function addShowCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('show')
    .description(say('command.show'))
    .argument('<entry>', say('argument.entry'))
    .action((entry: string, _options, command: Command) =>
      show(entry, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

async function show(text: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const { log, position } = await findEntry(client, text, terminal)
  const view = await client.viewEntry({ params: { log: log.id, position } })
  const body = await openBody(client, view.entry)
  terminal.answer(options.json === true, { ...view, origin: log.origin, body }, () => [
    `${log.origin}:${position}`,
    terminal.say('show.entry', { digest: view.digest, verdict: view.verdict, standing: view.standing.level }),
    ...(view.code === undefined ? [] : [view.code]),
    view.entry === null ? terminal.say('show.no-entry') : JSON.stringify(view.entry, null, 2),
    ...(body === null ? [] : [terminal.say('show.body'), JSON.stringify(body, null, 2)]),
  ])
}

async function openBody(client: Client, entry: DataObject | null): Promise<StateObject | null> {
  const reference = entry?.['body']
  if (typeof reference !== 'object' || Array.isArray(reference)) return null
  const digest = reference['ciphertext']
  if (typeof digest !== 'string') return null
  try {
    return (await client.openBody({ params: { digest } })).plaintext
  } catch (error) {
    if (error instanceof ApiProblem && error.code.startsWith('body.')) return { code: error.code }
    throw error
  }
}
