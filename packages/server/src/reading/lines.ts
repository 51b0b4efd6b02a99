// Which leaves a pass of reading takes up: of each log those that wait, then the new ones, in their order. A pass is bounded,
// so that no log holds up the others for long; and a log that waits for what cannot be read now is left alone.

import type { Batch, CoreState } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import type { KnownLog, Registry } from '../log/registry.ts'
import { damagedLog } from '../log/verified-tree.ts'
import type { Leaf, OpenLeaf } from './leaf.ts'
import type { Awaited, Found, ReadingPosition } from './session.ts'

/** Leaves of one log in one pass. */
const leavesPerPassMax = 1024
/** Signatures that the leaves of one log in one pass may ask to be verified: a quarter of a second's worth. */
const approvalsPerPassMax = 2048

/** A log's leaves in line: those that waited, then the new ones. */
export interface Line {
  readonly log: KnownLog
  readonly leaves: readonly Leaf[]
  /** The position of the first leaf, and of the first that is new. */
  readonly first: number
  readonly fresh: number
  /** The position behind the last leaf that the log will have, taken up or not. */
  readonly end: number
  /** What the leaves were found to be, as far as they were read. */
  readonly found: Found[]
  /** What the first leaf that was not read waits for. */
  awaits?: Awaited | undefined
}

export interface LineParts {
  readonly state: CoreState
  readonly logReader: LogReader
  readonly registry: Registry
  readonly openLeaf: OpenLeaf
  readonly position: (origin: string) => ReadingPosition
  /** What each log waited for when it was last looked at. */
  readonly awaited: ReadonlyMap<string, Awaited>
  /** What is stored of the log is not what was written. */
  readonly damaged: (origin: string) => void
}

/** The logs that a batch may let go further: those it extends, and those that wait for something that may be there now. */
export async function lineUp(parts: LineParts, batch: Pick<Batch, 'extensions'>): Promise<Line[]> {
  const lines: Line[] = []
  const extended = new Map(batch.extensions.map((extension) => [extension.origin, extension.entries]))
  for (const log of parts.registry.logs()) {
    const entries = extended.get(log.origin)
    const fresh = heldSize(parts.state, log.origin)
    if (entries === undefined && parts.position(log.origin).judged >= fresh) continue
    const end = fresh + (entries?.length ?? 0)
    if (isBlocked(parts, extended, log.origin)) {
      if (entries !== undefined) lines.push({ log, leaves: [], first: fresh, fresh, end, found: [] })
      continue
    }
    const judged = Math.min(parts.position(log.origin).judged, fresh)
    const leaves = await readLeaves(parts, log, judged, fresh, entries ?? [])
    lines.push({ log, leaves, first: judged, fresh, end, found: [] })
  }
  return lines
}

/** True when the pass ended before the log did, and not because something is missing. */
export function isCutShort({ end, first, found, leaves }: Line): boolean {
  return leaves.length > 0 && found.length === leaves.length && first + found.length < end
}

/** How much of a log is durable here, as the core has it. */
export function heldSize(state: CoreState, origin: string): number {
  return (state.own.get(origin) ?? state.replicas.get(origin))?.frontier.size ?? 0
}

/** Whether the log waits for a head that will not be read by the end of this pass either. */
function isBlocked(
  parts: LineParts,
  extended: ReadonlyMap<string, readonly Uint8Array[]>,
  origin: string,
  behind: ReadonlySet<string> = new Set(),
): boolean {
  const awaited = parts.awaited.get(origin)
  if (awaited === undefined) return false
  if (awaited === 'pack') return true
  if (parts.position(awaited.origin).judged >= awaited.size) return false
  if (heldSize(parts.state, awaited.origin) + (extended.get(awaited.origin)?.length ?? 0) < awaited.size) return true
  // Logs that wait for each other in a ring wait for ever, and that is their authors' doing.
  if (behind.has(awaited.origin)) return true
  return isBlocked(parts, extended, awaited.origin, new Set([...behind, origin]))
}

/** The leaves to read; none when what waited cannot be read back, for then what is behind it must wait as well. */
async function readLeaves(
  { damaged, logReader, openLeaf }: LineParts,
  log: KnownLog,
  first: number,
  fresh: number,
  entries: readonly Uint8Array[],
): Promise<Leaf[]> {
  const end = Math.min(fresh, first + leavesPerPassMax)
  let waiting: readonly Uint8Array[] = []
  try {
    if (first < end) waiting = await logReader.readEntries(log.origin, first, end)
  } catch (error) {
    if (damagedLog(error) === undefined) throw error
    damaged(log.origin)
    return []
  }
  // When more wait than are read at once, the new ones must wait behind them.
  const next = end === fresh ? entries : []
  // Our own entries were judged before they got their places, and there is no room for them to wait.
  return log.own ? [...waiting, ...next].map(openLeaf) : cutToPass([...waiting, ...next].map(openLeaf))
}

function cutToPass(leaves: readonly Leaf[]): Leaf[] {
  let approvals = 0
  const taken = leaves.slice(0, leavesPerPassMax).findIndex((leaf, i) => {
    approvals += leaf.parsed?.entry.approvals.length ?? 0
    return i > 0 && approvals > approvalsPerPassMax
  })
  return leaves.slice(0, taken < 0 ? leavesPerPassMax : taken)
}
