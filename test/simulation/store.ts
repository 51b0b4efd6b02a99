// What a node reads back from its disk: its logs, bodies, receipts and proofs, as the transactions made them.

import { Frontier, MemoryTree, type TreeReader } from '@parley/record'
import type { Batch, Head, SignedHead, StoredOwnLog, StoredReplica } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import type { Change } from './disk.ts'
import { stubCrypto } from './stub-crypto.ts'

/** Which logs a node keeps: its own with their members, the replicas with their authors. */
export interface KeptLogs {
  readonly own: ReadonlyMap<string, readonly string[]>
  readonly replicas: ReadonlyMap<string, string>
}

interface StoredLog {
  readonly entries: Uint8Array[]
  readonly tree: MemoryTree
  /** The newest head that the copy was verified against, and the newest that it reaches. */
  head: SignedHead | undefined
  whole: SignedHead | undefined
  cosigned: (Head & { readonly time: number }) | undefined
  readonly missing: Map<string, number>
}

export class Store implements LogReader {
  readonly logs = new Map<string, StoredLog>()
  readonly bodies = new Map<string, Uint8Array>()
  readonly forks = new Map<string, Uint8Array>()
  readonly progress = new Map<string, { readonly have: number; readonly receipted: number }>()
  cosignedUntil = 0
  readonly #kept: KeptLogs
  readonly #leaves = new Map<string, Set<string>>()

  constructor(kept: KeptLogs, changes: readonly Change[]) {
    this.#kept = kept
    for (const origin of [...kept.own.keys(), ...kept.replicas.keys()]) {
      const tree = new MemoryTree(stubCrypto)
      const empty = { head: undefined, whole: undefined, cosigned: undefined }
      this.logs.set(origin, { ...empty, entries: [], tree, missing: new Map() })
    }
    for (const origin of kept.own.keys()) this.#leaves.set(origin, new Set())
    for (const change of changes) this.apply(change)
  }

  /** True when one of our own logs has an entry with this leaf hash. */
  hasLeaf(origin: string, leaf: string): boolean {
    return this.#leaves.get(origin)?.has(leaf) === true
  }

  log(origin: string): StoredLog {
    const log = this.logs.get(origin)
    if (log === undefined) throw new Error(`no log ${origin} is kept here`)
    return log
  }

  apply(change: Change): void {
    switch (change.kind) {
      case 'batch':
        return this.#applyBatch(change.batch)
      case 'bodies':
        for (const { digest, bytes } of change.batch.bodies) this.bodies.set(digest, bytes)
        return
      case 'progress':
        this.progress.set(`${change.party} ${change.origin}`, change.progress)
        return
      case 'fork':
        if (!this.forks.has(change.origin)) this.forks.set(change.origin, change.proof)
    }
  }

  #applyBatch(batch: Batch): void {
    for (const { origin, first, entries, leafHashes, head } of batch.extensions) {
      const log = this.log(origin)
      if (first !== log.entries.length) throw new Error('a batch does not begin where its log ends')
      log.entries.push(...entries)
      const leaves = this.#leaves.get(origin)
      for (const leaf of leafHashes) {
        log.tree.append(leaf)
        leaves?.add(leaf.toHex())
      }
      if (head !== undefined) this.#applyHead(log, head)
    }
    for (const { origin, digest, position } of batch.missing) this.log(origin).missing.set(digest, position)
    for (const { digest, bytes } of batch.bodies) {
      this.bodies.set(digest, bytes)
      for (const log of this.logs.values()) log.missing.delete(digest)
    }
    for (const { origin, size, root, note, time } of batch.receipts) {
      const log = this.log(origin)
      log.cosigned = { size, root, time }
      this.#applyHead(log, { size, root, note })
    }
    this.cosignedUntil = Math.max(this.cosignedUntil, batch.cosignedUntil)
  }

  #applyHead(log: StoredLog, head: SignedHead): void {
    for (const candidate of [log.head, head]) {
      if (candidate === undefined || candidate.size > log.entries.length) continue
      if (log.whole === undefined || candidate.size >= log.whole.size) log.whole = candidate
    }
    if (log.head === undefined || head.size >= log.head.size) log.head = head
  }

  readSize(origin: string): Promise<number | undefined> {
    return Promise.resolve(this.logs.get(origin)?.entries.length)
  }

  readEntries(origin: string, start: number, end: number): Promise<Uint8Array[]> {
    return Promise.resolve(this.log(origin).entries.slice(start, end))
  }

  treeOf(origin: string): TreeReader {
    return this.log(origin).tree
  }

  readBodies(digests: readonly string[]): Promise<Map<string, Uint8Array>> {
    const held = new Map<string, Uint8Array>()
    for (const digest of digests) {
      const bytes = this.bodies.get(digest)
      if (bytes !== undefined) held.set(digest, bytes)
    }
    return Promise.resolve(held)
  }

  /** One of our own logs, for the core to take up. */
  ownLog(origin: string, lock: Head | undefined, inception: boolean): StoredOwnLog {
    const { tree } = this.log(origin)
    const members = this.#kept.own.get(origin)!.map((party) => {
      return { party, ...(this.progress.get(`${party} ${origin}`) ?? { have: 0, receipted: 0 }) }
    })
    const rootAtLock = lock === undefined || lock.size > tree.size ? undefined : tree.root(lock.size)
    const missing = this.#listMissing(origin)
    const forked = this.forks.has(origin)
    return { origin, members, frontier: this.#frontier(origin), lock, rootAtLock, missing, forked, inception }
  }

  /** A replica, for the core to take up. */
  replica(origin: string): StoredReplica {
    const { head, cosigned } = this.log(origin)
    const missing = this.#listMissing(origin)
    const author = this.#kept.replicas.get(origin)!
    const frozen = this.forks.has(origin)
    return { origin, author, frontier: this.#frontier(origin), head, cosigned, missing, frozen }
  }

  #listMissing(origin: string): { digest: string; position: number }[] {
    return [...this.log(origin).missing].map(([digest, position]) => ({ digest, position }))
  }

  #frontier(origin: string): Frontier {
    const { tree } = this.log(origin)
    const frontier = Frontier.empty(stubCrypto)
    for (let i = 0; i < tree.size; i++) frontier.append(tree.leaf(i))
    return frontier
  }
}
