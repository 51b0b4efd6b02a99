// `parley verify`: verifies files offline, without a node, a home or a network, and says what each of them proved.

import { compilePack, MechanismError, packDigest, wordOf, formatCustodyText } from '@parley/mechanism'
import type { CustodyAccount } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import type { Command } from 'commander'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { exitCodes } from '../exit-codes.ts'
import { readBytes, readPackFolder } from '../files.ts'
import { showMoment } from '../moment.ts'
import { startProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { refused } from '../verify/finding.ts'
import type { CountName, FactName, Failure, Finding } from '../verify/finding.ts'
import { recogniseFile } from '../verify/recognise.ts'
import type { CaseFinding } from '../verify/verify-case.ts'
import { openTrust } from '../verify/trust.ts'
import type { Trust } from '../verify/trust.ts'
import type { CustodyFinding } from '../verify/verify-custody.ts'

interface VerifyOptions extends CommonOptions {
  readonly key?: readonly string[]
  readonly genesis?: string
  readonly card?: readonly string[]
  readonly entry?: string
  readonly pack?: string
}

interface Verified extends CaseFinding, CustodyFinding {
  readonly file: string
}

export function addVerifyCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('verify')
    .description(say('command.verify'))
    .argument('<file...>', say('argument.files'))
    .option('--key <vkey...>', say('option.key'))
    .option('--genesis <file>', say('option.genesis'))
    .option('--card <file...>', say('option.card'))
    .option('--entry <file>', say('option.entry-file'))
    .option('--pack <folder>', say('option.pack'))
    .action((files: string[], _options, command: Command) =>
      verify(files, command.optsWithGlobals<VerifyOptions>(), terminal),
    )
}

async function verify(files: readonly string[], options: VerifyOptions, terminal: Terminal): Promise<void> {
  const genesis = options.genesis === undefined ? undefined : await readBytes(options.genesis, terminal)
  const cards = await Promise.all((options.card ?? []).map((file) => readBytes(file, terminal)))
  const trust = await openTrust(nodeCrypto, options.key ?? [], genesis, cards)
  const results: Verified[] = []
  for (const file of files) {
    results.push({ file, ...(await verifyFile(await readBytes(file, terminal), trust, options, terminal)) })
  }
  const verified = results.every(({ failures }) => failures.length === 0)
  const told = results.some(({ acts }) => acts !== undefined)
  const { describeCase } = told ? await import('../verify/describe-case.ts') : { describeCase: () => [] }
  const shown = results.map((result) => ({ verified: result.failures.length === 0, ...result }))
  terminal.answer(options.json === true, { verified, files: shown }, () => [
    ...results.flatMap((result) => [
      ...describe(result, trust, terminal),
      ...(result.custody === undefined ? [] : describeCustody(result.custody, terminal)),
      ...(result.acts === undefined ? [] : describeCase(result.acts, terminal)),
    ]),
    terminal.say(verified ? 'verify.all' : 'verify.not-all'),
  ])
  if (!verified) {
    process.exitCode = exitCodes.failed
    for (const { failures, file } of results) {
      for (const { code, detail, where } of failures) terminal.warn(`parley: ${code}: ${file}: ${where}: ${detail}`)
    }
  }
}

async function verifyFile(
  bytes: Uint8Array,
  trust: Trust,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<CaseFinding & CustodyFinding> {
  const kind = recogniseFile(bytes)
  if (kind === undefined) return refused('unknown', 'verify.unknown', 'file', terminal.say('verify.unknown'))
  if (kind === 'bundle') return verifyBundle(bytes, trust, options, terminal)
  if (kind === 'case') {
    const { verifyCaseFile } = await import('../verify/verify-case.ts')
    return verifyCaseFile(nodeCrypto, bytes, trust, await readPack(options, terminal))
  }
  // A signature that nobody is trusted for proves nothing.
  if (trust.keys.length === 0) throw new CliError('usage.keys', terminal.say('error.keys'))
  const notes = await import('../verify/verify-notes.ts')
  switch (kind) {
    case 'custody': {
      const { verifyCustodyFile } = await import('../verify/verify-custody.ts')
      return verifyCustodyFile(nodeCrypto, bytes, trust)
    }
    case 'checkpoint':
      return notes.verifyCheckpointFile(nodeCrypto, bytes, trust)
    case 'fork':
      return notes.verifyForkFile(nodeCrypto, bytes, trust)
    case 'proof': {
      const entry = options.entry === undefined ? undefined : await readBytes(options.entry, terminal)
      return notes.verifyProofFile(nodeCrypto, bytes, entry, trust)
    }
  }
}

async function readPack({ pack: folder }: VerifyOptions, terminal: Terminal) {
  if (folder === undefined) return undefined
  const pack = compilePack(await readPackFolder(folder, terminal))
  return { digest: packDigest(pack, nodeCrypto), pack }
}

async function verifyBundle(
  bytes: Uint8Array,
  trust: Trust,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<Finding> {
  const { verifyBundleFile } = await import('../verify/verify-bundle.ts')
  const pack = await readPack(options, terminal)
  const progress = startProgress(terminal.say('command.verify'), options.json === true)
  try {
    return await verifyBundleFile(bytes, {
      crypto: nodeCrypto,
      trust,
      progress: progress.update,
      ...(pack === undefined ? {} : { pack }),
    })
  } finally {
    progress.stop()
  }
}

/** The custody as people read it, and what a certificate cannot say. */
function describeCustody(custody: CustodyAccount, { language, say }: Terminal): string[] {
  return [
    '',
    formatCustodyText(custody, language, (key) => wordOf(language, key), showMoment),
    say('verify.custody-limits'),
  ]
}

function describe({ counts, facts, failures, file, ineffective, kind }: Verified, trust: Trust, terminal: Terminal) {
  const { say } = terminal
  const outcome = failures.length === 0 ? say('verify.verified') : say('verify.failed')
  // Of a case the states follow from what is in it, and the marking says how the file is to be handled.
  const worded = (name: string, value: string): string =>
    name === 'handling' || name === 'status'
      ? wordOf(terminal.language, name === 'status' ? `requestStatus.${value}` : `handling.${value}`)
      : value
  const line = ({ code, where }: Failure): string => `  ${code}  ${where}  ${reasonWord(code, terminal)}`.trimEnd()
  return [
    `${file}: ${say(`kind.${kind}`)}: ${outcome}`,
    ...Object.entries(facts).map(([name, value]) => `  ${say(`fact.${name as FactName}`)}: ${worded(name, value)}`),
    ...Object.entries(counts).map(([name, count]) => `  ${say(`count.${name as CountName}`)}: ${count}`),
    ...(standsOnGenesis(kind) && trust.genesis === undefined && failures.length === 0 ? [say('verify.compare')] : []),
    ...(standsOnGenesis(kind) && facts['pack'] === undefined && failures.length === 0 ? [say('verify.no-pack')] : []),
    ...(ineffective.length === 0 ? [] : [say('verify.ineffective'), ...ineffective.map(line)]),
    ...(failures.length === 0 ? [] : [say('verify.failures'), ...failures.map(line)]),
  ]
}

function standsOnGenesis(kind: Finding['kind']): boolean {
  return kind === 'bundle' || kind === 'case'
}

function reasonWord(code: string, { language }: Terminal): string {
  try {
    return wordOf(language, code)
  } catch (error) {
    if (error instanceof MechanismError) return ''
    throw error
  }
}
