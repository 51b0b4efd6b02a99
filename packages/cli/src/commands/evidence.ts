// `parley evidence`: add a file and hand it over, see who holds what, take the file out for a stated purpose, erase it.

import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Writable } from 'node:stream'
import { codeLists, wordOf } from '@parley/mechanism'
import { nodeCrypto } from '@parley/record/node'
import type { Client } from '@parley/api/client'
import type { DataObject, Download, EvidenceView } from '@parley/api'
import type { Command } from 'commander'
import { writeBag } from '../bag.ts'
import { chooseChannel, connect, homeOf } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { writeNew } from '../files.ts'
import { startProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { beginUpload, sendFile } from '../upload-file.ts'
import { findRequest } from './find-request.ts'

interface EvidenceOptions extends CommonOptions {
  readonly channel?: string
  readonly request?: string
  readonly media?: string
  readonly handling?: string
  readonly to?: string
  readonly description?: string
  readonly upload?: string
  readonly keep?: true
  readonly purpose?: string
  readonly ground?: string
  readonly confirm?: string
  readonly out?: string
}

interface Place {
  readonly client: Client
  readonly channel: string
}

export function addEvidenceCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const evidence = program.command('evidence').description(say('command.evidence'))
  const add = evidence.command('add').description(say('command.evidence.add')).argument('<file>', say('argument.file'))
  add
    .option('--request <id>', say('argument.request'))
    .addOption(add.createOption('--media <code>', say('option.media')).choices([...codeLists.evidenceMedia]))
    .addOption(
      add
        .createOption('--handling <code>', say('option.handling'))
        .choices([...codeLists.handling])
        .default('amber'),
    )
    .option('--to <parties>', say('option.evidence-to'))
    .option('--description <text>', say('option.description'))
    .option('--upload <id>', say('option.upload'))
    .option('--keep', say('option.keep'))
    .option('--channel <channel>', say('option.channel'))
    .action((file: string) => addFile(file, add.optsWithGlobals<EvidenceOptions>(), terminal))

  const list = evidence.command('list').description(say('command.evidence.list'))
  list
    .option('--request <id>', say('argument.request'))
    .option('--channel <channel>', say('option.channel'))
    .action(() => listItems(list.optsWithGlobals<EvidenceOptions>(), terminal))

  const about = (name: string, word: Parameters<typeof say>[0]): Command =>
    evidence
      .command(name)
      .description(say(word))
      .argument('<id>', say('argument.evidence'))
      .option('--channel <channel>', say('option.channel'))
  const purpose = (command: Command): Command =>
    command.addOption(
      command
        .createOption('--purpose <code>', say('option.custody-purpose'))
        .choices([...codeLists.custodyPurpose])
        .makeOptionMandatory(),
    )

  const show = about('show', 'command.evidence.show')
  show.action((id: string) => showItem(id, show.optsWithGlobals<EvidenceOptions>(), terminal))
  const give = about('give', 'command.evidence.give').requiredOption('--to <party>', say('option.evidence-to'))
  give.action((id: string) => {
    const options = give.optsWithGlobals<EvidenceOptions>()
    return act(id, 'evidence.given', { to: options.to! }, options, terminal)
  })
  const fetched = about('fetch', 'command.evidence.fetch').option('--out <file>', say('option.out'))
  fetched.action((id: string) => fetchSealed(id, fetched.optsWithGlobals<EvidenceOptions>(), terminal))
  const take = evidence.command('take').description(say('command.evidence.take'))
  take
    .argument('<file>', say('argument.carried'))
    .action((file: string) => takeFile(file, take.optsWithGlobals<EvidenceOptions>(), terminal))
  const opened = purpose(about('open', 'command.evidence.open')).option('--out <file>', say('option.out'))
  opened.action((id: string) => openItem(id, opened.optsWithGlobals<EvidenceOptions>(), terminal))
  const bag = purpose(about('bag', 'command.evidence.bag')).requiredOption('--out <folder>', say('option.out-folder'))
  bag.action((id: string) => bagItem(id, bag.optsWithGlobals<EvidenceOptions>(), terminal))
  const certificate = about('certificate', 'command.evidence.certificate').option(
    '--out <file>',
    say('option.out'),
    '-',
  )
  certificate.action((id: string) => writeCertificate(id, certificate.optsWithGlobals<EvidenceOptions>(), terminal))
  const erase = about('erase', 'command.evidence.erase').option('--confirm <parties>', say('option.confirm'))
  erase.addOption(
    erase
      .createOption('--ground <code>', say('option.erasure-ground'))
      .choices([...codeLists.erasureGround])
      .makeOptionMandatory(),
  )
  erase.action((id: string) => {
    const options = erase.optsWithGlobals<EvidenceOptions>()
    const confirm = options.confirm?.split(',')
    return act(
      id,
      'evidence.erased',
      { ground: options.ground!, ...(confirm === undefined ? {} : { confirm }) },
      options,
      terminal,
    )
  })
}

