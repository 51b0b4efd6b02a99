// The disk of one node: a journal of transactions, each written in parts and only then synced, and the lock, which is kept
// apart. A crash keeps some of the parts that were not synced and tears the last; a transaction of which a part is missing
// never happened, and neither did what came after it.

import type { Batch, Head, Progress } from '@parley/record/core'
import type { Random } from './random.ts'

/** What one transaction changes. */
export type Change =
  | { readonly kind: 'batch'; readonly batch: Batch }
  /** How far a member has got with one of our own logs. */
  | {
      readonly kind: 'progress'
      readonly party: string
      readonly origin: string
      readonly progress: Pick<Progress, 'have' | 'receipted'>
    }
  | { readonly kind: 'fork'; readonly origin: string; readonly proof: Uint8Array }
  /** A bug's own kind: bodies that were not in the batch they belong to. */
  | { readonly kind: 'bodies'; readonly batch: Batch }

interface Transaction {
  readonly change: Change
  /** How many parts it is written in. */
  readonly parts: number
  synced: boolean
}

/** A state of the disk to go back to. */
export interface Snapshot {
  readonly transactions: number
  readonly locks: ReadonlyMap<string, Head>
}

export class Disk {
  readonly #random: Random
  #journal: Transaction[] = []
  #locks = new Map<string, Head>()
  /** Lock writes under way: a rename, so that a crash leaves the old or the new one. */
  #locking = new Map<string, Head>()

  constructor(random: Random) {
    this.#random = random
  }

  /** Writes a transaction, which is not durable until {@link Disk.sync}. */
  write(change: Change): void {
    const parts = change.kind === 'batch' ? 2 + change.batch.extensions.length + change.batch.bodies.length : 1
    this.#journal.push({ change, parts, synced: false })
  }

  /** All that was written is durable. */
  sync(): void {
    for (let i = this.#journal.length - 1; i >= 0 && !this.#journal[i]!.synced; i--) this.#journal[i]!.synced = true
  }

  writeLock(origin: string, head: Head): void {
    this.#locking.set(origin, head)
  }

  syncLock(origin: string): void {
    const head = this.#locking.get(origin)
    if (head !== undefined) this.#locks.set(origin, head)
    this.#locking.delete(origin)
  }

  /** The power goes. What was not synced is kept in part, or not at all. */
  crash(): void {
    const first = this.#journal.findIndex(({ synced }) => !synced)
    if (first >= 0) {
      let kept = first
      while (kept < this.#journal.length && this.#survives(this.#journal[kept]!)) kept += 1
      this.#journal.length = kept
      this.sync()
    }
    for (const origin of this.#locking.keys()) {
      if (this.#random.chance(0.5)) this.syncLock(origin)
    }
    this.#locking.clear()
  }

  #survives({ parts }: Transaction): boolean {
    for (let i = 0; i < parts; i++) if (this.#random.chance(0.4)) return false
    return true
  }

  snapshot(): Snapshot {
    return { transactions: this.#journal.length, locks: new Map(this.#locks) }
  }

  /** Puts back an old backup; the lock only where `withLock` says so. */
  restore({ transactions, locks }: Snapshot, withLock: boolean): void {
    this.#journal.length = Math.min(this.#journal.length, transactions)
    if (withLock) this.#locks = new Map(locks)
  }

  /** A copy of the whole disk, as somebody makes who means to run two of the same node. */
  clone(random: Random): Disk {
    const copy = new Disk(random)
    copy.#journal = this.#journal.map((transaction) => ({ ...transaction }))
    copy.#locks = new Map(this.#locks)
    return copy
  }

  /** What the lock says to whoever reads it: also what is written and would not survive a crash. */
  lockOf(origin: string): Head | undefined {
    return this.#locking.get(origin) ?? this.#locks.get(origin)
  }

  /** What is sure to be there after a crash. */
  durableChanges(): Change[] {
    return this.#journal.filter(({ synced }) => synced).map(({ change }) => change)
  }

  /** Everything that is there after a start, in order. */
  changes(): Change[] {
    return this.#journal.map(({ change }) => change)
  }
}
