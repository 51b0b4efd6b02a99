// `parley adopt`: hands an agreement pack to the node and says, in an entry, that the party adopts it.

import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import type { Command } from 'commander'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { readPackFolder } from '../files.ts'
import type { Terminal } from '../terminal.ts'

interface AdoptOptions extends CommonOptions {
  readonly channel?: string
  readonly wait?: true | string
}

const waitSecondsDefault = 60
const pauseMilliseconds = 200

export function addAdoptCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('adopt')
    .description(say('command.adopt'))
    .argument('<folder>', say('argument.pack'))
    .option('--channel <channel>', say('option.channel'))
    .option('--wait [seconds]', say('option.wait'))
    .action((folder: string, _options, command: Command) =>
      adopt(folder, command.optsWithGlobals<AdoptOptions>(), terminal),
    )
}

async function adopt(folder: string, options: AdoptOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const names = await readPackFolder(folder, terminal)
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const files = Object.entries(names).map(([name, text]) => ({ name, text }))
  const { digest, id } = await client.importPack({ body: { files } })
  const { party } = await client.viewNode()
  const isAdopted = await hasAdopted(client, channel, party, digest)
  if (!isAdopted) {
    await client.appendAct({ params: { channel }, body: { type: 'agreement.adopted', data: { pack: digest } } })
  }
  const inForce =
    options.wait === undefined
      ? await isInForce(client, channel, digest)
      : await waitForForce(client, channel, digest, options.wait, terminal)
  terminal.answer(options.json === true, { channel, id, pack: digest, recorded: !isAdopted, inForce }, () => [
    say(isAdopted ? 'adopt.before' : 'adopt.done', { id, digest }),
    say(inForce ? 'adopt.in-force' : 'adopt.not-in-force'),
  ])
}

async function hasAdopted(client: Client, channel: string, party: string, digest: string): Promise<boolean> {
  const { adoptions } = await client.viewAgreement({ params: { channel } })
  return adoptions.some((adoption) => adoption.party === party && adoption.pack === digest && !adoption.withdrawn)
}

async function isInForce(client: Client, channel: string, digest: string): Promise<boolean> {
  const { inForce } = await client.viewAgreement({ params: { channel } })
  return inForce?.pack === digest
}

async function waitForForce(
  client: Client,
  channel: string,
  digest: string,
  wait: true | string,
  { say }: Terminal,
): Promise<boolean> {
  const seconds = wait === true ? waitSecondsDefault : Number(wait)
  if (!(seconds > 0)) throw new CliError('usage.argument', say('error.number', { value: String(wait) }))
  const last = Date.now() + seconds * 1000
  while (Date.now() < last) {
    try {
      if (await isInForce(client, channel, digest)) return true
    } catch (error) {
      // So many questions in a minute are too many; the answer is as good a moment later.
      if (!(error instanceof ApiProblem) || error.code !== 'http.rate') throw error
      await sleep(1000 * (error.retryAfterSeconds ?? 1))
    }
    await sleep(pauseMilliseconds)
  }
  throw new CliError('wait.timeout', say('error.wait', { seconds }))
}