async function placeOf(options: EvidenceOptions, terminal: Terminal): Promise<Place> {
  const client = await connect(options, terminal)
  return { client, channel: await chooseChannel(client, options.channel, terminal) }
}

async function addFile(path: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const { say } = terminal
  const found = await stat(path).catch((cause: unknown) => {
    throw new CliError('file.missing', say('error.file-missing', { file: path }), { cause })
  })
  const { channel, client } = await placeOf(options, terminal)
  const request =
    options.request === undefined ? undefined : await findRequest(client, channel, options.request, terminal)
  const { description, handling, media, to } = options
  const id =
    options.upload ??
    (await beginUpload(client, channel, found.size, {
      filename: basename(path),
      handling,
      media,
      request,
      to,
      description,
      language: terminal.language,
    }))
  if (options.json !== true) terminal.warn(say('evidence.uploading', { id }))
  const progress = startProgress(basename(path), options.json === true)
  let item: string
  try {
    item = await sendFile(client, channel, id, path, progress)
  } finally {
    progress.stop()
  }
  const given: string[] = []
  if (options.keep !== true) {
    const { item: row, state } = await client.viewEvidence({ params: { channel, id: item } })
    const parties = (state['custody'] as { party: string }[]).map(({ party }) => party)
    for (const party of parties.filter((one) => one !== row.from)) {
      await record({ channel, client }, 'evidence.given', item, { to: party })
      given.push(party)
    }
  }
  terminal.answer(options.json === true, { channel, item, upload: id, given }, () => [
    say('evidence.added', { item, parties: given.join(', ') || '-' }),
  ])
}

async function listItems(options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const { channel, client } = await placeOf(options, terminal)
  const request =
    options.request === undefined ? undefined : await findRequest(client, channel, options.request, terminal)
  const { items } = await client.listEvidence({
    params: { channel },
    query: request === undefined ? {} : { request },
  })
  terminal.answer(options.json === true, items, () =>
    items.map(({ bytes, from, id, name, status }) =>
      [id, from, wordOf(terminal.language, `evidenceStatus.${status}`), bytes, name ?? '-'].join('  '),
    ),
  )
}

async function showItem(text: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const place = await placeOf(options, terminal)
  const view = await viewItem(place, text, terminal)
  terminal.answer(options.json === true, view, () => describe(view, terminal))
}

function describe({ item, state }: EvidenceView, { language }: Terminal): string[] {
  const custody = state['custody'] as { party: string; status: string; copies: unknown[] }[]
  return [
    item.name ?? item.id,
    `${wordOf(language, `evidenceMedia.${item.media}`)}, ${item.bytes}, ${wordOf(language, `handling.${item.handling}`)}`,
    wordOf(language, `evidenceStatus.${item.status}`),
    ...custody.map(({ copies, party, status }) => {
      return `${party}: ${wordOf(language, `custodyStatus.${status}`)} (${wordOf(language, 'type.evidence.copied')}: ${copies.length})`
    }),
  ]
}

/** An item by its digest or the beginning of it. @throws CliError `entry.absent`, `usage.argument` */
async function viewItem({ channel, client }: Place, text: string, { say }: Terminal): Promise<EvidenceView> {
  if (/^[0-9a-f]{64}$/.test(text)) return client.viewEvidence({ params: { channel, id: text } })
  if (!/^[0-9a-f]{6,63}$/.test(text)) throw new CliError('usage.argument', say('error.digest', { value: text }))
  const { items } = await client.listEvidence({ params: { channel }, query: { limit: 200 } })
  const fitting = items.filter(({ id }) => id.startsWith(text))
  if (fitting.length > 1) throw new CliError('usage.argument', say('error.several', { value: text }))
  if (fitting[0] === undefined) throw new CliError('entry.absent', say('error.absent', { value: text }))
  return client.viewEvidence({ params: { channel, id: fitting[0].id } })
}

