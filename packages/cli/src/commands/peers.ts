// `parley peers`: how the links to the other parties stand, a test of one, step by step, and going on without one.

import type { PeerTest, PeerView } from '@parley/api'
import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
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
  peers
    .command('override')
    .description(say('command.peers.override'))
    .argument('<party>', say('argument.party'))
    .requiredOption('--without-its-answer', say('option.without-its-answer'))
    .action((party: string, _options, command: Command) =>
      override(party, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

async function list(options: CommonOptions, terminal: Terminal): Promise<void> {
  const { items } = await (await connect(options, terminal)).listPeers()
  terminal.answer(options.json === true, { items }, () =>
    items.length === 0
      ? [terminal.say('list.empty')]
      : items.flatMap((peer) => [
          describe(peer, terminal),
          ...describeOverride(peer, terminal).map((line) => `  ${line}`),
        ]),
  )
}

function describe({ address, incoming, lastContact, outgoing, party, state, ...rest }: PeerView, { say }: Terminal) {
  const behind = outgoing.reduce((sum, { acked, size }) => sum + size - acked, 0)
  const ahead = incoming.reduce((sum, { head, size }) => sum + Math.max(0, head - size), 0)
  const contact = lastContact === null ? '–' : showMoment(lastContact)
  const error = rest.lastError === null ? '' : `  ${rest.lastError.code}`
  return `${party}  ${say(`peer.${state}`)}  ${address}  ${contact}  ${say('peer.waiting', { behind, ahead })}${error}`
}

/** Says to go on without the party. The machine does it alone only where there are no people for it. */
async function override(party: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const waiting = (await client.listPeers()).items.find((peer) => peer.party === party)?.holdsUp ?? []
  if (waiting.length === 0) throw new CliError('usage.argument', terminal.say('override.nothing', { party }))
  const peer = await client.overridePeer({ params: { party }, body: { logs: [...waiting] } })
  terminal.answer(options.json === true, peer, () => describeOverride(peer, terminal))
}

/** What waits for the party, and what was decided about it. */
function describeOverride({ holdsUp, override: decided, party }: PeerView, { say }: Terminal): string[] {
  const lines = holdsUp.length === 0 ? [] : [say('override.waits', { party, logs: holdsUp.length })]
  if (decided === null) return lines
  const at = showMoment(decided.at)
  if (decided.state === 'asked') return [...lines, say('override.asked', { party, at })]
  return [...lines, say(decided.heardSince ? 'override.heard' : 'override.done', { party, at })]
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
