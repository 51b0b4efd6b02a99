// The rules of release under every order that a node may meet, on a desk in memory with the node's own turns: cheap enough for
// ten thousand orders in every run. `release.test.ts` plays fewer of them on the real store.

import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Demand } from '@parley/mechanism'
import { createNamedTurns } from '../turns.ts'
import type { NamedTurns } from '../turns.ts'
import { excludedAuthors, ruleApprove, ruleRelease } from './rules.ts'
import type { Decision } from './rules.ts'

const demand: Demand = { count: 1, roles: ['releasing'] }
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

interface Frozen {
  readonly digest: string
  readonly text: string
  readonly authors: readonly string[]
  readonly approvals: readonly Decision[]
}

interface Released {
  readonly digest: string
  readonly text: string
  readonly approvals: readonly Decision[]
}

/** One draft on a desk. Between reading and writing each act lets others in, as a store does. */
function openDesk(turns: NamedTurns, pause: () => Promise<unknown>) {
  let text = 'first'
  let authors: readonly string[] = ['ada']
  let waiting: Frozen | undefined
  const released: Released[] = []
  const act = <Result>(work: () => Promise<Result>): Promise<Result> => turns.take('draft', work)
  const meant = (digest: string): Frozen => {
    if (waiting?.digest !== digest) throw new Error('release.changed')
    return waiting
  }
  return {
    released,
    edit: (person: string, next: string) =>
      act(async () => {
        await pause()
        text = next
        authors = [...new Set([...authors, person])]
        waiting = undefined
      }),
    submit: (person: string) =>
      act(async () => {
        const before = text
        await pause()
        const excluded = excludedAuthors(demand, [...authors, person])
        waiting = { digest: digestOf(before), text: before, authors: excluded, approvals: [] }
        return waiting.digest
      }),
    approve: (person: string, digest: string) =>
      act(async () => {
        const frozen = meant(digest)
        const decision = { person, official: `${person} key`, roles: ['releasing'] }
        const refusal = ruleApprove(frozen, demand, decision)
        if (refusal !== undefined) throw new Error(refusal)
        await pause()
        waiting = { ...frozen, approvals: [...frozen.approvals, decision] }
      }),
    revoke: (person: string, digest: string) =>
      act(async () => {
        const frozen = meant(digest)
        await pause()
        waiting = { ...frozen, approvals: frozen.approvals.filter((one) => one.person !== person) }
      }),
    release: (digest: string) =>
      act(async () => {
        const frozen = meant(digest)
        const refusal = ruleRelease(frozen, demand, { inForce: () => true, stale: false, aboveCeiling: false })
        if (refusal !== undefined) throw new Error(refusal)
        await pause()
        released.push({ digest, text, approvals: frozen.approvals })
        waiting = undefined
      }),
  }
}

/** No turns at all: what a node would be without them. */
const noTurns: NamedTurns = { take: (_name, work) => work() }

type Step = 'approve' | 'approve own' | 'approve stale' | 'edit' | 'submit' | 'revoke' | 'release' | 'release again'
const steps: readonly Step[] = [
  ...(['approve', 'approve own', 'approve stale', 'edit', 'submit', 'revoke', 'release', 'release again'] as const),
]

/** Plays one order; says how much left, and whether any of it was not what somebody else approved. */
async function play(scheduler: fc.Scheduler, chosen: readonly Step[], turns: NamedTurns) {
  const desk = openDesk(turns, () => scheduler.schedule(Promise.resolve()))
  const submitting = desk.submit('ada')
  await scheduler.waitFor(submitting)
  const first = await submitting
  const deeds: Readonly<Record<Step, () => Promise<unknown>>> = {
    approve: () => desk.approve('bo', first),
    'approve own': () => desk.approve('ada', first),
    'approve stale': () => desk.approve('cy', digestOf('second')),
    edit: () => desk.edit('bo', 'second'),
    submit: () => desk.submit('ada'),
    revoke: () => desk.revoke('bo', first),
    release: () => desk.release(first),
    'release again': () => desk.release(digestOf('second')),
  }
  const done = chosen.map((step) =>
    scheduler
      .schedule(Promise.resolve(), step)
      .then(deeds[step])
      .catch(() => undefined),
  )
  await scheduler.waitFor(Promise.all(done))
  const wrong = desk.released.filter(
    ({ approvals, digest, text }) => digestOf(text) !== digest || !approvals.some(({ person }) => person !== 'ada'),
  )
  return { released: desk.released.length, wrong }
}

const orders = fc.record({ scheduler: fc.scheduler(), chosen: fc.shuffledSubarray([...steps], { minLength: 4 }) })

test('[RL3] [RL4] [RL7] [T-13] in 10,000 orders nothing leaves but what somebody else approved', async () => {
  let [played, left] = [0, 0]
  await fc.assert(
    fc.asyncProperty(orders, async ({ chosen, scheduler }) => {
      const { released, wrong } = await play(scheduler, chosen, createNamedTurns())
      played += 1
      left += released
      expect(wrong).toEqual([])
      expect(released).toBeLessThanOrEqual(2)
    }),
    { numRuns: 10_000 },
  )
  expect(played).toBe(10_000)
  expect(left).toBeGreaterThan(100)
})

test('[RL3] [T-13] the same orders find a desk that does not take turns', async () => {
  const found = await fc.check(
    fc.asyncProperty(orders, async ({ chosen, scheduler }) => {
      expect((await play(scheduler, chosen, noTurns)).wrong).toEqual([])
    }),
    { numRuns: 10_000 },
  )
  expect(found.failed).toBe(true)
})
