// `parley log`: the logs that the node holds, or the entries of one of them.

import type { EntryRow, LogView } from '@parley/api'
import type { Command } from 'commander'
import { connect } from '../common-options.ts'
import type { CommonOptions } from '../common-options.ts'
import { eachEntry, findLog, parsePosition } from '../find-log.ts'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

interface LogOptions extends CommonOptions {
  readonly from: string
  readonly limit: string
}

export function addLogCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal
  program
    .command('log')
    .description(say('command.log'))
    .argument('[log]', say('argument.log'))
    .option('--from <position>', say('option.from'), '0')
    .option('--limit <count>', say('option.limit'), '1000')
    .action((log: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<LogOptions>()
      return log === undefined ? listLogs(options, terminal) : listEntries(log, options, terminal)
    })
}

async function listLogs(options: LogOptions, terminal: Terminal): Promise<void> {
  const client = await connect(options, terminal)
  const { items } = await client.listLogs()
  terminal.answer(options.json === true, { items }, () => items.map((log) => describeLog(log, terminal)))
}

function describeLog({ cosigners, frozen, head, id, origin, own, size }: LogView, { say }: Terminal): string {
  const mirrored = cosigners.map(({ name, size: upTo }) => `${name} ${upTo}`).join(', ')
  const marks = [own ? say('log.own') : '', frozen ? say('log.frozen') : ''].filter((mark) => mark !== '').join(' ')
  return `${id.slice(0, 16)}  ${origin}  ${size}  ${say('log.head', { size: head?.size ?? 0 })}  ${marks}  ${mirrored}`
}

async function listEntries(name: string, options: LogOptions, terminal: Terminal): Promise<void> {
  const from = parsePosition(options.from, terminal)
  const limit = parsePosition(options.limit, terminal)
  const client = await connect(options, terminal)
  const log = await findLog(client, name, terminal)
  const items: EntryRow[] = []
  if (limit > 0) {
    for await (const row of eachEntry(client, log, from)) {
      items.push(row)
      if (items.length >= limit) break
    }
  }
  const { id, origin, size } = log
  terminal.answer(options.json === true, { log: id, origin, size, items }, () => items.map(describeEntry))
}

function describeEntry({ at, code, digest, party, position, standing, type, verdict }: EntryRow): string {
  const when = at === null ? '–' : showMoment(at)
  const judged = code === undefined ? verdict : `${verdict} ${code}`
  return `${position}  ${when}  ${party}  ${type ?? '–'}  ${digest.slice(0, 16)}  ${judged}  ${standing.level}`
}
