// What the parties say: founding, adoption of the agreement, requests and what follows them, with sealed bodies. Clients
// that get no answer ask again with the same bytes, as the real one does.

import {
  cosign,
  formatBase64,
  formatHex,
  listSeenOrigins,
  parseTimedSignature,
  type CanonicalObject,
  type Checkpoint,
  type Draft,
  type Seen,
} from '@parley/record'
import { codeLists, findType, isRequesting } from '@parley/mechanism'
import type { SealedBody, Submission } from '@parley/record/core'
import { governanceDraft } from '../../packages/record/test-support/parties.ts'
import type { Outcome } from './driven-node.ts'
import type { SimulatedNode } from './node.ts'
import type { Cast } from './parties.ts'
import type { Random } from './random.ts'
import { stubCrypto } from './stub-crypto.ts'
import type { World } from './world.ts'

/** Something that a client wants recorded. */
export interface Wish {
  readonly party: string
  readonly origin: string
  readonly entry: Uint8Array
  readonly bodies: readonly SealedBody[]
}

/** Who is told what clients heard. */
export interface ClientLedger {
  /** The client was told that its entry is durable at this position. */
  recorded(node: SimulatedNode, wish: Wish, position: number): void
  /** The client was told that the log has its entry already. */
  recordedBefore(node: SimulatedNode, wish: Wish): void
}

const patienceMilliseconds = 15_000
const attemptsMax = 6

export class Clients {
  readonly #world: World
  readonly #cast: Cast
  readonly #random: Random
  /** Apart from the others, so that what was said before receipts could be carried is said again. */
  readonly #receipts: Random
  readonly #ledger: ClientLedger
  /** No new wishes from then on. */
  #ended = false

  constructor(world: World, cast: Cast, ledger: ClientLedger) {
    this.#world = world
    this.#cast = cast
    this.#random = world.random('clients')
    this.#receipts = world.random('receipts')
    this.#ledger = ledger
  }

