// What waits for release, read out of the stored bytes: never out of the draft that they were made of.

import { governanceOrigin, officialAt, parseEntry, seenSize } from '@parley/record'
import type { Approval, Entry, Official } from '@parley/record'
import { demandsOf } from '@parley/mechanism'
import type { AboveCeiling, Demand } from '@parley/mechanism'
import { listEntriesOfSubject } from '../db/entries.ts'
import { pageRowsMax } from '../db/page.ts'
import { listReleases, readParts, readRelease } from '../db/releases.ts'
import type { StoredRelease } from '../db/releases.ts'
import { readAboveCeiling } from '../desk/guidelines.ts'
import { listRecipients, listRecipientsSeen } from '../desk/seal-body.ts'
import type { ParleyNode } from '../node.ts'
import { draftsMax } from './drafts.ts'
import { ReleaseError } from './error.ts'
import { countMissing } from './rules.ts'
import type { Decision } from './rules.ts'

export interface WaitingApproval extends Decision {
  readonly approval: Approval
  /** Unix milliseconds. */
  readonly at: number
  /** Whether the official still is one. */
  readonly inForce: boolean
}

export interface WaitingRelease extends StoredRelease {
  readonly entryValue: Entry
  readonly demand: Demand
  /** Who may not approve it. */
  readonly authors: readonly string[]
  readonly approvals: readonly WaitingApproval[]
  /** Approvals by people of a demanded role that are still to be given. */
  readonly missing: number
  /** Whether something about the case was recorded that the entry has not seen. */
  readonly stale: boolean
  readonly aboveCeiling: AboveCeiling | undefined
}

/** @throws ReleaseError `release.unknown` */
export async function openWaiting(node: ParleyNode, channel: string, draft: string): Promise<WaitingRelease> {
  const row = await readRelease(node.database.reader, draft)
  const waiting = row === undefined ? undefined : await readWaiting(node, row)
  if (waiting === undefined || waiting.entryValue.channel !== channel) {
    throw new ReleaseError('release.unknown', 'nothing of this draft waits for release')
  }
  return waiting
}

/** What waits in a channel, the oldest first. @throws ServerError `channel.unknown` */
export async function listWaiting(node: ParleyNode, channel: string): Promise<WaitingRelease[]> {
  node.registry.channel(channel)
  const rows = await listReleases(node.database.reader, channel, draftsMax)
  return Promise.all(rows.map((row) => readWaiting(node, row)))
}

async function readWaiting(node: ParleyNode, row: StoredRelease): Promise<WaitingRelease> {
  const entryValue = parseEntry(row.entry)
  const demand = demandsOf(entryValue.type)
  const parts = await readParts(node.database.reader, row.draft)
  const approvals = parts.approvals.map(({ approval, at, official, person }) => ({
    person,
    official,
    at,
    approval: JSON.parse(approval) as Approval,
    roles: officialSeenBy(node, entryValue, official)?.roles ?? [],
    inForce: isInForce(node, official),
  }))
  const waiting = { authors: parts.authors, approvals }
  return {
    ...row,
    ...waiting,
    entryValue,
    demand,
    missing: countMissing(waiting, demand, (official) => isInForce(node, official)),
    stale: await isStale(node, row, entryValue),
    aboveCeiling: await readAboveCeiling(node, entryValue.channel, entryValue),
  }
}

/** The official as receivers will find them: in force at the size of our governance log that the entry has seen. */
export function officialSeenBy({ registry }: ParleyNode, entry: Entry, official: string): Official | undefined {
  const governance = registry.governance(registry.self)
  return officialAt(governance, official, seenSize(entry.seen, governanceOrigin(governance.prefix)))
}

export function isInForce({ registry }: ParleyNode, official: string): boolean {
  const governance = registry.governance(registry.self)
  return officialAt(governance, official, governance.size) !== undefined
}

/** Decision 0002: `seen` is what those who approved had before them, so nothing leaves when the case has moved since. */
async function isStale(
  { database, registry, shelf }: ParleyNode,
  { ownSize }: StoredRelease,
  { body, channel, seen, subject }: Entry,
): Promise<boolean> {
  // Sealed to a key that is replaced by now, it would be read by whoever holds the old one.
  const recipients = listRecipients(registry, channel).sort().join()
  if (body !== undefined && listRecipientsSeen(registry, channel, seen).sort().join() !== recipients) return true
  if (subject === undefined) return false
  const rows = await listEntriesOfSubject(database.reader, { channel, subject, limit: pageRowsMax })
  const logs = new Map(shelf.stored().map((log) => [log.id, log]))
  return rows.some(({ log: number, position, verdict }) => {
    const log = logs.get(number)
    if (log === undefined || verdict !== 'valid') return false
    return position >= (log.own ? ownSize : seenSize(seen, log.origin))
  })
}
