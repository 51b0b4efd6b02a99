// The network between the nodes: questions and answers that are lost, late, doubled, out of order, cut off, or answers to
// another question. Who speaks to whom is known, as with mutual TLS; what they say is bytes.

import type { Random } from './random.ts'
import type { World } from './world.ts'

export type Question =
  | { readonly kind: 'deliver'; readonly bytes: Uint8Array }
  | { readonly kind: 'heads' }
  | { readonly kind: 'fetch'; readonly origin: string; readonly start: number }
  | { readonly kind: 'bodies'; readonly origin: string; readonly digests: readonly string[] }
  | { readonly kind: 'consistency'; readonly origin: string; readonly oldSize: number; readonly size: number }

/** The bytes of an answer, or undefined for a refusal. */
export type Answer = Uint8Array | undefined

/** Who answers. `reply` may be called once, later, or never. */
export interface Station {
  take(from: string, question: Question, reply: (answer: Answer) => void): void | Promise<void>
}

/** How bad the network is in this seed. Probabilities, and milliseconds. */
export interface NetworkFaults {
  loss: number
  duplicate: number
  truncate: number
  stale: number
  delayMedian: number
  delayMax: number
}

/** No message is under way for longer than this, which is less than a restore takes. */
export const delayMillisecondsMax = 20_000
const timeoutMilliseconds = 10_000

export class Network {
  faults: NetworkFaults
  /** The newest frames that were sent, for whoever listens on the wire. */
  readonly overheard: Uint8Array[] = []
  readonly #world: World
  readonly #random: Random
  /** Which station a party's name leads to, seen from another party. */
  readonly #stations = new Map<string, (from: string) => Station | undefined>()
  readonly #blocked = new Map<string, number>()
  readonly #lastAnswers = new Map<string, Uint8Array>()

  constructor(world: World, faults: NetworkFaults) {
    this.#world = world
    this.#random = world.random('network')
    this.faults = faults
  }

  /** Where messages for that party go; undefined while nobody is there. */
  connect(party: string, station: (from: string) => Station | undefined): void {
    this.#stations.set(party, station)
  }

  /** Nothing gets from one party to the other until then. */
  block(from: string, to: string, until: number): void {
    this.#blocked.set(`${from}>${to}`, until)
  }

  /** Ends every partition, and makes everything work. */
  heal(): void {
    this.#blocked.clear()
    this.#lastAnswers.clear()
    this.faults = { loss: 0, duplicate: 0, truncate: 0, stale: 0, delayMedian: 20, delayMax: 500 }
  }

  /** A new start of a node is a new connection: no answer from before can turn up in it. */
  reconnect(party: string): void {
    for (const key of this.#lastAnswers.keys()) if (key.startsWith(`${party}>`)) this.#lastAnswers.delete(key)
  }

  /** Asks; `hear` is called exactly once, with undefined when there is no answer in time or it is a refusal. */
  ask(from: string, to: string, question: Question, hear: (answer: Answer) => void): void {
    let waiting = true
    const conclude = (answer: Answer): void => {
      if (!waiting) return
      waiting = false
      hear(answer)
    }
    this.#world.after(timeoutMilliseconds, () => conclude(undefined))
    if (question.kind === 'deliver') {
      this.overheard.push(question.bytes)
      if (this.overheard.length > 40) this.overheard.shift()
    }
    const times = this.#random.chance(this.faults.duplicate) ? 2 : 1
    for (let i = 0; i < times; i++) this.#carry(from, to, question, conclude)
  }

  #carry(from: string, to: string, question: Question, conclude: (answer: Answer) => void): void {
    if (!this.#passes(from, to)) return
    const sent = question.kind === 'deliver' ? { ...question, bytes: this.#mayCut(question.bytes) } : question
    this.#world.after(this.#delay(), () => {
      const station = this.#stations.get(to)?.(from)
      // Nobody listens: the connection is refused, which is heard at once.
      if (station === undefined) return this.#world.after(this.#delay(), () => conclude(undefined))
      return station.take(from, sent, (answer) => this.#answer(from, to, question.kind, answer, conclude))
    })
  }

  #answer(from: string, to: string, kind: string, answer: Answer, conclude: (answer: Answer) => void): void {
    if (!this.#passes(to, from)) return
    let sent = answer
    const line = `${from}>${to} ${kind}`
    if (answer !== undefined) {
      const last = this.#lastAnswers.get(line)
      if (last !== undefined && this.#random.chance(this.faults.stale)) sent = last
      this.#lastAnswers.set(line, answer)
      sent = this.#mayCut(sent!)
    }
    this.#world.after(this.#delay(), () => conclude(sent))
  }

  #passes(from: string, to: string): boolean {
    const until = this.#blocked.get(`${from}>${to}`)
    if (until !== undefined && this.#world.now < until) return false
    return !this.#random.chance(this.faults.loss)
  }

  #mayCut(bytes: Uint8Array): Uint8Array {
    return this.#random.chance(this.faults.truncate) ? bytes.slice(0, this.#random.below(bytes.length)) : bytes
  }

  #delay(): number {
    return this.#random.delay(this.faults.delayMedian, Math.min(this.faults.delayMax, delayMillisecondsMax))
  }
}
