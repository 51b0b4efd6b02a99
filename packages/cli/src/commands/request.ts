// `parley request`: one command for each act of a request, with its coded fields as options, and some that only look.

import type { Client } from '@parley/api/client'
import type { Command } from 'commander'
import { addActVerbs } from '../act-verbs.ts'
import type { ActVerb, SubjectArgument } from '../act-verbs.ts'
import type { Terminal } from '../terminal.ts'
import { describeAlsoAsked, describeMissing } from './describe-case.ts'
import { findRequest } from './find-request.ts'
import { addCaseBundleCommand } from './request-bundle.ts'
import { addOpenedCommand } from './request-opened.ts'
import { addRequestViews } from './request-views.ts'

const verbs: readonly ActVerb[] = [
  { name: 'open', type: 'request.opened', word: 'command.request.open', tell: tellOpened },
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

const requestArgument: SubjectArgument = { word: 'argument.request', find: findRequest }

export function addRequestCommands(program: Command, terminal: Terminal): void {
  const request = program.command('request').description(terminal.say('command.request'))
  addActVerbs(request, verbs, terminal, requestArgument)
  addOpenedCommand(request, terminal)
  addRequestViews(request, terminal)
  addCaseBundleCommand(request, terminal)
}

/** By the guidelines that rule it, as whoever receives it will be told. */
async function tellOpened(client: Client, channel: string, digest: string, terminal: Terminal): Promise<string[]> {
  const { alsoAsked, missing } = await client.viewRequest({ params: { channel, id: digest } })
  return [...describeMissing(missing, terminal), ...describeAlsoAsked(alsoAsked, terminal)]
}
