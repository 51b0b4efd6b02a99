// Acts that tests record, as small as their types allow, and what tests look at afterwards.

import type { BodyContent } from '@parley/mechanism'
import { recordAct } from '../src/desk/act.ts'
import type { RecordedAct } from '../src/desk/act.ts'
import { viewCut } from '../src/desk/cut.ts'
import type { CutDigests } from '../src/desk/cut.ts'
import { viewStanding } from '../src/desk/standing.ts'
import { readEntries } from '../src/db/entries.ts'
import type { StoredEntry } from '../src/db/entries.ts'
import type { ParleyNode } from '../src/node.ts'
import { eventually } from './two-nodes.ts'
import type { TestNode } from './two-nodes.ts'

/** A body of one English text. */
export function bodyOf(text: string): BodyContent {
  return { v: 1, texts: [{ language: 'en', text, role: 'original' }] }
}

/** Opens a request to another party. */
export function openRequest(
  { node }: Pick<TestNode, 'node'>,
  channel: string,
  to: string,
  text = 'Please preserve the logs of 198.51.100.7.',
  idempotencyKey?: string,
): Promise<RecordedAct> {
  const data = {
    to,
    kind: 'information',
    urgency: 'ordinary',
    offences: ['illegal-access'],
    languages: ['en'],
    handling: 'amber',
  }
  const order = { type: 'request.opened', data, body: bodyOf(text) }
  return recordAct(node, channel, idempotencyKey === undefined ? order : { ...order, idempotencyKey })
}

/** Opens so many requests, many at once. */
export async function openRequests(
  one: Pick<TestNode, 'node'>,
  channel: string,
  to: string,
  count: number,
): Promise<void> {
  let left = count
  const asker = async (): Promise<void> => {
    while (left-- > 0) await openRequest(one, channel, to)
  }
  await Promise.all(Array.from({ length: 64 }, asker))
}

/** The rows of a log from `start` on, as they are stored; at most a page. */
export function rowsOf({ node }: TestNode, origin: string, start = 0, end = start + 1024): Promise<StoredEntry[]> {
  return readEntries(node.database.reader, { log: node.shelf.numberOf(origin), start, end })
}

/** Verdicts of a log in short: `valid`, or the code of what is wrong, or `waiting`. */
export async function verdictsOf(one: TestNode, origin: string, start = 0): Promise<string[]> {
  return (await rowsOf(one, origin, start)).map(({ code, verdict }) => code ?? verdict)
}

/** The standing of one entry as the node would show it. */
export async function standingOf({ node }: TestNode, { origin, position }: RecordedAct): Promise<string> {
  const range = { log: node.shelf.numberOf(origin), start: position, end: position + 1 }
  const [row] = await readEntries(node.database.reader, range)
  const log = node.registry.logOf(origin)
  if (row === undefined || log === undefined) throw new Error('there is no such entry')
  return (await viewStanding(node, log, row)).level
}

/** Waits until all nodes are at the same cut, and gives what each computed there. */
export function agree(nodes: readonly ParleyNode[], channel: string): Promise<CutDigests[]> {
  return eventually('all nodes are at the same cut', async () => {
    const cuts = await Promise.all(nodes.map((node) => viewCut(node, channel)))
    return cuts.every(({ cutDigest }) => cutDigest === cuts[0]?.cutDigest) ? cuts : undefined
  })
}
