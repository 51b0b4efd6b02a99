// Chance for the simulation: sfc32, split into streams by label, so that one more draw in one part of the world shifts
// nothing in the others.

/** A stream of pseudo-random numbers that follows from its seed alone. */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number, label = '') {
    let hash = 0x811c9dc5 ^ seed
    const stir = (value: number): number => {
      hash = Math.imul(hash ^ value, 0x01000193)
      hash ^= hash >>> 15
      return hash >>> 0
    }
    for (let i = 0; i < label.length; i++) stir(label.charCodeAt(i))
    this.#a = stir(1)
    this.#b = stir(2)
    this.#c = stir(3)
    for (let i = 0; i < 12; i++) this.#draw()
  }

  #draw(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }

  /** A stream of its own. It takes one draw from this one. */
  split(label: string): Random {
    return new Random(this.#draw(), label)
  }

  /** From 0 to before 1. */
  fraction(): number {
    return this.#draw() / 0x1_0000_0000
  }

  /** A whole number from 0 to before `count`. */
  below(count: number): number {
    return Math.floor(this.fraction() * count)
  }

  between(low: number, high: number): number {
    return low + this.fraction() * (high - low)
  }

  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  /** Mostly short and now and then very long: the time things take. */
  delay(median: number, max: number): number {
    const normal = this.fraction() + this.fraction() + this.fraction() + this.fraction() - 2
    return Math.min(max, median * Math.exp(normal * 2))
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length)
    for (let i = 0; i < length; i += 4) {
      const word = this.#draw()
      for (let j = 0; j < 4 && i + j < length; j++) bytes[i + j] = word >>> (8 * j)
    }
    return bytes
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
    }
    return shuffled
  }
}
