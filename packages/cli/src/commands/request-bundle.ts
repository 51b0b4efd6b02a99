// `parley request bundle`: one case as a file that a court can verify offline, with the texts that the person chooses. Which
// texts leave is said by naming them; nothing is disclosed by leaving something out.

import { joinHandling, wordOf } from '@parley/mechanism'
import type { Client } from '@parley/api/client'
import type { ActView } from '@parley/api'
import type { Command } from 'commander'
import { chooseChannel, connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { standardStream, writeNew } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import { findRequest } from './find-request.ts'

interface BundleOptions extends CommonOptions {
  readonly channel?: string
  readonly out: string
  readonly disclose?: readonly string[]
  readonly discloseAll?: true
}

export function addCaseBundleCommand(request: Command, terminal: Terminal): void {
  const { say } = terminal
  request
    .command('bundle')
    .description(say('command.request.bundle'))
    .argument('<id>', say('argument.request'))
    .requiredOption('--out <file>', say('option.out'))
    .addOption(request.createOption('--disclose <digest...>', say('option.disclose')).conflicts('discloseAll'))
    .option('--disclose-all', say('option.disclose-all'))
    .option('--channel <channel>', say('option.channel'))
    .action((id: string, _options, command: Command) =>
      writeCase(id, command.optsWithGlobals<BundleOptions>(), terminal),
    )
}

async function writeCase(text: string, options: BundleOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const channel = await chooseChannel(client, options.channel, terminal)
  const id = await findRequest(client, channel, text, terminal)
  const { evidence, said } = await listSaid(client, channel, id)
  const readable = said.filter(({ body }) => body?.state === 'opened').map(({ entry }) => entry.digest)
  const disclose = options.discloseAll === true ? readable : [...(options.disclose ?? [])]
  const bytes = await client.exportCase({ params: { channel, id }, body: { disclose } })
  await writeNew(options.out, [bytes], terminal)
  if (options.out === standardStream) return
  const handling = handlingOf(said, disclose)
  const value = {
    request: id,
    file: options.out,
    bytes: bytes.length,
    disclosed: disclose,
    texts: said.length,
    handling,
    evidence,
  }
  const { language, say } = terminal
  terminal.answer(options.json === true, value, () => [
    say('bundle.case', {
      file: options.out,
      disclosed: disclose.length,
      texts: said.length,
      handling: handling === null ? '–' : wordOf(language, `handling.${handling}`),
    }),
    ...evidence.map((item) => say('bundle.beside', { id: item })),
  ])
}

/** The valid acts of the request and of its evidence that said something in a text, and the items of evidence. */
async function listSaid(client: Client, channel: string, id: string) {
  const view = await client.viewRequest({ params: { channel, id } })
  const evidence: string[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { request: id, ...(cursor === undefined ? {} : { cursor }) }
    const page = await client.listEvidence({ params: { channel }, query })
    evidence.push(...page.items.map((item) => item.id))
    cursor = page.next
  }
  const acts: ActView[] = [...view.acts]
  for (const item of evidence) acts.push(...(await client.viewEvidence({ params: { channel, id: item } })).acts)
  return { evidence, said: acts.filter(({ body, verdict }) => body !== undefined && verdict === 'valid') }
}

/** The strictest marking of what is disclosed; what bears none is as the request. Null when nothing is. */
function handlingOf(said: readonly ActView[], disclosed: readonly string[]) {
  const founding = said.find(({ type }) => type === 'request.opened')?.data['handling']
  const markings = said
    .filter(({ entry }) => disclosed.includes(entry.digest))
    .map(({ data }) => data['handling'] ?? founding)
    .map((marking) => (typeof marking === 'string' ? marking : undefined))
  return markings.length === 0 ? null : joinHandling(markings)
}
