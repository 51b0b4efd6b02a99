// How far an entry has got, from evidence alone and never rounded up: recorded, published, delivered, opened. `witnessed`
// is shown only where an agreement names neutral witnesses, and none does yet.

import { formatHex } from '@parley/record'
import type { Receipt } from '@parley/mechanism'
import { findFirstCosignature } from '../db/cosignatures.ts'
import type { StoredEntry } from '../db/entries.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'

export type StandingLevel = 'recorded' | 'published' | 'delivered' | 'opened'

export interface Standing {
  readonly level: StandingLevel
  /** Unix milliseconds: by the cosigner's clock where there is one, else by the author's claim. */
  readonly since: number
}

/**
 * The standing of one stored entry. `opened` are the receipts of its subject. An own entry is delivered when every other
 * party that replicates the log holds it; another party's when we do.
 */
export async function viewStanding(
  node: ParleyNode,
  log: KnownLog,
  entry: Pick<StoredEntry, 'position' | 'digest' | 'at'>,
  opened: readonly Receipt[] = [],
): Promise<Standing> {
  const claimed = entry.at ?? 0
  const times = await Promise.all(holdersOf(node, log).map((party) => receiptTime(node, log, party, entry.position)))
  const delivered = times.length > 0 && times.every((time) => time !== undefined)
  if (delivered) {
    const since = Math.max(...times.map((time) => (time ?? 0) * 1000))
    const digest = entry.digest === null ? undefined : formatHex(entry.digest)
    const isOpened = opened.some((receipt) => receipt.entry === digest)
    return { level: isOpened ? 'opened' : 'delivered', since }
  }
  return viewUndelivered(node, log, { position: entry.position, at: claimed })
}

/** The standing of an entry that nobody else can hold yet, such as one that was recorded a moment ago. */
export function viewUndelivered(
  { state }: ParleyNode,
  log: KnownLog,
  { at, position }: { readonly position: number; readonly at: number },
): Standing {
  const published = log.own ? state.own.get(log.origin)?.published : state.replicas.get(log.origin)?.head
  const isPublished = published !== undefined && published.size > position
  return { level: isPublished ? 'published' : 'recorded', since: at }
}

/**
 * The moment by which the entry certainly was there: the earliest receipt of anybody but its author that covers it, by that
 * party's clock (Unix milliseconds), or null while there is none.
 */
export async function viewNotAfter(node: ParleyNode, log: KnownLog, position: number): Promise<number | null> {
  const times = await Promise.all(holdersOf(node, log).map((party) => receiptTime(node, log, party, position)))
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? null : Math.min(...known) * 1000
}

/** Whose receipts make an entry of this log delivered. */
function holdersOf({ registry }: ParleyNode, log: KnownLog): readonly string[] {
  return log.own ? registry.membersOf(log) : [registry.self]
}

/** When the party first cosigned, as a mirror, a head that covers the position (Unix seconds). */
async function receiptTime(
  { database, registry, shelf }: ParleyNode,
  log: KnownLog,
  party: string,
  position: number,
): Promise<number | undefined> {
  const cosigner = `${registry.governance(party).prefix}/mirror`
  const query = { log: shelf.numberOf(log.origin), cosigner, role: 'mirror', position } as const
  return (await findFirstCosignature(database.reader, query))?.time
}
