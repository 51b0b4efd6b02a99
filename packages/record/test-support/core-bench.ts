// Drives the core by hand: hands in events, keeps what it wants done, and answers what a disk would, when a test says so.

import { formatUtf8, Frontier } from '../src/index.ts'
import {
  emptyCore,
  step,
  type Arrival,
  type CoreEvent,
  type CoreState,
  type Effect,
  type Head,
  type HeldHead,
  type StoredOwnLog,
  type StoredReplica,
  type Submission,
} from '../src/core/index.ts'
import { nodeCrypto } from '../src/node/index.ts'
import { bodyOfText, type WrittenLog } from './written-log.ts'

type EffectKind = Effect['kind']
type EventBody = CoreEvent extends infer E ? (E extends CoreEvent ? Omit<E, 'at'> : never) : never

/** The moment at which tests begin. */
export const benchTime = Date.UTC(2026, 0, 5)

export class CoreBench {
  readonly state: CoreState = emptyCore(0)
  /** What the node's clock shows. */
  now = benchTime
  /** Everything that the core wanted done, in order. */
  readonly effects: Effect[] = []

  /** Hands in one event and returns what is to be done because of it. */
  hand(event: EventBody): Effect[] {
    const effects = step({ crypto: nodeCrypto, bodyOf: bodyOfText }, this.state, {
      ...event,
      at: this.now,
    })
    this.effects.push(...effects)
    return effects
  }

  /** As {@link hand}, and answers every durable write and signature at once, until nothing of the kind is wanted. */
  settle(event: EventBody): Effect[] {
    const first = this.hand(event)
    const all = [...first]
    for (let queue = first; queue.length > 0;) {
      queue = queue.flatMap((effect) => this.answer(effect))
      all.push(...queue)
    }
    return all
  }

  /** Does what the effect asks of a disk or a key, and hands in the event that says so. */
  answer(effect: Effect): Effect[] {
    switch (effect.kind) {
      case 'prepare':
        return this.hand({ kind: 'prepared', refused: new Map() })
      case 'commit':
        return this.hand({ kind: 'committed' })
      case 'lock':
        return this.hand({ kind: 'locked', origin: effect.origin, head: effect.next })
      case 'sign':
        return this.hand({
          kind: 'signed',
          origin: effect.origin,
          head: { ...effect.head, note: formatUtf8(`${effect.origin} ${effect.head.size}`) },
        })
      case 'settled':
      case 'refused':
      case 'deliver':
      case 'ask-heads':
      case 'fetch':
      case 'fetch-bodies':
      case 'prove-fork':
      case 'alarm':
        return []
    }
  }

  /** Takes up one of our own logs as a start finds it; all of it is there, unless `held` says less. */
  takeUpOwn(
    log: WrittenLog,
    found: Partial<StoredOwnLog> & { held?: number; parties?: readonly string[] } = {},
  ): Effect[] {
    const { held = log.entries.length, parties = ['birch', 'cedar'], ...rest } = found
    const lock: Head | undefined = held === 0 ? undefined : { size: held, root: log.tree.root(held) }
    const stored: StoredOwnLog = {
      origin: log.origin,
      members: parties.map((party) => ({ party, have: 0, receipted: 0 })),
      frontier: frontierOf(log, held),
      lock,
      rootAtLock: undefined,
      inception: false,
      ...rest,
    }
    return this.settle({ kind: 'own-log', log: stored })
  }

  /** Takes up the copy of a log as a start finds it: `held` entries of it. */
  takeUpReplica(log: WrittenLog, held: number, found: Partial<StoredReplica> = {}): Effect[] {
    const replica: StoredReplica = {
      origin: log.origin,
      author: log.author,
      frontier: frontierOf(log, held),
      head: held === 0 ? undefined : log.head(held),
      cosigned: undefined,
      missing: [],
      frozen: false,
      ...found,
    }
    return this.settle({ kind: 'replica', replica })
  }

  /** A peer says which heads it holds. */
  hear(party: string, ...heads: readonly HeldHead[]): Effect[] {
    return this.settle({ kind: 'heads', party, heads })
  }

  submit(log: WrittenLog, text: string): { submission: Submission; effects: Effect[] } {
    const submission: Submission = { kind: 'submission', origin: log.origin, entry: formatUtf8(text), bodies: [] }
    return { submission, effects: this.hand({ kind: 'submitted', submission }) }
  }

  arrive(work: Arrival): Effect[] {
    return this.settle({ kind: 'arrived', work })
  }

  phase(log: WrittenLog): string {
    return this.state.own.get(log.origin)!.phase
  }

  size(log: WrittenLog): number {
    return (this.state.own.get(log.origin) ?? this.state.replicas.get(log.origin))!.frontier.size
  }
}

/** A head of the log that a peer holds, beside the root of our own copy of `held` entries at that size. */
export function heldHead(log: WrittenLog, size: number, ours?: { log: WrittenLog; held: number }): HeldHead {
  const compared = ours !== undefined && ours.held >= size
  return { origin: log.origin, head: log.head(size), ours: compared ? ours.log.tree.root(size) : undefined }
}

export function frontierOf(log: WrittenLog, size: number): Frontier {
  const frontier = Frontier.empty(nodeCrypto)
  for (let i = 0; i < size; i++) frontier.append(log.tree.leaf(i))
  return frontier
}

/** The effects of one kind. */
export function listOf<K extends EffectKind>(kind: K, effects: readonly Effect[]): Extract<Effect, { kind: K }>[] {
  return effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind)
}

/** The codes of the refusals and alarms, in order. */
export function codesOf(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'refused' || effect.kind === 'alarm' ? [effect.code] : []))
}
