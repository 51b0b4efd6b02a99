// Takes up the logs that are in the database, for the core and for the reading, after a start.

import { equalBytes, parseFrontier, rootAt } from '@parley/record'
import type { Crypto, Frontier, Seen } from '@parley/record'
import type { CoreEvent, StoredOwnLog, StoredReplica } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import { listMissingBodies } from '../db/bodies.ts'
import { listNewestCosignatures } from '../db/cosignatures.ts'
import { findFirstWaiting } from '../db/entries.ts'
import type { LockCheckpoints } from '../db/lock-checkpoint.ts'
import type { Log } from '../db/logs.ts'
import { listDeliveries } from '../db/outbox.ts'
import { pageRowsMax } from '../db/page.ts'
import { readSetting } from '../db/settings.ts'
import type { Reader } from '../db/statement.ts'
import { ServerError } from '../error.ts'
import { frozenSeenSetting } from './log-shelf.ts'
import type { KnownLog, Registry } from './registry.ts'

/** One of our own logs as the disk and the lock hold it. */
export async function storedOwnLog(
  parts: { crypto: Crypto; reader: Reader; logReader: LogReader; lock: LockCheckpoints; registry: Registry },
  log: Log,
  known: KnownLog,
): Promise<CoreEvent> {
  const lock = parts.lock.read(log.origin)
  const members = await Promise.all(
    parts.registry.membersOf(known).map(async (party) => {
      const row = (await listDeliveries(parts.reader, party)).find((delivery) => delivery.log === log.id)
      return { party, have: row?.have ?? 0, receipted: row?.receipted ?? 0 }
    }),
  )
  const stored: StoredOwnLog = {
    origin: log.origin,
    members,
    frontier: await openFrontier(parts, log),
    lock,
    rootAtLock:
      lock === undefined || lock.size > log.size
        ? undefined
        : await rootAt(parts.crypto, parts.logReader.treeOf(log.origin), lock.size),
    missing: await readMissing(parts.reader, log.id),
    forked: log.frozen !== undefined,
    inception: false,
  }
  return { kind: 'own-log', log: stored, at: 0 }
}

/** One replica as the disk holds it. */
export async function storedReplica(
  parts: { crypto: Crypto; reader: Reader; logReader: LogReader; registry: Registry; mirrorName: string },
  log: Log,
): Promise<CoreEvent> {
  const receipts = await listNewestCosignatures(parts.reader, log.id)
  const receipt = receipts.find(({ cosigner }) => cosigner === parts.mirrorName)
  const replica: StoredReplica = {
    origin: log.origin,
    author: log.party,
    frontier: await openFrontier(parts, log),
    head: log.head,
    cosigned: receipt === undefined ? undefined : { size: receipt.size, root: receipt.root, time: receipt.time },
    missing: await readMissing(parts.reader, log.id),
    frozen: log.frozen !== undefined,
  }
  return { kind: 'replica', replica, at: 0 }
}

/**
 * The frontier of a stored log, once it, the root and the right edge of the tiles agree: whatever is appended from now on
 * stands on them.
 *
 * @throws ServerError `log.damaged`.
 */
async function openFrontier(
  { crypto, logReader }: { readonly crypto: Crypto; readonly logReader: LogReader },
  log: Log,
): Promise<Frontier> {
  const damaged = (cause?: unknown): ServerError =>
    new ServerError('log.damaged', `what is stored of ${log.origin} does not give its root`, {
      cause,
      detail: log.origin,
    })
  let frontier: Frontier
  try {
    frontier = parseFrontier(crypto, log.frontier)
  } catch (cause) {
    throw damaged(cause)
  }
  if (frontier.size !== log.size || !equalBytes(frontier.root(), log.root)) throw damaged()
  if (log.size > 0) await rootAt(crypto, logReader.treeOf(log.origin), log.size)
  return frontier
}

/** The bodies that entries of the log commit to and that are not here. */
async function readMissing(reader: Reader, log: number): Promise<{ digest: string; position: number }[]> {
  const missing: { digest: string; position: number }[] = []
  for (let start = 0; ;) {
    const page = await listMissingBodies(reader, { log, start, limit: pageRowsMax })
    missing.push(...page.map(({ digest, position }) => ({ digest: digest.toHex(), position })))
    if (page.length < pageRowsMax) return missing
    start = page.at(-1)!.position + 1
  }
}

/** How far a stored log has been read: to its first waiting entry. */
export async function storedPosition(reader: Reader, log: Log): Promise<{ judged: number; seen: readonly Seen[] }> {
  const waiting = await findFirstWaiting(reader, log.id)
  const seen = log.frozen === undefined ? undefined : await readSetting(reader, frozenSeenSetting(log.id))
  return { judged: waiting ?? log.size, seen: JSON.parse(seen ?? log.effectiveSeen) as Seen[] }
}
