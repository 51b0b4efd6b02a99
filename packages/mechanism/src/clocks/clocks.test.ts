import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CanonicalObject } from '@parley/record'
import type { Act } from '../act.ts'
import type { Guidelines } from '../guidelines/shape.ts'
import { sampleGuidelines } from '../testing/guidelines.ts'
import { createAgreed, type History } from '../testing/histories.ts'
import { packAtHand, someSignature } from '../testing/samples.ts'
import type { EntryTypeName } from '../words/keys.ts'
import { stateOfClock } from './clock-state.ts'
import { viewClocksNow } from './clocks-now.ts'
import { viewClocks, type Clock } from './clocks.ts'
import { guidelinesOf } from './guidelines-in-force.ts'
import { nextDue, viewClocksAtCut } from './next-due.ts'

const hour = 3600
const guidelines = sampleGuidelines()

/** A request that `us` opens at second 1000 and `cn` holds at `receipt`; times are Unix seconds. */
function createCase(data: CanonicalObject = {}, receipt = 2000) {
  const history: History = createAgreed()
  history.look('us', 'cn', 1000)
  const opened = history.say('us', 'request.opened', { data: { to: 'cn', kind: 'information', ...data } })
  history.look('cn', 'us', receipt)
  const acts: Act[] = [opened]
  const say = (party: string, type: EntryTypeName, more: CanonicalObject = {}): Act => {
    const act = history.say(party, type, { subject: opened.digest, data: more })
    acts.push(act)
    return act
  }
  return { acts, history, opened, say }
}

/** The clock of a name at a second. */
function clockAt(acts: readonly Act[], what: Clock['what'], second: number): Clock {
  const clock = viewClocks(acts, guidelines, second * 1000).find((each) => each.what === what)
  if (clock === undefined) throw new Error(`there is no clock ${what}`)
  return clock
}

test('[CL1] a clock runs from the receipt by the requested party', () => {
  const { acts, say } = createCase()
  say('cn', 'request.acknowledged')
  const { from, owedBy, target } = clockAt(acts, 'final-answer', 3000)
  expect(owedBy).toBe('cn')
  expect(from).toEqual({ notBefore: 1_000_000, notAfter: 2_000_999 })
  expect(target).toEqual({
    notBefore: (1000 + 100 * hour) * 1000,
    notAfter: (2000 + 100 * hour) * 1000 + 999,
  })
})

test('[CL1] a request that nobody is known to have received is never overdue', () => {
  const { acts } = createCase()
  expect(clockAt(acts, 'triage', 1000 + hour).state).toBe('in-time')
  expect(clockAt(acts, 'triage', 1000 + 1_000 * hour).state).toBe('disputed')
})

describe('[CL12] what is done and not witnessed by an entry of the other side', () => {
  const { acts, say } = createCase()
  say('cn', 'request.acknowledged')
  const now = (second: number) =>
    viewClocksNow(acts, guidelines, second * 1000).find(({ what }) => what === 'acknowledgement')!

  test('is met to whoever looks before the target begins to run out, and open to dispute afterwards', () => {
    const { notBefore } = now(2001).target
    expect(now(2001).state).toBe('met')
    expect(now(notBefore! / 1000).state).toBe('met')
    expect(now(notBefore! / 1000 + 1).state).toBe('disputed')
  })

  test('is not settled at a cut by looking', () => {
    const { clocks } = viewClocksAtCut(acts, guidelines)
    expect(clocks.find(({ what }) => what === 'acknowledgement')?.state).toBe('disputed')
  })
})

