// A thousand histories of faults, each of which must keep every promise; the same seed gives the same history; and every
// bug that is planted on purpose is found.

import { describe, expect, test } from 'vitest'
import { bugNames } from './bugs.ts'
import { simulate } from './simulate.ts'

const seedCount = Number(process.env['PARLEY_SEEDS'] ?? 1000)
/** A planted bug must show within so many seeds. */
const bugSeedsMax = 1000

/** Each run is a test of its own, so that a slow machine meets no deadline. */
const seedsPerRun = 100
const runs = Array.from({ length: Math.ceil(seedCount / seedsPerRun) }, (_, i): [number, number] => {
  return [i * seedsPerRun + 1, Math.min(seedCount, (i + 1) * seedsPerRun)]
})

describe('the simulation', () => {
  const totals = new Map<string, number>()

  test.each(runs)('keeps every promise in seeds %i to %i', async (first, last) => {
    for (let seed = first; seed <= last; seed++) {
      const { counts, failure } = await simulate({ seed })
      expect(failure, `node test/simulation/main.ts --seed ${seed}`).toBeUndefined()
      for (const [what, times] of counts) totals.set(what, (totals.get(what) ?? 0) + times)
    }
  })

  test.runIf(seedCount >= 200)('meets every kind of fault on the way', () => {
    const met = ['deaths', 'restores', 'restores with lock', 'clock.back', 'forks proven', 'log.recovering', 'log.lost']
    for (const what of met) expect(totals.get(what) ?? 0, what).toBeGreaterThan(0)
  })

  test('plays the same seed the same way', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const first = await simulate({ seed })
      const second = await simulate({ seed })
      expect(second.traceHash).toBe(first.traceHash)
      expect(second.eventCount).toBe(first.eventCount)
    }
  })

  test('plays different seeds differently', async () => {
    const hashes = new Set<string>()
    for (let seed = 1; seed <= 25; seed++) hashes.add((await simulate({ seed })).traceHash)
    expect(hashes.size).toBe(25)
  })

  test.each(bugNames)('finds the planted bug %s', async (bug) => {
    let found: string | undefined
    for (let seed = 1; seed <= bugSeedsMax && found === undefined; seed++) {
      found = (await simulate({ seed, bug })).failure
    }
    expect(found).toBeDefined()
    expect(found).not.toMatch(/^crash/)
  })
})
