// What befalls the nodes: deaths between effects, failed syncs, restarts, restored backups with and without their lock,
// clocks set to anything, pauses and partitions. It sees to it that no two disasters take both copies of the same thing,
// because nothing can survive that.

import type { Effect, Head } from '@parley/record/core'
import type { Snapshot } from './disk.ts'
import type { Oracles } from './invariants.ts'
import type { Network } from './network.ts'
import type { Fate } from './driven-node.ts'
import type { SimulatedNode } from './node.ts'
import type { Random } from './random.ts'
import { Store } from './store.ts'
import type { World } from './world.ts'

/** How much goes wrong in this seed: probabilities, and mean pauses in milliseconds. */
export interface FaultPlan {
  readonly deathPerEffect: number
  readonly deathPause: number
  readonly syncFailure: number
  readonly restore: number
  readonly restoreWithLock: number
  readonly clockPause: number
  readonly stallPause: number
  readonly partitionPause: number
}

/** A lock that goes back together with its database must not meet messages from before. */
export const lockRestoreMilliseconds = 60_000
const snapshotPause = 15_000
const emptySnapshot: Snapshot = { transactions: 0, locks: new Map() }
const tenYears = 10 * 365.25 * 86_400_000

export class Faults implements Fate {
  active = true
  readonly #world: World
  readonly #random: Random
  readonly #network: Network
  readonly #oracles: Oracles
  readonly #plan: FaultPlan
  readonly #nodes: () => readonly SimulatedNode[]
  readonly #snapshots = new Map<string, Snapshot[]>()
  #restoring: SimulatedNode | undefined

  constructor(
    world: World,
    network: Network,
    oracles: Oracles,
    plan: FaultPlan,
    nodes: () => readonly SimulatedNode[],
  ) {
    this.#world = world
    this.#random = world.random('faults')
    this.#network = network
    this.#oracles = oracles
    this.#plan = plan
    this.#nodes = nodes
  }

  begin(): void {
    const { clockPause, deathPause, partitionPause, stallPause } = this.#plan
    this.#every(snapshotPause, () => this.#takeSnapshots())
    this.#every(deathPause, () => this.#random.pick(this.#nodes()).die('by chance'))
    this.#every(clockPause, () => this.#setClock())
    this.#every(stallPause, () => this.#stall())
    this.#every(partitionPause, () => this.#partition())
  }