describe('[CL11] a party that says nothing', () => {
  /** `us` chases at second 90,000 with the receipt that `cn` gave at second 2000; `cn` acts never. */
  function createSilence() {
    const { acts, history, opened, say } = createCase()
    history.look('us', 'cn', 90_000)
    say('us', 'request.chased', {
      receipt: { party: 'cn', size: opened.index + 1, time: 2000, signature: someSignature },
    })
    return { acts, history, opened, say }
  }

  test.each([
    [1000 + 74 * hour, 'in-time'],
    [1000 + 76 * hour, 'due'],
    [1500 + 100 * hour, 'disputed'],
    [2001 + 100 * hour, 'overdue'],
  ])('at %d its clock is %s by its receipt alone', (second, state) => {
    expect(clockAt(createSilence().acts, 'final-answer', second).state).toBe(state)
    expect(clockAt(createCase().acts, 'final-answer', second).state).not.toBe('overdue')
  })

  test('is overdue at a cut whose acts are evidence of a later time', () => {
    const { acts, history, say } = createSilence()
    expect(viewClocksAtCut(acts, guidelines).clocks.find(({ what }) => what === 'triage')?.state).toBe('in-time')
    history.look('us', 'cn', 2001 + 48 * hour)
    say('us', 'request.chased')
    const { clocks, now } = viewClocksAtCut([...acts].reverse(), guidelines)
    expect(now).toBe((2001 + 48 * hour) * 1000)
    expect(clocks.find(({ what }) => what === 'triage')?.state).toBe('overdue')
    expect(clocks).toEqual(viewClocksAtCut(acts, guidelines).clocks)
  })

  test('is bound by a raised urgency only when its receipt covers the supplement', () => {
    const { acts, history, opened, say } = createSilence()
    const raised = say('us', 'request.supplemented', { urgency: 'urgent', urgencyGrounds: ['threat-to-life'] })
    expect(clockAt(acts, 'triage', 90_000 + 12 * hour).state).not.toBe('overdue')
    history.look('us', 'cn', 92_000)
    say('us', 'request.chased', {
      receipt: { party: 'cn', size: raised.index + 1, time: 91_000, signature: someSignature },
    })
    expect(opened.index).toBeLessThan(raised.index)
    expect(clockAt(acts, 'triage', 91_000 + 8 * hour + 1).state).toBe('overdue')
  })
})

describe('[CL2] the state of a clock', () => {
  test.each([
    [1000 + 74 * hour, 'in-time'],
    [1000 + 76 * hour, 'due'],
    [1500 + 100 * hour, 'disputed'],
    [2001 + 100 * hour, 'overdue'],
  ])('at %d a clock that runs is %s', (second, state) => {
    const { acts, say } = createCase()
    say('cn', 'request.acknowledged')
    expect(clockAt(acts, 'final-answer', second).state).toBe(state)
  })

  test.each([
    [99 * hour, 99 * hour + 500, 'met'],
    [100 * hour, 100 * hour + 5000, 'disputed'],
    [102 * hour, 103 * hour, 'late'],
  ])('answered between %d and %d it is %s', (from, until, state) => {
    const { acts, history, say } = createCase()
    say('cn', 'request.acknowledged')
    history.look('cn', 'us', from)
    say('cn', 'request.answered')
    history.look('us', 'cn', until)
    say('us', 'request.assessed')
    expect(clockAt(acts, 'final-answer', 1000 * hour).state).toBe(state)
  })

  test('an end stops what is owed still', () => {
    const { acts, say } = createCase()
    say('us', 'request.withdrawn')
    expect(clockAt(acts, 'triage', 3000).state).toBe('stopped')
  })

  test('a preservation warns from the first alarm on', () => {
    const { acts, say } = createCase()
    const day = 24 * hour
    say('cn', 'request.preserved', { until: 100 * day * 1000 })
    expect(clockAt(acts, 'preservation', 69 * day).state).toBe('in-time')
    expect(clockAt(acts, 'preservation', 70 * day).state).toBe('due')
    expect(clockAt(acts, 'preservation', 101 * day)).toMatchObject({ state: 'overdue', owedBy: 'us' })
  })
})

test('[CL3] a clock stands still while a supplement is owed, and the target moves by that', () => {
  const { acts, history, say } = createCase()
  say('cn', 'request.returned')
  expect(clockAt(acts, 'final-answer', 500 * hour).state).toBe('paused')
  expect(clockAt(acts, 'triage', 500 * hour).state).toBe('overdue')
  history.look('us', 'cn', 10 * hour)
  say('us', 'request.supplemented')
  history.look('cn', 'us', 20 * hour)
  say('cn', 'request.updated')
  const { target } = clockAt(acts, 'final-answer', 21 * hour)
  // The return was between 2000 s and 10 h, the supplement received between 10 h and 20 h.
  expect(target.notBefore).toBe((1000 + 100 * hour) * 1000)
  expect(target.notAfter).toBe((2000 + 100 * hour) * 1000 + 999 + (20 * hour - 2000) * 1000 + 999)
})

