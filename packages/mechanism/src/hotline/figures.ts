// What the review counts of the hotline: how often each side was called, whether a person came, and on which rung. Tests of
// the line are counted apart, exercises not at all.

import type { Act } from '../act.ts'
import { codeLists, type Code } from '../codes.ts'
import { intervalOf } from '../time/evidence.ts'
import type { HotlineState } from './view.ts'

export interface HotlineFigures {
  /** The party that was called. */
  readonly to: string
  readonly purpose: Code<'hotlinePurpose'>
  readonly raised: number
  /** Those that a person took at some time. */
  readonly taken: number
  /** How many were taken on each rung. */
  readonly takenOn: { readonly [R in Code<'hotlineRung'>]: number }
  /** Attempts, not calls: each ring that was declined or that nobody answered. */
  readonly declined: number
  readonly unanswered: number
  /** The middle of the times from the raising to a person; null while nobody took any. */
  readonly toHuman: Elapsed | null
}

/** Milliseconds that something took, as the evidence bounds them; null where nothing bounds that side. */
export interface Elapsed {
  readonly atLeast: number
  readonly atMost: number | null
}

/** A call with the acts that its state follows from. */
export interface CountedCall {
  readonly state: HotlineState
  readonly acts: readonly Act[]
}

/** The figures for each party that was called and each purpose, sorted by both. */
export function countCalls(calls: readonly CountedCall[]): readonly HotlineFigures[] {
  const real = calls.filter(({ state }) => !state.exercise)
  const called = [...new Set(real.map(({ state }) => state.to))].sort()
  return called.flatMap((to) =>
    codeLists.hotlinePurpose.map((purpose) =>
      count(
        to,
        purpose,
        real.filter(({ state }) => state.to === to && state.purpose === purpose),
      ),
    ),
  )
}

function count(to: string, purpose: Code<'hotlinePurpose'>, calls: readonly CountedCall[]): HotlineFigures {
  const attempts = calls.flatMap(({ state }) => state.attempts)
  const taken = calls.filter(({ state }) => state.taken !== undefined)
  const on = (rung: Code<'hotlineRung'>): number => taken.filter(({ state }) => state.taken!.rung === rung).length
  return {
    to,
    purpose,
    raised: calls.length,
    taken: taken.length,
    takenOn: {
      'duty-officer': on('duty-officer'),
      'head-of-unit': on('head-of-unit'),
      'ministers-office': on('ministers-office'),
      minister: on('minister'),
    },
    declined: attempts.filter(({ type }) => type === 'hotline.declined').length,
    unanswered: attempts.filter(({ type }) => type === 'hotline.unanswered').length,
    toHuman: findMiddle(taken.map(elapse)),
  }
}

/** From the raising to the first taking. */
function elapse({ acts, state }: CountedCall): Elapsed {
  const raising = acts.find(({ type }) => type === 'hotline.raised')
  const taking = acts.find(({ digest }) => digest === state.taken?.entry)
  if (raising === undefined || taking === undefined) return { atLeast: 0, atMost: null }
  const [from, until] = [intervalOf(raising, acts), intervalOf(taking, acts)]
  const between = (start: number | null, end: number | null): number | null =>
    start === null || end === null ? null : Math.max(0, end - start)
  return { atLeast: between(from.notAfter, until.notBefore) ?? 0, atMost: between(from.notBefore, until.notAfter) }
}

/** The middle of the lower bounds and that of the upper ones hold the middle of the times between them. */
function findMiddle(times: readonly Elapsed[]): Elapsed | null {
  if (times.length === 0) return null
  const middle = Math.floor((times.length - 1) / 2)
  const lower = times.map(({ atLeast }) => atLeast).sort((a, b) => a - b)
  const upper = times.map(({ atMost }) => atMost ?? Number.MAX_SAFE_INTEGER).sort((a, b) => a - b)
  const atMost = upper[middle]!
  return { atLeast: lower[middle]!, atMost: atMost === Number.MAX_SAFE_INTEGER ? null : atMost }
}
