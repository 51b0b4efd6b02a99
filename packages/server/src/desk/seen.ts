// What an entry may say that its author has seen: the newest verified head of every other log of the channel.

import { formatBase64, seenCountMax } from '@parley/record'
import type { Seen } from '@parley/record'
import type { CoreState } from '@parley/record/core'
import type { Registry } from '../log/registry.ts'

/** Up to so many logs an entry names all it has seen; beyond, only what it has not named before. */
const alwaysNamedMax = 16

/**
 * The heads to name, sorted by origin. `before` is the effective seen of our own log of the channel: what it names already
 * counts on, so in a channel of many parties only news needs naming.
 */
export function listSeen(registry: Registry, state: CoreState, channel: string, before: readonly Seen[]): Seen[] {
  const named = new Map(before.map(({ origin, size }) => [origin, size]))
  const heads: Seen[] = []
  for (const { origin, own, channel: of } of registry.logsOf(channel)) {
    if (own && of === channel) continue
    const log = state.own.get(origin) ?? state.replicas.get(origin)
    if (log === undefined || log.frontier.size === 0) continue
    const cosigned = state.replicas.get(origin)?.cosigned
    const { size } = log.frontier
    heads.push({ origin, size, root: formatBase64(log.root), time: cosigned?.size === size ? cosigned.time : 0 })
  }
  const news = heads.length <= alwaysNamedMax ? heads : heads.filter(({ origin, size }) => named.get(origin) !== size)
  return news.slice(0, seenCountMax).sort((a, b) => (a.origin < b.origin ? -1 : 1))
}