describe('[CL3] a target of working time', () => {
  const origin = { source: 'own', default: true }
  /** Both parties work from 9:00 to 17:00 UTC, Monday to Friday. */
  const working = (unit: 'working-hour' | 'working-day', count: number): Guidelines => ({
    ...guidelines,
    urgencies: [{ urgency: 'ordinary', targets: { 'final-answer': { count, unit, ...origin } } }],
    kinds: [],
  })
  const monday = Date.UTC(2027, 4, 10) / 1000

  /** The last moment of the target of a case received on Monday at 9:00, returned at one second and supplemented at another. */
  function pausedTarget(rules: Guidelines, returned: number, supplemented: number): number | null {
    const history = createAgreed()
    history.look('us', 'cn', monday + 9 * hour)
    const opened = history.say('us', 'request.opened', { data: { to: 'cn', kind: 'information' } })
    const about = { subject: opened.digest }
    history.look('cn', 'us', monday + 9 * hour)
    const received = history.say('cn', 'request.acknowledged', about)
    history.look('cn', 'us', monday + returned)
    const back = history.say('cn', 'request.returned', about)
    history.look('us', 'cn', monday + supplemented)
    const more = history.say('us', 'request.supplemented', about)
    history.look('cn', 'us', monday + supplemented)
    const updated = history.say('cn', 'request.updated', about)
    const clocks = viewClocks([opened, received, back, more, updated], rules, (monday + 900 * hour) * 1000)
    return clocks.find(({ what }) => what === 'final-answer')!.target.notAfter
  }

  test.each([
    ['working-hour', 16, 'over a night, by no working time', 18 * hour, 31 * hour, 'Wed, 12 May 2027 09:00:00 GMT'],
    ['working-hour', 16, 'by two hours of one day', 10 * hour, 12 * hour, 'Wed, 12 May 2027 11:00:01 GMT'],
    ['working-hour', 40, 'over a weekend', 112 * hour, 153 * hour, 'Mon, 17 May 2027 10:00:00 GMT'],
    ['working-day', 2, 'over a night, by no working day', 18 * hour, 31 * hour, 'Wed, 12 May 2027 17:00:00 GMT'],
    ['working-day', 2, 'by a whole day', 10 * hour, 34 * hour, 'Fri, 14 May 2027 09:00:00 GMT'],
  ] as const)('%s %d: it stands still %s', (unit, count, _, returned, supplemented, until) => {
    const target = pausedTarget(working(unit, count), returned, supplemented)
    expect(new Date(target!).toUTCString()).toBe(until)
  })

  test('a pause that may have lasted for an age bounds nothing', () => {
    const { acts, history, say } = createCase()
    say('cn', 'request.returned')
    history.look('us', 'cn', 10 * hour)
    say('us', 'request.supplemented')
    history.look('cn', 'us', 250_000_000_000)
    say('cn', 'request.updated')
    const rules = working('working-hour', 16)
    const [clock] = viewClocks(acts, rules, 900 * hour * 1000)
    expect(clock!.target.notAfter).toBeNull()
  })
})

test('[CL4] extensions count as far as the guidelines admit, or as far as they are agreed', () => {
  const { acts, history, say } = createCase()
  const until = (hours: number) => ({ until: hours * hour * 1000 })
  say('cn', 'request.extended', until(120))
  expect(clockAt(acts, 'final-answer', 3000).target.notAfter).toBe(120 * hour * 1000)
  const second = say('cn', 'request.extended', until(900))
  expect(clockAt(acts, 'final-answer', 3000).target.notAfter).toBe(120 * hour * 1000)
  history.look('us', 'cn', 5000)
  say('us', 'request.agreed', { extension: second.digest })
  expect(clockAt(acts, 'final-answer', 3000).target.notAfter).toBe(900 * hour * 1000)
})

test('[CL4] an extension beyond what is admitted counts to there, and one after the target not at all', () => {
  const long = createCase()
  long.say('cn', 'request.extended', { until: 900 * hour * 1000 })
  expect(clockAt(long.acts, 'final-answer', 3000).target.notAfter).toBe((2000 + 150 * hour) * 1000 + 999)
  const tardy = createCase()
  tardy.say('cn', 'request.acknowledged')
  tardy.history.look('cn', 'us', 200 * hour)
  tardy.say('cn', 'request.extended', { until: 900 * hour * 1000 })
  expect(clockAt(tardy.acts, 'final-answer', 201 * hour).state).toBe('overdue')
})