  /** Lets the party of this node found itself, join and adopt, and then speak now and then. */
  live(node: SimulatedNode, pause: number): void {
    const { self } = node.parts
    const governed = (entry: Uint8Array): Wish => ({ party: self.party, origin: self.governanceLog, entry, bodies: [] })
    // Nothing makes sense before the founding entry is there, so it is tried until it is.
    this.#submit(node, governed(self.founded), Number.NEGATIVE_INFINITY, () => {
      this.#submit(node, governed(self.joined), 1)
      this.#world.after(this.#random.between(500, 3000), () => this.#adopt(node))
      this.keepSpeaking(node, pause)
    })
  }

  keepSpeaking(node: SimulatedNode, pause: number): void {
    this.#world.after(this.#random.delay(pause, 10 * pause), async () => {
      if (this.#ended) return
      if (node.up) await this.#speak(node)
      this.keepSpeaking(node, pause)
    })
  }

  end(): void {
    this.#ended = true
  }

  async #adopt(node: SimulatedNode): Promise<void> {
    if (!node.up) return this.#world.after(2000, () => this.#adopt(node))
    const wish = await this.#channelWish(node, 'agreement.adopted', undefined, { pack: 'aa'.repeat(32) }, false)
    this.#submit(node, wish, 1)
  }

  async #speak(node: SimulatedNode): Promise<void> {
    const random = this.#random
    const burst = random.chance(0.15) ? random.below(6) : 1
    for (let i = 0; i < burst; i++) {
      if (random.chance(0.08)) this.#submit(node, await this.#governanceWish(node), 1)
      else this.#submit(node, await this.#requestWish(node), 1)
    }
  }

  async #governanceWish(node: SimulatedNode): Promise<Wish> {
    const { party, governanceLog } = node.parts.self
    const address = `https://${party}-${this.#random.below(1e9)}.parley.example:8443`
    const entry = await node.parts.self.approve(governanceDraft(party, 'address.amended', { address }, this.#at(node)))
    return { party, origin: governanceLog, entry, bodies: [] }
  }

  async #requestWish(node: SimulatedNode): Promise<Wish> {
    const random = this.#random
    const subjects = [...node.reading.acts.keys()].filter((subject) => subject !== 'agreement')
    if (subjects.length === 0 || random.chance(0.25)) {
      const to = random.pick(this.#cast.parties.filter(({ party }) => party !== node.party)).party
      return this.#channelWish(
        node,
        'request.opened',
        undefined,
        { ...openingData, kind: random.pick(kinds), to },
        true,
      )
    }
    const subject = random.pick(subjects)
    const opened = node.reading.acts.get(subject)![0]!
    const ours = requestTypes.filter((type) => isRequesting(type as never) === (opened.party === node.party))
    const type = random.pick(ours)
    const demanded = findType(type)!.body
    const body = demanded === 'required' || (demanded === 'optional' && random.chance(0.5))
    const extension = node.reading.acts.get(subject)!.findLast((act) => act.type === 'request.extended')
    const named = type === 'request.agreed' && extension !== undefined ? { extension: extension.digest } : {}
    const carried = type === 'request.chased' ? await this.#carryReceipt(node, opened.data['to'] as string) : {}
    return this.#channelWish(node, type, subject, { ...dataOf[type]!(random), ...named, ...carried }, body)
  }

  /** Perhaps a receipt of the party over some head of our own log: mostly a true one, with whatever time it liked to state. */
  async #carryReceipt(node: SimulatedNode, party: string): Promise<CanonicalObject> {
    const random = this.#receipts
    const { channelLog: origin } = node.parts.self
    const { tree } = node.store.log(origin)
    const cosigner = this.#cast.parties.find((other) => other.party === party)
    if (cosigner === undefined || tree.size === 0 || random.chance(0.3)) return {}
    const size = 1 + random.below(tree.size)
    const time = 1 + random.below(2 ** 31)
    const head = { origin, size, root: tree.root(size) } as Checkpoint
    const line = await cosign(stubCrypto, cosigner.mirror, `${cosigner.prefix}/mirror`, head, time)
    const signature = formatBase64(parseTimedSignature(line.signature).signature)
    const told = random.chance(0.2) ? time + 1 : time
    return { receipt: { party: cosigner.party, size, time: told, signature } }
  }

  #at(node: SimulatedNode): number {
    const { name } = node.parts.behaviour
    return name === 'back-dater' ? this.#random.below(2 ** 41) : Math.max(1, Math.floor(node.clock()))
  }

  async #channelWish(
    node: SimulatedNode,
    type: string,
    subject: string | undefined,
    data: CanonicalObject,
    withBody: boolean,
  ): Promise<Wish> {
    const { party, channelLog } = node.parts.self
    const bytes = this.#random.bytes(40 + this.#random.below(1000))
    const ciphertext = formatHex(stubCrypto.sha256(bytes))
    const draft: Draft = {
      v: 1,
      channel: this.#cast.genesis.channel,
      from: party,
      type,
      ...(subject === undefined ? {} : { subject }),
      at: this.#at(node),
      seen: this.#listSeen(node),
      data,
      ...(withBody ? { body: { ciphertext, commitment: ciphertext, size: 1024 } } : {}),
    }
    const entry = await node.parts.self.approve(draft)
    return { party, origin: channelLog, entry, bodies: withBody ? [{ digest: ciphertext, bytes }] : [] }
  }

  /**
   * What the officials have before them: the other logs as far as they are read. Never beyond: an entry that waits for ever
   * would make everybody wait who names it.
   */
  #listSeen(node: SimulatedNode): Seen[] {
    const seen: Seen[] = []
    for (const origin of [...listSeenOrigins(this.#cast.genesis, node.party)].sort()) {
      const size = node.reading.verdicts(origin).length
      if (size === 0 || size > node.store.log(origin).tree.size) continue
      const cosigned = node.core.replicas.get(origin)?.cosigned
      // A back-dater names less than it has seen: what its log has named before counts on even so.
      if (node.parts.behaviour.name === 'back-dater' && cosigned !== undefined && this.#random.chance(0.5)) continue
      const time = cosigned?.size === size ? cosigned.time : 0
      seen.push({ origin, size, root: formatBase64(node.store.log(origin).tree.root(size)), time })
    }
    return seen
  }

  #submit(node: SimulatedNode, wish: Wish, attempt: number, then?: () => void): void {
    let heard = false
    const again = (pause: number): void => {
      if (attempt < attemptsMax) this.#world.after(pause, () => this.#submit(node, wish, attempt + 1, then))
    }
    if (!node.up) return again(4000)
    const submission: Submission = { kind: 'submission', origin: wish.origin, entry: wish.entry, bodies: wish.bodies }
    node.submit(submission, (outcome: Outcome) => {
      heard = true
      if (outcome.kind === 'settled') this.#ledger.recorded(node, wish, outcome.position)
      else if (outcome.code === 'entry.replayed') this.#ledger.recordedBefore(node, wish)
      else return again(5000)
      then?.()
    })
    this.#world.after(patienceMilliseconds, () => {
      if (!heard) again(0)
    })
  }

  /** Lets a node record bytes that are no proper entry of its log. */
  submitRaw(node: SimulatedNode, entry: Uint8Array): void {
    if (!node.up) return
    const submission: Submission = { kind: 'submission', origin: node.parts.self.channelLog, entry, bodies: [] }
    node.submit(submission, () => {})
  }
}

