// An act that is sent again because its answer was lost: under the same key it is recorded once, and whoever sends it again
// is told where. The same key for another act is refused, because one of the two would silently be lost.

import { entryDigest, equalBytes, formatCanonical, parseEntry } from '@parley/record'
import type { CanonicalValue, Entry } from '@parley/record'
import { formatBodyContent } from '@parley/mechanism'
import { readIdempotencyKey } from '../db/idempotency.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { createNamedTurns } from '../turns.ts'
import type { NamedTurns } from '../turns.ts'
import type { ActOrder, RecordedAct } from './act.ts'
import { openStoredBody } from './open-body.ts'

/** The key was used for another act. */
export class ActRepeated extends ServerError {
  constructor() {
    super('entry.refused', 'the idempotency key was used for another act', { detail: 'act.repeated' })
  }
}

/** For each node, the keys that are in hand: whoever comes with the same one waits for those before. */
const lines = new WeakMap<ParleyNode, NamedTurns>()

/**
 * Records by `record` unless the key led to an act before.
 *
 * @throws ActRepeated when it led to another one; what `record` throws.
 */
export async function recordOnce(
  node: ParleyNode,
  key: string,
  order: ActOrder,
  record: () => Promise<RecordedAct>,
): Promise<RecordedAct> {
  const ofNode = lines.get(node) ?? createNamedTurns()
  lines.set(node, ofNode)
  return ofNode.take(key, async () => (await findRepeated(node, key, order)) ?? record())
}

async function findRepeated(node: ParleyNode, key: string, order: ActOrder): Promise<RecordedAct | undefined> {
  const found = await findRemembered(node, key)
  if (found === undefined) return undefined
  if (!(await isSame(node, found.entry, order))) throw new ActRepeated()
  return found.recorded
}

/** The act that a key led to, and where it was recorded. */
export async function findRemembered(
  node: ParleyNode,
  key: string,
): Promise<{ readonly entry: Entry; readonly recorded: RecordedAct } | undefined> {
  const known = await readIdempotencyKey(node.database.reader, key)
  const log = node.shelf.stored().find(({ id }) => id === known?.log)
  if (known === undefined || log === undefined) return undefined
  const [bytes] = await node.logReader.readEntries(log.origin, known.position, known.position + 1)
  if (bytes === undefined) return undefined
  const entry = parseEntry(bytes)
  const digest = entryDigest(node.crypto, entry)
  return { entry, recorded: { origin: log.origin, position: known.position, digest, at: entry.at, isNew: false } }
}

async function isSame(node: ParleyNode, entry: Entry, order: ActOrder): Promise<boolean> {
  const said = (one: Pick<ActOrder, 'type' | 'subject' | 'data' | 'exercise'>, body: boolean): CanonicalValue => {
    const { data, exercise = false, subject = '', type } = one
    return { type, subject, data, exercise, body }
  }
  const before = formatCanonical(said(entry, entry.body !== undefined))
  if (!equalBytes(before, formatCanonical(said(order, order.body !== undefined)))) return false
  if (entry.body === undefined || order.body === undefined) return true
  const found = await openStoredBody(node, entry.body)
  // A body that was erased cannot be compared any more.
  if (found.state !== 'opened') return true
  return equalBytes(formatBodyContent(found.content), formatBodyContent(order.body))
}
