// The oracles: what must be true after every event, after every start, and when the world has healed. They see everything,
// but what clients were told they keep in a ledger of their own, which no node can touch.

import { equalBytes, leafHash, MemoryTree, openForkProof, RecordError } from '@parley/record'
import type { Head, OwnLog, SignedHead } from '@parley/record/core'
import { arrivalsWaitingPerPeerMax, submissionsWaitingMax } from '@parley/record/core'
import type { DrivenNode, Observer } from './driven-node.ts'
import { coreTools } from './entries.ts'
import type { Cast } from './parties.ts'
import type { Verdict } from './reading.ts'
import { stubCrypto } from './stub-crypto.ts'
import type { ClientLedger, Wish } from './workload.ts'
import { Violation } from './world.ts'

interface Acknowledged {
  readonly wish: Wish
  /** Undefined when the client was told only that the log has it. */
  readonly position: number | undefined
}

export class Oracles implements Observer, ClientLedger {
  readonly #cast: Cast
  /** By leaf hash: what clients were told is durable. */
  readonly #acknowledged = new Map<string, Acknowledged>()
  /** By origin: how many entries some member holds by a receipt that the author has. */
  readonly deliveredSizes = new Map<string, number>()
  /** By origin: the leaves below the largest head that the author ever signed. */
  readonly #signed = new Map<string, { leaves: Uint8Array[]; tree: MemoryTree }>()
  /** By node and origin: the newest receipt it gave. */
  readonly #receipts = new Map<string, Map<string, Head & { readonly time: number }>>()
  readonly #verdicts = new Map<string, Map<string, Verdict[]>>()
  /** Parties that signed two histories, and really did. */
  readonly #forkers = new Set<string>()
  readonly #dishonest: ReadonlySet<string>
  /** Nodes that came back from a backup and have not yet been given back what they lost. */
  readonly #recovering = new Set<string>()
  /** Parties that ever went back to a backup, and may have lost what was not delivered. */
  readonly #restored = new Set<string>()
  readonly counts = new Map<string, number>()

