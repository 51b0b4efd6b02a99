// The wall clock, which people and machines set back. Pauses are kept as the time when they end; when the clock goes back
// they are moved with it, or a node whose clock was a year ahead for a second would send nothing for a year.

import type { Effect } from './event.ts'
import { clockBackMilliseconds } from './limits.ts'
import type { CoreState } from './state.ts'

/** Notices how late it is. When it is earlier than it was, everything that waits for a time waits as long as before. */
export function noticeTime(state: CoreState, at: number): Effect[] {
  const back = state.latest - at
  state.latest = at
  if (back <= 0) return []
  for (const peer of state.peers.values()) {
    peer.askDue -= back
    for (const progress of peer.progress.values()) {
      progress.due -= back
      progress.answered -= back
    }
  }
  for (const log of [...state.own.values(), ...state.replicas.values()]) log.bodiesDue -= back
  return back < clockBackMilliseconds ? [] : [{ kind: 'alarm', code: 'clock.back', origin: '' }]
}