  #every(pause: number, run: () => void): void {
    if (pause <= 0) return
    this.#world.after(this.#random.delay(pause, 6 * pause), () => {
      if (!this.active) return
      run()
      this.#every(pause, run)
    })
  }

  diesAt(_effect: Effect): boolean {
    return this.active && this.#random.chance(this.#plan.deathPerEffect)
  }

  failsToSync(): boolean {
    return this.active && this.#random.chance(this.#plan.syncFailure)
  }

  died(node: SimulatedNode): void {
    this.#oracles.count('deaths')
    const snapshot = this.#random.chance(this.#plan.restore) ? this.#chooseSnapshot(node) : undefined
    if (snapshot === undefined) {
      const pause = this.active ? this.#random.delay(2000, 30_000) : 500
      return this.#world.after(pause, async () => {
        await node.start(false)
        this.#oracles.checkStarted(node)
      })
    }
    this.#restoring = node
    const withLock = this.#mayRestoreLock() && this.#random.chance(this.#plan.restoreWithLock)
    this.#oracles.count(withLock ? 'restores with lock' : 'restores')
    node.trace(`goes back to ${snapshot.transactions} transactions${withLock ? ' and their lock' : ''}`)
    node.parts.disk.restore(snapshot, withLock)
    // Backups of the history that is given up here would be of no use: they contradict what comes now.
    const kept = this.#snapshots.get(node.name)!.filter(({ transactions }) => transactions <= snapshot.transactions)
    this.#snapshots.set(node.name, kept)
    this.#oracles.restored(node)
    const pause = withLock
      ? lockRestoreMilliseconds + this.#random.between(0, 10_000)
      : this.#random.delay(1500, 30_000)
    this.#world.after(pause, async () => {
      if (withLock) for (const [origin, heard] of this.#heardOf(node)) this.#oracles.forgetUnheard(origin, heard)
      await node.start(false)
    })
  }

  /** For each log of the node, the largest head that any other node holds on its disk. */
  #heardOf(node: SimulatedNode): Map<string, number> {
    const heard = new Map([...node.parts.kept.own.keys()].map((origin) => [origin, 0]))
    for (const other of this.#nodes()) {
      if (other === node) continue
      const store = durableStore(other)
      for (const [origin, size] of heard) {
        const held: Head | undefined = store.logs.get(origin)?.head
        heard.set(origin, Math.max(size, held?.size ?? 0))
      }
    }
    return heard
  }

  /** A party that lies about what it holds could keep the only head that the lock forgot. */
  #mayRestoreLock(): boolean {
    return this.#nodes().every(({ parts }) => parts.behaviour.tellsHeads)
  }

  /** An old backup of the node, unless to go back to it would take the last copy of something that was delivered. */
  #chooseSnapshot(node: SimulatedNode): Snapshot | undefined {
    const snapshots = this.#snapshots.get(node.name)
    if (!this.active || snapshots === undefined || !node.parts.behaviour.honest || !this.#isRested()) return undefined
    const others = this.#nodes().filter((other) => other !== node && other.parts.behaviour.honest)
    const stores = others.map(durableStore)
    for (const origin of node.store.logs.keys()) {
      const delivered = this.#oracles.deliveredSizes.get(origin) ?? 0
      const safe = others.some((other, i) => {
        const { entries, missing, whole } = stores[i]!.log(origin)
        // A member hands over nothing beyond the last head that it holds whole; the author signs what it has.
        const handed = other.parts.kept.own.has(origin) ? entries.length : (whole?.size ?? 0)
        return handed >= delivered && [...missing.values()].every((position) => position >= delivered)
      })
      if (!safe) return undefined
    }
    return this.#random.pick(snapshots)
  }

  /** The last restore is over: all logs are open again and nobody is down. */
  #isRested(): boolean {
    const last = this.#restoring
    if (last === undefined) return true
    return this.#nodes().every(({ up }) => up || last.up) && last.up && [...last.core.own.values()].every(isSettled)
  }

  #takeSnapshots(): void {
    for (const node of this.#nodes()) {
      if (!node.up) continue
      const snapshots = this.#snapshots.get(node.name) ?? [emptySnapshot]
      snapshots.push(node.parts.disk.snapshot())
      this.#snapshots.set(node.name, snapshots)
    }
  }

  #setClock(): void {
    const node = this.#random.pick(this.#nodes())
    const spans = [0, 3000, 3_600_000, 3 * 86_400_000, tenYears]
    const sign = this.#random.chance(0.5) ? 1 : -1
    node.clockOffset = sign * this.#random.fraction() * this.#random.pick(spans)
    node.trace(`clock off by ${Math.round(node.clockOffset / 1000)} s`)
  }

  #stall(): void {
    const node = this.#random.pick(this.#nodes())
    node.pausedUntil = this.#world.now + this.#random.delay(2000, 20_000)
    node.trace('stalls')
  }

  #partition(): void {
    const [one, other] = this.#random.shuffle(this.#nodes())
    if (one === undefined || other === undefined) return
    const until = this.#world.now + this.#random.delay(10_000, 60_000)
    this.#network.block(one.party, other.party, until)
    if (this.#random.chance(0.6)) this.#network.block(other.party, one.party, until)
  }

  /** Nothing goes wrong any more. Clocks stay as they are: nothing may depend on them. */
  heal(): void {
    this.active = false
    this.#network.heal()
    for (const node of this.#nodes()) node.pausedUntil = 0
  }
}

function isSettled({ phase }: { phase: string }): boolean {
  return phase !== 'asking' && phase !== 'recovering'
}

/** What a node would find on its disk if it died now and nothing that is not synced survived. */
export function durableStore(node: SimulatedNode): Store {
  return new Store(node.parts.kept, node.parts.disk.durableChanges())
}