  constructor(cast: Cast, dishonest: ReadonlySet<string>) {
    this.#cast = cast
    this.#dishonest = dishonest
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1)
  }

  /** From now on the party may be accused: it runs two of the same node. */
  admitForker(party: string): void {
    this.#forkers.add(party)
  }

  isForker(party: string): boolean {
    return this.#forkers.has(party)
  }

  authorOf(origin: string): string {
    const party = this.#cast.parties.find(({ channelLog, governanceLog }) =>
      [channelLog, governanceLog].includes(origin),
    )
    return party!.party
  }

  wasRestored(party: string): boolean {
    return this.#restored.has(party)
  }

  isDishonest(origin: string): boolean {
    return this.#dishonest.has(this.authorOf(origin))
  }

  recorded(node: DrivenNode, wish: Wish, position: number): void {
    this.count('recorded')
    this.#keep(node, wish, position)
  }

  recordedBefore(node: DrivenNode, wish: Wish): void {
    this.count('recorded before')
    this.#keep(node, wish, undefined)
  }

  #keep(node: DrivenNode, wish: Wish, position: number | undefined): void {
    if (!node.parts.behaviour.honest) return
    const leaf = leafHash(stubCrypto, wish.entry).toHex()
    const known = this.#acknowledged.get(leaf)
    if (known?.position !== undefined && position !== undefined && known.position !== position) {
      throw new Violation('I1', `an entry was acknowledged at ${known.position} and ${position} of ${wish.origin}`)
    }
    this.#acknowledged.set(leaf, { wish, position: position ?? known?.position })
  }

  signed(node: DrivenNode, origin: string, head: SignedHead): void {
    this.count('signed')
    if (this.#forkers.has(node.party)) return
    const { tree } = node.store.log(origin)
    let signed = this.#signed.get(origin)
    if (signed === undefined) this.#signed.set(origin, (signed = { leaves: [], tree: new MemoryTree(stubCrypto) }))
    if (tree.size < head.size || !equalBytes(tree.root(head.size), head.root)) {
      throw new Violation('I2', `${node.name} signed a head of ${origin} that its copy does not have`)
    }
    const common = Math.min(signed.tree.size, head.size)
    if (!equalBytes(signed.tree.root(common), tree.root(common))) {
      throw new Violation('I2', `${node.name} signed two histories of ${origin}, which differ below ${common}`)
    }
    for (let i = signed.leaves.length; i < head.size; i++) {
      signed.leaves.push(tree.leaf(i))
      signed.tree.append(tree.leaf(i))
    }
  }

  /** A log came back from a backup together with its lock: heads that nobody else has ever held did not happen. */
  forgetUnheard(origin: string, heard: number): void {
    const signed = this.#signed.get(origin)
    if (signed === undefined || signed.leaves.length <= heard) return
    const tree = new MemoryTree(stubCrypto)
    const leaves = signed.leaves.slice(0, heard)
    for (const leaf of leaves) tree.append(leaf)
    this.#signed.set(origin, { leaves, tree })
  }

  /** A node came back from a backup: only what was delivered must come back, and its receipts and verdicts begin anew. */
  restored(node: DrivenNode): void {
    this.#recovering.add(node.name)
    this.#restored.add(node.party)
    this.#receipts.delete(node.name)
    this.#verdicts.delete(node.name)
    for (const [leaf, { wish, position }] of this.#acknowledged) {
      if (wish.party !== node.party) continue
      const kept = position !== undefined && position < (this.deliveredSizes.get(wish.origin) ?? 0)
      if (!kept) this.#acknowledged.delete(leaf)
    }
  }

  receipted(node: DrivenNode, origin: string, head: Head & { readonly time: number }): void {
    this.count('receipts')
    let receipts = this.#receipts.get(node.name)
    if (receipts === undefined) this.#receipts.set(node.name, (receipts = new Map()))
    const last = receipts.get(origin)
    if (last !== undefined && (last.size > head.size || last.time > head.time)) {
      throw new Violation(
        'R4',
        `${node.name} cosigned ${origin} at ${head.size}, ${head.time} after ${last.size}, ${last.time}`,
      )
    }
    receipts.set(origin, head)
  }

  delivered(node: DrivenNode, party: string, origin: string, size: number): void {
    this.count('delivered')
    // Whoever lies may have given a receipt for what it does not mean to hand back.
    if (!node.parts.behaviour.honest || this.#dishonest.has(party)) return
    this.deliveredSizes.set(origin, Math.max(this.deliveredSizes.get(origin) ?? 0, size))
  }

  async forkProven(node: DrivenNode, origin: string, proof: Uint8Array): Promise<void> {
    this.count('forks proven')
    const party = this.#cast.parties.find((one) => one.party === this.authorOf(origin))!
    try {
      await openForkProof(stubCrypto, proof, { origin, keys: [party.logKeys.get(origin)!] })
    } catch (error) {
      if (error instanceof RecordError) throw new Violation('I3', `${node.name} keeps a proof that proves nothing`)
      throw error
    }
    if (!this.#forkers.has(party.party)) throw new Violation('I3', `${node.name} accuses ${party.party}, who is honest`)
  }

  alarmed(node: DrivenNode, code: string, origin: string): void {
    this.count(code)
    const accuses = code === 'replica.forked' || code === 'log.forked' || code === 'log.lock-contradicts'
    if (accuses && !this.#forkers.has(this.authorOf(origin)) && node.parts.behaviour.honest) {
      throw new Violation('I3', `${node.name} raises ${code} over ${origin}, whose author is honest`)
    }
  }

  read(node: DrivenNode): void {
    if (!node.parts.behaviour.honest) return
    let known = this.#verdicts.get(node.name)
    if (known === undefined) this.#verdicts.set(node.name, (known = new Map()))
    for (const origin of node.store.logs.keys()) {
      const verdicts = node.reading.verdicts(origin)
      const before = known.get(origin) ?? []
      for (const [index, verdict] of before.entries()) {
        const now = verdicts[index]
        // After a start the reading begins anew, and may not be as far yet.
        if (now !== undefined && (now.kind !== verdict.kind || now.code !== verdict.code)) {
          throw new Violation(
            'I5',
            `${node.name} changed its verdict on ${index} of ${origin}: ${verdict.kind} ${verdict.code}, now ${now.kind} ${now.code}`,
          )
        }
      }
      if (verdicts.length > before.length) known.set(origin, [...verdicts])
    }
  }

  /** What holds after every event. */
  checkBounds(node: DrivenNode): void {
    const { core } = node
    if (this.#recovering.has(node.name) && node.up && [...core.own.values()].every(isBack)) {
      this.#recovering.delete(node.name)
    }
    for (const { waiting, party } of core.peers.values()) {
      if (waiting < 0 || waiting > arrivalsWaitingPerPeerMax)
        throw new Violation('I9', `${waiting} arrivals of ${party} wait`)
    }
    if (core.submissionsWaiting < 0 || core.submissionsWaiting > submissionsWaitingMax) {
      throw new Violation('I9', `${core.submissionsWaiting} submissions wait`)
    }
    for (const own of core.own.values()) {
      if ((own.published?.size ?? 0) > own.locked.size) {
        throw new Violation('I2', `${node.name} published ${own.origin} beyond its lock`)
      }
    }
  }

  /** What holds after a start: everything acknowledged is there, once. */
  checkStarted(node: DrivenNode): void {
    if (!this.#recovering.has(node.name)) this.checkKept(node)
  }

  /** What holds in the end, for a restored node as well. */
  checkKept(node: DrivenNode): void {
    if (!node.parts.behaviour.honest) return
    for (const { wish, position } of this.#acknowledged.values()) {
      if (wish.party !== node.party) continue
      const { entries } = node.store.log(wish.origin)
      const at = position ?? entries.findIndex((entry) => equalBytes(entry, wish.entry))
      const entry = entries[at]
      if (entry === undefined || !equalBytes(entry, wish.entry)) {
        throw new Violation('I1', `${node.name} lost an acknowledged entry, ${at} of ${wish.origin}`)
      }
      for (const { digest } of wish.bodies) {
        if (!node.store.bodies.has(digest))
          throw new Violation('I1', `${node.name} lost the body of ${at} of ${wish.origin}`)
      }
    }
    for (const origin of node.core.own.keys()) {
      const { entries } = node.store.log(origin)
      const leaves = new Set(entries.map((entry) => leafHash(stubCrypto, entry).toHex()))
      if (leaves.size !== entries.length) throw new Violation('I1', `${node.name} recorded an entry of ${origin} twice`)
    }
    for (const [origin, { size, root }] of this.#receipts.get(node.name) ?? []) {
      const { entries, tree } = node.store.log(origin)
      if (tree.size < size || !equalBytes(tree.root(size), root)) {
        throw new Violation('I1', `${node.name} no longer holds ${origin} up to its receipt for ${size}`)
      }
      for (const entry of entries.slice(0, size)) {
        const digest = coreTools.bodyOf(entry)
        if (digest !== undefined && !node.store.bodies.has(digest)) {
          throw new Violation('I1', `${node.name} gave a receipt for ${origin} up to ${size} and lacks a body of it`)
        }
      }
    }
  }
}

/** Open again, with every body that its entries commit to. */
function isBack({ missing, phase }: OwnLog): boolean {
  return phase === 'open' && missing.size === 0
}
