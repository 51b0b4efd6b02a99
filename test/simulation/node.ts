// One node: the real core, driven by a bad disk, a bad clock and a bad network. It carries out what docs/spec/core.md asks
// of a driver, and dies whenever chance says so, between any two effects.

import { leafHash, signCheckpoint } from '@parley/record'
import {
  emptyCore,
  step,
  type Arrival,
  type BodyArrival,
  type Batch,
  type CoreEvent,
  type CoreState,
  type Effect,
  type SignedHead,
  type Submission,
  type Work,
} from '@parley/record/core'
import type { DrivenNode, NodeParts, Outcome } from './driven-node.ts'
import { coreTools } from './entries.ts'
import { createCarrier, type Carrier } from './node-carrier.ts'
import { serve } from './node-service.ts'
import type { Answer, Question, Station } from './network.ts'
import type { Random } from './random.ts'
import { Reading } from './reading.ts'
import { Store } from './store.ts'
import { stubCrypto } from './stub-crypto.ts'
import { Violation } from './world.ts'

const tickMilliseconds = 3000
export class SimulatedNode implements DrivenNode, Station {
  readonly parts: NodeParts
  readonly random: Random
  store: Store
  reading: Reading
  core: CoreState
  up = false
  /** How far the node's clock is from the world's, in milliseconds. */
  clockOffset = 0
  /** Nothing gets done before then. */
  pausedUntil = 0
  incarnation = 0
  readonly #carrier: Carrier
  #outcomes = new Map<Work, (outcome: Outcome) => void>()

  constructor(parts: NodeParts) {
    this.parts = parts
    this.random = parts.world.random(`node ${parts.name}`)
    this.store = new Store(parts.kept, parts.disk.changes())
    this.reading = new Reading(parts.cast, this.store, {})
    this.core = emptyCore(0)
    this.#carrier = createCarrier(this)
  }

  get name(): string {
    return this.parts.name
  }

  get party(): string {
    return this.parts.self.party
  }

  /** Unix milliseconds, by the node's own clock. */
  clock(): number {
    return Math.max(0, this.parts.world.now + this.clockOffset)
  }

  trace(line: string): void {
    this.parts.world.trace(`${this.parts.name} ${line}`)
  }

  /** Does something a little later, unless the node has died by then. */
  later(median: number, run: () => void | Promise<void>): void {
    const { incarnation } = this
    const delay = Math.max(this.random.delay(median, 50 * median), this.pausedUntil - this.parts.world.now)
    this.parts.world.after(delay, () => (this.up && this.incarnation === incarnation ? run() : undefined))
  }

  /** Takes up what the disk holds. */
  async start(inception: boolean): Promise<void> {
    const { bug, cast, disk, kept } = this.parts
    this.incarnation += 1
    this.up = true
    this.trace(inception ? 'founded' : 'started')
    this.store = new Store(kept, disk.changes())
    const readingBugs = { countAcceptedOnly: bug === 'cursor-by-accepted', seeEverything: bug === 'verdict-recomputed' }
    this.reading = new Reading(cast, this.store, readingBugs)
    this.core = emptyCore(bug === 'receipt-time-by-clock' ? 0 : this.store.cosignedUntil)
    this.#outcomes = new Map()
    this.parts.network.reconnect(this.party)
    await this.#readOn()
    const at = this.clock()
    for (const origin of kept.replicas.keys())
      this.dispatch({ kind: 'replica', replica: this.store.replica(origin), at })
    for (const origin of this.random.shuffle([...kept.own.keys()])) {
      if (!this.up) return
      this.dispatch({ kind: 'own-log', log: this.store.ownLog(origin, disk.lockOf(origin), inception), at })
      if (bug === 'open-without-asking') this.dispatch({ kind: 'overridden', origin, at })
    }
    this.#tick()
  }

