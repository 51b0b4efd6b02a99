// `parley prove`: writes the proof of one entry as a file of c2sp.org/tlog-proof that carries the entry itself, so that
// `parley verify` needs nothing else but the keys.

import { formatTlogProof, formatUtf8, parseBase64, parseTlogProof, parseUtf8 } from '@parley/record'
import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { writeNew } from '../files.ts'
import { findLog, parsePosition } from '../find-log.ts'
import type { Terminal } from '../terminal.ts'

interface ProveOptions extends CommonOptions {
  readonly out?: string
}

export function addProveCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('prove')
    .description(say('command.prove'))
    .argument('<log>', say('argument.log'))
    .argument('<position>', say('argument.position'))
    .option('--out <file>', say('option.out'))
    .action((log: string, position: string, _options, command: Command) =>
      prove(log, position, command.optsWithGlobals<ProveOptions>(), terminal),
    )
}

async function prove(name: string, text: string, options: ProveOptions, terminal: Terminal): Promise<void> {
  const position = parsePosition(text, terminal)
  const client = await connect(options, terminal)
  const { id, origin } = await findLog(client, name, terminal)
  const params = { log: id, position }
  const proof = parseTlogProof(formatUtf8(await client.viewEntryProof({ params })))
  const { bytes, digest, proof: keys } = await client.viewEntry({ params })
  const file = formatTlogProof({ ...proof, extra: parseBase64(bytes) })
  const out = options.out ?? '-'
  if (out === '-') {
    // A proof is lines of text; with `--json` it is one field among those that say what it is.
    if (options.json !== true) return writeNew(out, file, terminal)
  } else {
    await writeNew(out, file, terminal)
  }
  const verifierKeys = (keys?.verifierKeys ?? []).map(({ key, party, role }) => ({ key, party, role }))
  const value = { log: id, origin, position, digest, verifierKeys, proof: parseUtf8(file) }
  terminal.answer(options.json === true, value, () => [
    terminal.say('written', { file: out }),
    ...verifierKeys.map(({ key, role }) => `--key ${key}  (${role})`),
  ])
}
