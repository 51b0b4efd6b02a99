// What an entry may say that its author has seen: the newest head of every other log of the channel, as far as the log has
// been read here. What is replicated but still waits for something else has not been seen by anybody's decision.

import { formatBase64, rootAt, seenCountMax } from '@parley/record'
import type { Seen } from '@parley/record'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'

/** Up to so many logs an entry names all it has seen; beyond, only what it has not named before. */
const alwaysNamedMax = 16

/**
 * The heads to name in an entry of our own log of the channel, sorted by origin. What that log has named already counts
 * on, so in a channel of many parties only news needs naming; what was named longest ago comes first.
 *
 * @throws ServerError `channel.unknown`.
 */
export async function listSeen(node: ParleyNode, channel: string): Promise<Seen[]> {
  const logs = node.registry.logsOf(channel)
  const own = logs.find((log) => log.own && log.channel === channel)
  const named = new Map(
    (own === undefined ? [] : node.reading.position(own.origin).seen).map((seen) => [seen.origin, seen]),
  )
  const heads: Seen[] = []
  for (const log of logs) {
    const head = log === own ? undefined : await headOf(node, log)
    if (head !== undefined) heads.push(head)
  }
  const news =
    heads.length <= alwaysNamedMax ? heads : heads.filter(({ origin, size }) => named.get(origin)?.size !== size)
  return news
    .sort((a, b) => (named.get(a.origin)?.time ?? 0) - (named.get(b.origin)?.time ?? 0))
    .slice(0, seenCountMax)
    .sort((a, b) => (a.origin < b.origin ? -1 : 1))
}

async function headOf(
  { crypto, logReader, reading, state }: ParleyNode,
  { origin }: KnownLog,
): Promise<Seen | undefined> {
  const log = state.own.get(origin) ?? state.replicas.get(origin)
  if (log === undefined) return undefined
  const size = Math.min(log.frontier.size, reading.position(origin).judged)
  if (size === 0) return undefined
  const root = size === log.frontier.size ? log.root : await rootAt(crypto, logReader.treeOf(origin), size)
  const cosigned = state.replicas.get(origin)?.cosigned
  return { origin, size, root: formatBase64(root), time: cosigned?.size === size ? cosigned.time : 0 }
}
