// `parley peers`: how the links to the other parties stand, and a test of one, step by step.

import type { PeerTest, PeerView } from '@parley/api'
import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { exitCodes } from '../exit-codes.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

export function addPeersCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const peers = program
    .command('peers')
    .description(say('command.peers'))
    .action((_options, command: Command) => list(command.optsWithGlobals<CommonOptions>(), terminal))
  peers
    .command('test')
    .description(say('command.peers.test'))
    .argument('<party>', say('argument.party'))
    .action((party: string, _options, command: Command) =>
      test(party, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

async function list(options: CommonOptions, terminal: Terminal): Promise<void> {
  const { items } = await (await connect(options, terminal)).listPeers()
  terminal.answer(options.json === true, { items }, () =>
    items.length === 0 ? [terminal.say('list.empty')] : items.map((peer) => describe(peer, terminal)),
  )
}

function describe({ address, incoming, lastContact, outgoing, party, state, ...rest }: PeerView, { say }: Terminal) {
  const behind = outgoing.reduce((sum, { acked, size }) => sum + size - acked, 0)
  const ahead = incoming.reduce((sum, { head, size }) => sum + Math.max(0, head - size), 0)
  const contact = lastContact === null ? '–' : showMoment(lastContact)
  const error = rest.lastError === null ? '' : `  ${rest.lastError.code}`
  return `${party}  ${say(`peer.${state}`)}  ${address}  ${contact}  ${say('peer.waiting', { behind, ahead })}${error}`
}

async function test(party: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const result: PeerTest = await (await connect(options, terminal)).testPeer({ params: { party } })
  terminal.answer(options.json === true, result, () => [
    ...result.steps.map(({ code, milliseconds, outcome, step }) =>
      `${terminal.say(`outcome.${outcome}`)}  ${step}  ${milliseconds} ms  ${code ?? ''}`.trimEnd(),
    ),
    terminal.say(result.passed ? 'peer.passed' : 'peer.failed', { party }),
  ])
  if (!result.passed) process.exitCode = exitCodes.failed
}