test('[CL5] the guidelines are those in force as the opening had seen', () => {
  const history = createAgreed()
  const agreement = [...history.acts]
  const opened = history.say('us', 'request.opened', { data: { to: 'cn' } })
  const ended = history.say('us', 'agreement.withdrawn')
  const after = history.say('us', 'request.opened', { data: { to: 'cn' } })
  const pack = () => ({ ...packAtHand(), guidelines })
  const context = { agreement: [...agreement, ended], parties: ['cn', 'us'], pack }
  expect(guidelinesOf(opened, context)).toBe(guidelines)
  expect(guidelinesOf(after, context)).toBeUndefined()
})

test('[CL6] a raised urgency counts from its receipt and makes nothing later', () => {
  const { acts, history, say } = createCase()
  say('cn', 'request.acknowledged')
  history.look('us', 'cn', 5000)
  say('us', 'request.supplemented', { urgency: 'urgent', urgencyGrounds: ['threat-to-life'] })
  history.look('cn', 'us', 6000)
  say('cn', 'request.updated')
  expect(clockAt(acts, 'triage', 7000).target.notAfter).toBe((6000 + 8 * hour) * 1000 + 999)
  const lowered = createCase({ urgency: 'urgent', urgencyGrounds: ['threat-to-life'] })
  lowered.say('us', 'request.supplemented', { urgency: 'ordinary' })
  lowered.say('cn', 'request.acknowledged')
  expect(clockAt(lowered.acts, 'triage', 7000).target.notAfter).toBe((2000 + 8 * hour) * 1000 + 999)
})

test('[CL7] the asking side owes a clarification by its own clock', () => {
  const { acts, history, say } = createCase()
  say('cn', 'request.queried', { particulars: ['identifiers'] })
  history.look('us', 'cn', 4000)
  say('us', 'request.supplemented')
  const clock = clockAt(acts, 'clarification', 5000)
  expect(clock).toMatchObject({ owedBy: 'us', from: { notBefore: 2_000_000, notAfter: 4_000_999 } })
  expect(clock.target.notBefore).toBe((2000 + 10 * hour) * 1000)
})

test('[CL8] time never makes what is overdue in time, nor does a wider interval', () => {
  const target = fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }))
  const grow = fc.record({ down: fc.nat({ max: 500 }), up: fc.nat({ max: 500 }) })
  const rank = { 'in-time': 0, due: 1, disputed: 2, overdue: 3 } as Readonly<Record<string, number>>
  fc.assert(
    fc.property(target, grow, fc.nat({ max: 2500 }), fc.nat({ max: 2500 }), ([at, width], { down, up }, now, gap) => {
      const running = { done: undefined, warning: at - 100, isPaused: false, isStopped: false }
      const exact = { ...running, target: { notBefore: at, notAfter: at + width } }
      const wide = { ...running, target: { notBefore: at - down, notAfter: at + width + up } }
      const state = stateOfClock(exact, now)
      expect(rank[stateOfClock(exact, now + gap)]).toBeGreaterThanOrEqual(rank[state]!)
      if (state === 'overdue') expect(['overdue', 'disputed']).toContain(stateOfClock(wide, now))
    }),
  )
})

test('[CL9] clocks at a cut follow from the acts alone, in whatever order they come', () => {
  const { acts, history, say } = createCase()
  say('cn', 'request.returned')
  history.look('us', 'cn', 10 * hour)
  say('us', 'request.supplemented')
  history.look('cn', 'us', 200 * hour)
  say('cn', 'request.updated')
  const atCut = viewClocksAtCut(acts, guidelines)
  expect(atCut.now).toBe(200 * hour * 1000)
  expect(viewClocksAtCut([...acts].reverse(), guidelines)).toEqual(atCut)
})

test('[CL10] the next clock is the running one with the earliest target', () => {
  const { acts, say } = createCase()
  expect(nextDue(viewClocks(acts, guidelines, 3_000_000))?.what).toBe('acknowledgement')
  say('cn', 'request.acknowledged')
  expect(nextDue(viewClocks(acts, guidelines, 3_000_000))?.what).toBe('triage')
  say('cn', 'request.queried', { particulars: ['identifiers'] })
  say('cn', 'request.triaged', { will: 'yes' })
  expect(nextDue(viewClocks(acts, guidelines, 3_000_000))?.what).toBe('clarification')
  say('us', 'request.withdrawn')
  expect(nextDue(viewClocks(acts, guidelines, 3_000_000))).toBeUndefined()
})
