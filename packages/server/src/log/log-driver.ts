// Drives the core (docs/spec/core.md) with a real clock, a real database and a real lock. It hands in events one after the
// other and answers `commit` and `lock` only when they are durable. It does not know what entries mean nor how peers are
// reached: a judge and a carrier do.

import { step } from '@parley/record/core'
import type {
  Arrival,
  Batch,
  BodyArrival,
  CoreEvent,
  CoreState,
  CoreTools,
  Effect,
  Head,
  SignedHead,
  Submission,
  Work,
} from '@parley/record/core'
import type { Carrier } from './carrier.ts'

/** What became of a work: the position it settled at, or the code of its refusal. */
export type Outcome =
  | { readonly kind: 'settled'; readonly position: number }
  | { readonly kind: 'refused'; readonly code: string }

export interface LogDriverParts {
  readonly tools: CoreTools
  readonly state: CoreState
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Judges the submissions: the refused ones with the code why. */
  readonly prepare: (works: readonly Work[]) => Promise<ReadonlyMap<Work, string>>
  /** Makes a batch durable, all or nothing. */
  readonly commit: (batch: Batch) => Promise<void>
  /** Compares and swaps the lock checkpoint, durably. */
  readonly lock: (origin: string, expected: Head, next: Head) => Promise<void>
  readonly sign: (origin: string, head: Head) => Promise<SignedHead>
  readonly carrier: Carrier
  readonly alarm: (code: string, origin: string) => void
  /** Heard after every step, with the event that was taken. */
  readonly observe: (event: CoreEvent) => void
  /** A durable write failed: nothing is retried, the process must end. */
  readonly fatal: (error: unknown) => void
}

export interface LogDriver {
  readonly state: CoreState
  /** Records an own entry; resolves when it is durable or refused. */
  submit(submission: Submission): Promise<Outcome>
  /** Takes in what a peer handed over; resolves when it is durable or refused. */
  arrive(work: Arrival | BodyArrival): Promise<Outcome>
  dispatch(event: CoreEvent): void
  /** Resolves when the durable write that is under way now has ended; another may have begun. */
  written(): Promise<void>
  /**
   * Takes nothing in any more and resolves when what was taken in is durable and answered. Nothing leaves the node from then
   * on, and whoever comes or still waits is refused with `node.busy`.
   */
  stop(): Promise<void>
}

export function createLogDriver(parts: LogDriverParts): LogDriver {
  const { clock, state, tools } = parts
  const outcomes = new Map<Work, (outcome: Outcome) => void>()
  const queue: CoreEvent[] = []
  let stepping = false
  let phase: 'running' | 'stopping' | 'stopped' | 'failed' = 'running'
  /** Durable things that are under way. */
  let enduring = 0
  let whenWritten: { readonly batch: Batch; readonly resolve: () => void }[] = []
  let stopping: Promise<void> | undefined
  let whenQuiet: (() => void) | undefined

  function dispatch(event: CoreEvent): void {
    queue.push(event)
    if (stepping) return
    stepping = true
    try {
      for (let next = queue.shift(); next !== undefined && isTaking(next); next = queue.shift()) {
        const effects = step(tools, state, next)
        for (const effect of effects) perform(effect)
        parts.observe(next)
      }
    } catch (error) {
      fail(error)
    } finally {
      stepping = false
    }
    tellWaiting()
  }

  /** Once we are to stop, only what answers something durable is taken, for that must be finished. */
  function isTaking({ kind }: CoreEvent): boolean {
    if (phase === 'running') return true
    return phase === 'stopping' && answersOfDurable.has(kind)
  }

  function tellWaiting(): void {
    const over = whenWritten.filter(({ batch }) => batch !== state.committing)
    whenWritten = whenWritten.filter(({ batch }) => batch === state.committing)
    for (const { resolve } of over) resolve()
    if (enduring === 0) whenQuiet?.()
  }

  /** Carries out something durable and hands in the event that says so; a failure ends everything. */
  function endure(work: Promise<CoreEvent>): void {
    enduring += 1
    // What is under way is over when its event is taken, and not before: another one may follow from that.
    const over = (take: () => void): void => {
      enduring -= 1
      take()
    }
    work.then(
      (event) => over(() => dispatch(event)),
      (error: unknown) => over(() => fail(error)),
    )
  }

  function fail(error: unknown): void {
    if (phase === 'stopped' || phase === 'failed') return
    phase = 'failed'
    whenQuiet?.()
    parts.fatal(error)
  }

  function settle(work: Work, outcome: Outcome): void {
    outcomes.get(work)?.(outcome)
    outcomes.delete(work)
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'prepare':
        return endure(parts.prepare(effect.works).then((refused) => ({ kind: 'prepared', refused, at: clock() })))
      case 'commit':
        return endure(parts.commit(effect.batch).then(() => ({ kind: 'committed', at: clock() })))
      case 'lock': {
        const { origin, expected, next } = effect
        return endure(
          parts.lock(origin, expected, next).then(() => ({ kind: 'locked', origin, head: next, at: clock() })),
        )
      }
      case 'sign': {
        const { origin, head } = effect
        return endure(
          parts.sign(origin, head).then((signed) => ({ kind: 'signed', origin, head: signed, at: clock() })),
        )
      }
      case 'settled':
        return settle(effect.work, { kind: 'settled', position: effect.position })
      case 'refused':
        return settle(effect.work, { kind: 'refused', code: effect.code })
      case 'alarm':
        return parts.alarm(effect.code, effect.origin)
      case 'deliver':
      case 'ask-heads':
      case 'fetch':
      case 'fetch-bodies':
      case 'prove-fork':
        if (phase === 'running')
          parts.carrier
            .carry(effect)
            .then((events) => events.forEach(dispatch))
            .catch(fail)
    }
  }

  const settleLater = (work: Work, event: CoreEvent): Promise<Outcome> =>
    phase === 'running'
      ? new Promise((resolve) => {
          outcomes.set(work, resolve)
          dispatch(event)
        })
      : Promise.resolve(refusedForBusiness)

  async function stop(): Promise<void> {
    if (phase === 'running') phase = 'stopping'
    if (phase === 'stopping' && enduring > 0) await new Promise<void>((resolve) => (whenQuiet = resolve))
    if (phase === 'stopping') phase = 'stopped'
    for (const work of [...outcomes.keys()]) settle(work, refusedForBusiness)
  }

  return {
    state,
    submit: (submission) => settleLater(submission, { kind: 'submitted', submission, at: clock() }),
    arrive: (work) => settleLater(work, { kind: 'arrived', work, at: clock() }),
    dispatch,
    written() {
      const batch = state.committing
      return batch === undefined ? Promise.resolve() : new Promise((resolve) => whenWritten.push({ batch, resolve }))
    },
    stop: () => (stopping ??= stop()),
  }
}

const refusedForBusiness: Outcome = { kind: 'refused', code: 'node.busy' }

const answersOfDurable: ReadonlySet<CoreEvent['kind']> = new Set(['prepared', 'committed', 'locked', 'signed'])