async function record({ channel, client }: Place, type: string, subject: string, data: DataObject): Promise<string> {
  const { entry } = await client.appendAct({ params: { channel }, body: { type, subject, data } })
  return entry.digest
}

async function act(
  text: string,
  type: string,
  data: DataObject,
  options: EvidenceOptions,
  terminal: Terminal,
): Promise<void> {
  const place = await placeOf(options, terminal)
  const { item } = await viewItem(place, text, terminal)
  const entry = await record(place, type, item.id, data)
  terminal.answer(options.json === true, { item: item.id, type, entry }, () => [
    `${wordOf(terminal.language, `type.${type}`)}: ${entry}`,
  ])
}

/** States the purpose, then takes the file: the first time it is opened, later it is copied. */
async function takeOut(place: Place, { item, may }: EvidenceView, purpose: string): Promise<Download> {
  const isFirst = may.some(({ allowed, type }) => type === 'evidence.opened' && allowed)
  const entry = await record(place, isFirst ? 'evidence.opened' : 'evidence.copied', item.id, { purpose })
  return place.client.exportEvidence({ params: { channel: place.channel, id: item.id }, query: { act: entry } })
}

async function openItem(text: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const place = await placeOf(options, terminal)
  const view = await viewItem(place, text, terminal)
  const { content, length, name } = await takeOut(place, view, options.purpose!)
  const out = options.out ?? name
  await writeStream(out, content, terminal)
  terminal.answer(options.json === true, { item: view.item.id, file: out, bytes: length }, () => [
    terminal.say('written', { file: out }),
  ])
}

async function fetchSealed(text: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const place = await placeOf(options, terminal)
  const { item } = await viewItem(place, text, terminal)
  const params = { channel: place.channel, id: item.id }
  const { content, length, name } = await place.client.exportSealedEvidence({ params })
  const out = options.out ?? name
  await writeStream(out, content, terminal)
  terminal.answer(options.json === true, { item: item.id, file: out, bytes: length }, () => [
    terminal.say('written', { file: out }),
  ])
}

/** The folder of the node is written to, whether the node runs or not: it keeps what it finds there when it has checked it. */
async function takeFile(path: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const { openHome, takeCarried } = await import('@parley/server')
  const { held, ...file } = await takeCarried(nodeCrypto, await openHome(homeOf(options, terminal)), path)
  terminal.answer(options.json === true, { ...file, held }, () => [
    terminal.say(held ? 'evidence.taken-already' : 'evidence.taken', file),
  ])
}

async function bagItem(text: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const place = await placeOf(options, terminal)
  const view = await viewItem(place, text, terminal)
  const { item, state } = view
  const { content, name } = await takeOut(place, view, options.purpose!)
  const params = { channel: place.channel, id: item.id }
  const certificate = await place.client.viewCertificate({ params })
  const info = {
    'External-Identifier': item.id,
    'Source-Organization': item.from,
    'Bagging-Date': new Date().toISOString().slice(0, 10),
    'Parley-Ciphertext-SHA256': state['ciphertext'] as string,
  }
  const { bytes } = await writeBag(options.out!, { name, content }, info, [['custody.json', certificate]])
  terminal.answer(
    options.json === true,
    { item: item.id, folder: options.out, file: join('data', name), bytes },
    () => [terminal.say('written', { file: options.out! })],
  )
}

async function writeCertificate(text: string, options: EvidenceOptions, terminal: Terminal): Promise<void> {
  const place = await placeOf(options, terminal)
  const { item } = await viewItem(place, text, terminal)
  const certificate = await place.client.viewCertificate({ params: { channel: place.channel, id: item.id } })
  await writeNew(options.out ?? '-', certificate, terminal)
}

/** @throws CliError `file.exists` */
async function writeStream(path: string, content: ReadableStream<Uint8Array>, { say }: Terminal): Promise<void> {
  try {
    await content.pipeTo(Writable.toWeb(createWriteStream(path, { flags: 'wx', mode: 0o600 })))
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'EEXIST') throw cause
    throw new CliError('file.exists', say('error.file-exists', { file: path }), { cause })
  }
}
