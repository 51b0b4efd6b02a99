// The harness: figures with their spread, rows that set a figure beside a limit, and raw rates. It knows no benchmark.

/** A figure that was taken several times: the middle one, and the ends. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** A figure that somebody measured in the same run, on the same machine, to hold another one against. */
export interface Limit {
  readonly name: string
  readonly value: number
}

export interface Row extends Spread {
  readonly name: string
  readonly unit: string
  readonly limit?: Limit
  /** How much of the limit is reached: 1 is all of it. Of times, how much longer than the limit they are. */
  readonly ratio?: number
}

/** The middle and the ends of figures, of which there is at least one. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  if (median === undefined) throw new Error('a spread of nothing')
  return { median, min: sorted[0]!, max: sorted.at(-1)! }
}

/** A row; the ratio is the median over the limit. */
export function rowOf(name: string, unit: string, figures: readonly number[], limit?: Limit): Row {
  const spread = spreadOf(figures)
  return limit === undefined
    ? { name, unit, ...spread }
    : { name, unit, ...spread, limit, ratio: spread.median / limit.value }
}

/** The value below which that share of the figures lies. */
export function quantile(figures: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(figures).sort()
  if (sorted.length === 0) return Number.NaN
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** Seconds that a piece of work takes. */
export async function secondsOf(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

/** How often a second something synchronous can be done, in a slice of `milliseconds`. */
export function rateOf(milliseconds: number, once: (i: number) => void): number {
  const began = performance.now()
  let times = 0
  for (let step = 1; performance.now() - began < milliseconds; step *= 2) {
    for (let i = 0; i < step; i++) once(times + i)
    times += step
    if (step > 4096) step = 2048
  }
  return times / ((performance.now() - began) / 1000)
}

/** How often a second something asynchronous can be done with so many under way at once. */
export async function rateInFlight(
  milliseconds: number,
  inFlight: number,
  once: () => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  let times = 0
  const worker = async (): Promise<void> => {
    while (performance.now() - began < milliseconds) {
      await once()
      times += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return times / ((performance.now() - began) / 1000)
}

/** Does something so many times, one after the other. */
export async function repeat<T>(times: number, once: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let i = 0; i < times; i++) results.push(await once(i))
  return results
}
