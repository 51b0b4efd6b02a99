// What the log asks of whoever reaches other nodes: each effect that leaves the node, answered by an event.

import type { CoreEvent, Effect } from '@parley/record/core'

export type OutwardEffect = Extract<Effect, { kind: 'deliver' | 'ask-heads' | 'fetch' | 'fetch-bodies' | 'prove-fork' }>

export interface Carrier {
  /** Carries out the effect and resolves to the events that answer it; never rejects. */
  carry(effect: OutwardEffect): Promise<readonly CoreEvent[]>
}
