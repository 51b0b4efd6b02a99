// `parley release`: what waits, approving it with a key of one's own, and letting it go.

import type { ReleaseRow, ReleaseView } from '@parley/api'
import type { Client } from '@parley/api/client'
import type { Command } from 'commander'
import { readApprovalKey } from '../approval-key.ts'
import { openChannel, openSession } from '../common-options.ts'
import type { ChannelOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'
import { describeChecks } from './describe-case.ts'

interface ApproveOptions extends ChannelOptions {
  readonly key?: string
  readonly digest?: string
}

export function addReleaseCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const release = program.command('release').description(say('command.release'))
  release
    .command('list', { isDefault: true })
    .description(say('command.release.list'))
    .option('--channel <channel>', say('option.channel'))
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ChannelOptions>()
      const { channel, client } = await openChannel(options, terminal)
      const waiting = await client.listReleases({ params: { channel } })
      terminal.answer(options.json === true, waiting, () =>
        waiting.items.length === 0 ? [say('release.none')] : waiting.items.map((row) => describeRow(row, terminal)),
      )
    })

  const about = (name: 'show' | 'approve' | 'revoke' | 'send'): Command =>
    release
      .command(name)
      .description(say(`command.release.${name}`))
      .argument('<draft>', say('argument.draft'))
      .option('--channel <channel>', say('option.channel'))
      .option('--digest <digest>', say('option.release-digest'))

  about('show').action(async (text: string, _options, command: Command) => {
    const { options, waiting } = await open(text, command, terminal)
    answer(waiting, options, terminal)
  })
  about('approve')
    .requiredOption('--key <file>', say('option.own-key'))
    .action(async (text: string, _options, command: Command) => {
      const { call, client, options, waiting } = await open(text, command, terminal)
      const key = await readApprovalKey(options.key!, terminal)
      const approval = await key.approve(waiting.digest)
      answer(await client.approveRelease({ ...call, body: { ...call.body, approval } }), options, terminal)
    })
  about('revoke').action(async (text: string, _options, command: Command) => {
    const { call, client, options } = await open(text, command, terminal)
    answer(await client.revokeApproval(call), options, terminal)
  })
  about('send')
    .option('--key <file>', say('option.own-key'))
    .action(async (text: string, _options, command: Command) => {
      const { call, client, options } = await open(text, command, terminal)
      if (options.key !== undefined) await proveThere(client, options.key, options, terminal)
      const recorded = await client.releaseDraft(call)
      terminal.answer(options.json === true, recorded, () => [say('release.sent', { digest: recorded.entry.digest })])
    })
}

/** What leaves for good takes more than a session: whoever lets it leave proves that they hold their key, now. */
async function proveThere(client: Client, file: string, options: ChannelOptions, terminal: Terminal): Promise<void> {
  const session = await openSession(options, terminal)
  if (session === undefined) throw new CliError('usage.session', terminal.say('error.no-session'))
  const { official, provePresence } = await readApprovalKey(file, terminal)
  const { nonce } = await client.beginKeyProof()
  const signature = await provePresence(session.origin, nonce)
  await client.verifySessionWithKey({ body: { official, nonce, signature } })
}

/**
 * What waits of the draft whose id begins so. When a digest is named, it must be of exactly that.
 *
 * @throws CliError `usage.draft`, `release.changed`
 */
async function open(
  text: string,
  command: Command,
  terminal: Terminal,
): Promise<{
  readonly client: Client
  readonly options: ApproveOptions
  readonly waiting: ReleaseView
  readonly call: { readonly params: { channel: string; draft: string }; readonly body: { digest: string } }
}> {
  const options = command.optsWithGlobals<ApproveOptions>()
  const { channel, client } = await openChannel(options, terminal)
  const { items } = await client.listReleases({ params: { channel } })
  const fitting = items.filter(({ draft }) => draft.startsWith(text))
  if (fitting.length !== 1) throw new CliError('usage.draft', terminal.say('error.absent', { value: text }))
  const params = { channel, draft: fitting[0]!.draft }
  const waiting = await client.viewRelease({ params })
  const { digest } = waiting
  if (options.digest !== undefined && options.digest !== digest) {
    throw new CliError('release.changed', terminal.say('error.release-changed', { digest }))
  }
  return { client, options, waiting, call: { params, body: { digest } } }
}

function describeRow(row: ReleaseRow, { say }: Terminal): string {
  const { digest, draft, missing, stale, submitted, type } = row
  const state = missing > 0 ? say('release.missing', { count: missing }) : say('release.approved')
  return [
    draft,
    type,
    digest.slice(0, 16),
    showMoment(submitted),
    state,
    ...(stale ? [say('release.stale')] : []),
  ].join('  ')
}

/** Everything that whoever approves it must have seen. */
export function describeRelease(waiting: ReleaseView, terminal: Terminal): string[] {
  const { say } = terminal
  const { approvals, body, data, digest } = waiting
  return [
    describeRow(waiting, terminal),
    say('release.digest', { digest }),
    JSON.stringify(data),
    ...describeChecks(waiting.checks, terminal),
    ...(body === undefined
      ? []
      : [
          JSON.stringify(body.plaintext),
          ...body.recipients.map(({ key, party, purpose }) =>
            say(`release.recipient.${purpose}`, { party: party.toUpperCase(), key }),
          ),
        ]),
    ...approvals.map(({ at, kind, person }) => `${person.name ?? person.id}  ${kind}  ${showMoment(at)}`),
  ]
}

function answer(waiting: ReleaseView, options: ChannelOptions, terminal: Terminal): void {
  terminal.answer(options.json === true, waiting, () => describeRelease(waiting, terminal))
}
