// Who gets what of our own logs next: one delivery at a time for each member and log, a growing pause after failures,
// and an empty delivery when nothing was said for long, whose cosignature is the heartbeat.

import type { Effect } from './event.ts'
import { heartbeatMilliseconds, pauseAfter } from './limits.ts'
import type { CoreState, OwnLog, Progress } from './state.ts'
import { peerOf } from './state.ts'

/** Deliveries of this log that are due now. */
export function deliverDue(state: CoreState, own: OwnLog, at: number): Effect[] {
  const head = own.published
  if (own.phase !== 'open' || head === undefined) return []
  const effects: Effect[] = []
  for (const party of own.members) {
    const progress = peerOf(state, party).progress.get(own.origin)
    if (progress === undefined || progress.sending || at < progress.due) continue
    const behind = progress.have < head.size || progress.receipted < head.size
    if (!behind && at - progress.answered < heartbeatMilliseconds) continue
    progress.sending = true
    effects.push({ kind: 'deliver', party, origin: own.origin, start: Math.min(progress.have, head.size), head })
  }
  return effects
}

/** A member answered; `size` is that of our head. An answer that brings nothing further slows us down, lest two nodes repeat themselves at each other. */
export function noteAnswer(
  progress: Progress,
  { have, receipted, size }: { have: number; receipted: number; size: number },
  at: number,
): void {
  // What a member says it holds beyond our head brings nothing further: it could say more each time, and never let us rest.
  const further = Math.min(have, size) > progress.have || receipted > progress.receipted
  progress.sending = false
  progress.have = have
  progress.receipted = Math.max(progress.receipted, receipted)
  progress.answered = at
  progress.failures = further ? 0 : progress.failures + 1
  progress.due = at + pauseAfter(progress.failures)
}

/** Nobody answered, or not to the point. */
export function noteSilence(progress: Progress, at: number): void {
  progress.sending = false
  progress.failures += 1
  progress.due = at + pauseAfter(progress.failures)
}