/** Preservation has acts of its own, so that every other request is one. */
const kinds = ['information', 'preservation'] as const

const openingData = {
  urgency: 'ordinary',
  offences: ['phishing'],
  languages: ['en'],
  handling: 'amber',
}

const dataOf: Record<string, (random: Random) => CanonicalObject> = {
  'request.supplemented': () => ({}),
  'request.chased': () => ({}),
  'request.agreed': () => ({ extension: 'ee'.repeat(32) }),
  'request.renewed': (random) => ({ until: 1 + random.below(2 ** 41) }),
  'request.converted': () => ({ by: 'central-authority' }),
  'request.withdrawn': (random) => ({ ground: random.pick(codeLists.withdrawalGround) }),
  'request.assessed': (random) => {
    const mark = (): number => 1 + random.below(5)
    return { marks: { timeliness: mark(), completeness: mark(), usefulness: mark() } }
  },
  'request.closed': (random) => ({ outcome: random.pick(codeLists.closingOutcome) }),
  'request.acknowledged': () => ({}),
  'request.triaged': (random) => ({
    will: random.pick(codeLists.will),
    form: 'information',
    expected: random.below(2 ** 41),
  }),
  'request.queried': (random) => ({ particulars: [random.pick(codeLists.particular)] }),
  'request.accepted': () => ({}),
  'request.postponed': (random) => ({
    ground: random.pick(codeLists.postponementGround),
    until: random.below(2 ** 41),
  }),
  'request.forwarded': (random) => ({ authority: random.pick(codeLists.officeKind) }),
  'request.extended': (random) => ({ until: random.below(2 ** 41), reason: random.pick(codeLists.extensionReason) }),
  'request.preserved': (random) => ({ until: 1 + random.below(2 ** 41) }),
  'request.released': (random) => ({ ground: random.pick(codeLists.releaseGround) }),
  'request.returned': (random) => ({ reasons: [random.pick(codeLists.returnReason)] }),
  'request.refused': (random) => ({ ground: random.pick(codeLists.refusalGround) }),
  'request.updated': (random) => ({ stage: random.pick(codeLists.stage) }),
  'request.answered': (random) => ({ outcome: random.pick(codeLists.answerOutcome), handling: 'amber' }),
}
const requestTypes = Object.keys(dataOf)
