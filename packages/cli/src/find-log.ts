// A log by its id, the beginning of its id, or its origin; and an entry by its place or its digest.

import type { EntryRow, LogView } from '@parley/api'
import type { Client } from '@parley/api/client'
import { CliError } from './error.ts'
import type { Terminal } from './terminal.ts'

const entriesPerPage = 200

export interface Place {
  readonly log: LogView
  readonly position: number
}

/** @throws CliError `entry.absent`, `usage.argument` (several begin so) */
export async function findLog(client: Client, text: string, { say }: Terminal): Promise<LogView> {
  const { items } = await client.listLogs()
  const found = items.filter(
    ({ id, origin }) => origin === text || (/^[0-9a-f]{4,64}$/.test(text) && id.startsWith(text)),
  )
  if (found.length > 1) throw new CliError('usage.argument', say('error.several', { value: text }))
  if (found.length === 0) throw new CliError('entry.absent', say('error.no-log', { value: text }))
  return found[0]!
}

/** @throws CliError `usage.argument` */
export function parsePosition(text: string, { say }: Terminal): number {
  if (/^(?:0|[1-9][0-9]{0,14})$/.test(text)) return Number(text)
  throw new CliError('usage.argument', say('error.number', { value: text }))
}

/** The entry at `LOG:POSITION`, or with this digest. @throws CliError `entry.absent`, `usage.argument` */
export async function findEntry(client: Client, text: string, terminal: Terminal): Promise<Place> {
  const colon = text.lastIndexOf(':')
  if (colon > 0) {
    const log = await findLog(client, text.slice(0, colon), terminal)
    return { log, position: parsePosition(text.slice(colon + 1), terminal) }
  }
  if (!/^[0-9a-f]{6,64}$/.test(text)) {
    throw new CliError('usage.argument', terminal.say('error.digest', { value: text }))
  }
  const found: Place[] = []
  for (const log of (await client.listLogs()).items) {
    for await (const { digest, position } of eachEntry(client, log, 0)) {
      if (digest.startsWith(text)) found.push({ log, position })
    }
  }
  const [first, second] = found
  if (second !== undefined) throw new CliError('usage.argument', terminal.say('error.several', { value: text }))
  if (first === undefined) throw new CliError('entry.absent', terminal.say('error.absent', { value: text }))
  return first
}

/** The entries of a log from a position on, page after page. */
export async function* eachEntry(client: Client, { id }: LogView, start: number): AsyncGenerator<EntryRow> {
  for (let from = start; ;) {
    const { items, size } = await client.listEntries({ params: { log: id }, query: { from, limit: entriesPerPage } })
    yield* items
    from += items.length
    if (items.length === 0 || from >= size) return
  }
}