  #tick(): void {
    this.later(tickMilliseconds, () => {
      this.dispatch({ kind: 'tick', at: this.clock() })
      this.#tick()
    })
  }

  /** The power goes. */
  die(why: string): void {
    if (!this.up) return
    this.trace(`died: ${why}`)
    this.up = false
    this.parts.disk.crash()
    this.parts.fate.died(this)
  }

  dispatch(event: CoreEvent): void {
    if (!this.up) return
    const effects = step(coreTools, this.core, this.#bend(event))
    this.trace(short(describeEvent(event)))
    for (const effect of effects) {
      if (this.parts.fate.diesAt(effect)) return this.die(`before ${effect.kind}`)
      this.#perform(effect)
    }
  }

  /** What a planted bug makes of an event. */
  #bend(event: CoreEvent): CoreEvent {
    if (this.parts.bug !== 'accept-fork') return event
    const blind = <T extends { ours: Uint8Array | undefined; head: SignedHead }>(shown: T): T => {
      return shown.ours === undefined ? shown : { ...shown, ours: shown.head.root }
    }
    if (event.kind === 'heads') return { ...event, heads: event.heads.map(blind) }
    if (event.kind !== 'arrived' || event.work.kind !== 'arrival') return event
    const work = blind(event.work)
    this.#outcomes.set(work, this.#outcomes.get(event.work)!)
    return { ...event, work }
  }

  submit(submission: Submission, hear: (outcome: Outcome) => void): void {
    this.#outcomes.set(submission, hear)
    this.dispatch({ kind: 'submitted', submission, at: this.clock() })
  }

  arrive(work: Arrival | BodyArrival, hear: (outcome: Outcome) => void): void {
    this.#outcomes.set(work, hear)
    this.dispatch({ kind: 'arrived', work, at: this.clock() })
  }

  take(from: string, question: Question, reply: (answer: Answer) => void): void {
    if (this.up) this.later(2, () => serve(this, from, question, reply))
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case 'prepare':
        return this.later(1, () => {
          const refused = this.#refuse(effect.works)
          this.dispatch({ kind: 'prepared', refused, at: this.clock() })
        })
      case 'commit':
        return this.#commit(effect.batch)
      case 'lock':
        return this.#lock(effect)
      case 'sign':
        return this.later(1, async () => {
          const note = await signCheckpoint(stubCrypto, this.parts.self.log, { origin: effect.origin, ...effect.head })
          const head = { ...effect.head, note }
          this.parts.observer.signed(this, effect.origin, head)
          this.dispatch({ kind: 'signed', origin: effect.origin, head, at: this.clock() })
        })
      case 'settled':
        return this.#conclude(effect.work, { kind: 'settled', position: effect.position })
      case 'refused':
        return this.#conclude(effect.work, { kind: 'refused', code: effect.code })
      case 'alarm':
        this.trace(`alarm ${effect.code} ${short(effect.origin)}`)
        return this.parts.observer.alarmed(this, effect.code, effect.origin)
      case 'deliver':
      case 'ask-heads':
      case 'fetch':
      case 'fetch-bodies':
      case 'prove-fork':
        return this.#carrier.carry(effect)
    }
  }

  #conclude(work: Work, outcome: Outcome): void {
    if (outcome.kind === 'refused') this.trace(`refused ${work.kind} ${outcome.code}`)
    const hear = this.#outcomes.get(work)
    this.#outcomes.delete(work)
    hear?.(outcome)
  }

  /** What is in the log already is not recorded again, or a client that asks again after a crash would say things twice. */
  #refuse(works: readonly Work[]): Map<Work, string> {
    const refused = new Map<Work, string>()
    if (this.parts.behaviour.judgesNothing || this.parts.bug === 'retry-recorded-twice') return refused
    const fresh = new Set<string>()
    for (const work of works) {
      if (work.kind !== 'submission') continue
      const leaf = leafHash(stubCrypto, work.entry).toHex()
      if (this.store.hasLeaf(work.origin, leaf) || fresh.has(leaf)) refused.set(work, 'entry.replayed')
      fresh.add(leaf)
    }
    return refused
  }

  #commit(batch: Batch): void {
    const { bug, disk } = this.parts
    const split = bug === 'receipt-before-bodies' && batch.bodies.length > 0
    disk.write({ kind: 'batch', batch: split ? { ...batch, bodies: [], missing: [] } : batch })
    const commit = async (): Promise<void> => {
      if (this.parts.fate.failsToSync()) return this.die('a sync failed')
      if (bug !== 'skip-sync') disk.sync()
      if (split) disk.write({ kind: 'bodies', batch })
      this.store.apply({ kind: 'batch', batch })
      for (const receipt of batch.receipts) this.parts.observer.receipted(this, receipt.origin, receipt)
      await this.#readOn()
      this.dispatch({ kind: 'committed', at: this.clock() })
    }
    this.later(5, commit)
    if (bug === 'skip-sync' || split) this.later(4000, () => disk.sync())
  }

  async #readOn(): Promise<void> {
    await this.reading.readOn()
    this.parts.observer.read(this)
  }

  #lock({ origin, expected, next }: Extract<Effect, { kind: 'lock' }>): void {
    const { bug, disk } = this.parts
    const held = disk.lockOf(origin)
    if ((held?.size ?? 0) !== expected.size) {
      throw new Violation('lock', `${this.name} expects ${expected.size} in the lock of ${origin}: ${held?.size ?? 0}`)
    }
    const lazy = bug === 'publish-before-lock'
    disk.writeLock(origin, next)
    if (lazy) this.later(0, () => this.dispatch({ kind: 'locked', origin, head: next, at: this.clock() }))
    this.later(lazy ? 3000 : 3, () => {
      disk.syncLock(origin)
      if (!lazy) this.dispatch({ kind: 'locked', origin, head: next, at: this.clock() })
    })
  }
}

/** The origin of a log, short enough to read. */
function short(origin: string): string {
  return origin.replace('.parley.example', '').replace(/c\/[0-9a-f]{32}/, 'c')
}

function describeEvent(event: CoreEvent): string {
  switch (event.kind) {
    case 'arrived': {
      const { work } = event
      const what = work.kind === 'arrival' ? `${work.start}+${work.entries.length} of ${work.head.size}` : 'bodies'
      return `arrived ${what} ${work.origin} from ${work.party}`
    }
    case 'submitted':
      return `submitted ${event.submission.origin}`
    case 'locked':
    case 'signed':
      return `${event.kind} ${event.head.size} ${event.origin}`
    case 'answered':
      return `answered ${event.party} ${event.origin} have ${event.have} receipted ${event.receipted}`
    case 'heads':
      return `heads ${event.party} ${event.heads.map(({ origin, head }) => `${short(origin)}=${head.size}`).join(' ')}`
    case 'unanswered':
    case 'fetched':
      return `${event.kind} ${event.party} ${event.origin}${event.kind === 'fetched' && event.failed ? ' failed' : ''}`
    case 'heads-failed':
      return `heads-failed ${event.party}`
    case 'own-log':
      return `own-log ${event.log.origin} ${event.log.frontier.size} lock ${event.log.lock?.size ?? '-'}`
    case 'replica':
      return `replica ${event.replica.origin} ${event.replica.frontier.size}`
    case 'fork-proven':
    case 'overridden':
    case 'member':
      return `${event.kind} ${event.origin}`
    case 'heads-carried':
    case 'prepared':
    case 'committed':
    case 'tick':
      return event.kind
  }
}
