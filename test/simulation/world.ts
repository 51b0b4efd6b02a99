// Time, order and chance of one simulated history: a priority queue of events and a seed. Everything that happens happens
// in here, one event after the other, and leaves a line in the trace.

import { Random } from './random.ts'

interface Scheduled {
  readonly at: number
  readonly order: number
  readonly run: () => void | Promise<void>
}

/** Thrown when an oracle finds that something is not as it must be. */
export class Violation extends Error {
  readonly rule: string

  constructor(rule: string, message: string) {
    super(`${rule}: ${message}`)
    this.rule = rule
  }
}

export class World {
  /** Milliseconds since the epoch, by the clock that nobody in the simulation can read. */
  now = Date.UTC(2026, 0, 5)
  /** How many events have happened. */
  eventCount = 0
  readonly #random: Random
  readonly #heap: Scheduled[] = []
  #order = 0
  #hash = 0x811c9dc5
  readonly #listen: ((line: string) => void) | undefined

  constructor(seed: number, listen?: (line: string) => void) {
    this.#random = new Random(seed, 'world')
    this.#listen = listen
  }

  /** A stream of chance for one part of the world. Parts must ask in the same order in every run of a seed. */
  random(label: string): Random {
    return this.#random.split(label)
  }

  /** The hash of the whole trace so far. */
  get traceHash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0')
  }

  /** Writes a line of the trace. */
  trace(line: string): void {
    let hash = this.#hash ^ this.now
    for (let i = 0; i < line.length; i++) hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193)
    this.#hash = hash
    this.#listen?.(`${new Date(this.now).toISOString().slice(11, 23)} ${line}`)
  }

  /** Lets something happen after so many milliseconds. */
  after(delay: number, run: () => void | Promise<void>): void {
    this.#push({ at: this.now + Math.max(0, Math.round(delay)), order: this.#order++, run })
  }

  /** Lets everything happen until then, or until nothing is left; `afterEach` is asked after every event. */
  async runUntil(end: number, afterEach: () => void): Promise<void> {
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop()
      this.now = next.at
      this.eventCount += 1
      const done = next.run()
      if (done !== undefined) await done
      afterEach()
    }
    this.now = Math.max(this.now, end)
  }

  #push(item: Scheduled): void {
    const heap = this.#heap
    let at = heap.push(item) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (isBefore(heap[parent]!, item)) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = item
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1
      if (isBefore(last, heap[child]!)) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
  }
}

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
