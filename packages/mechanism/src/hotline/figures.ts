// What the review counts of the hotline: how often each side was called, whether a person came, and on which rung. Tests of
// the line are counted apart, exercises not at all.

import { codeLists, type Code } from '../codes.ts'
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
}

/** The figures for each party that was called and each purpose, sorted by both. */
export function countCalls(calls: readonly HotlineState[]): readonly HotlineFigures[] {
  const real = calls.filter(({ exercise }) => !exercise)
  const called = [...new Set(real.map(({ to }) => to))].sort()
  return called.flatMap((to) =>
    codeLists.hotlinePurpose.map((purpose) =>
      count(
        to,
        purpose,
        real.filter((call) => call.to === to && call.purpose === purpose),
      ),
    ),
  )
}

function count(to: string, purpose: Code<'hotlinePurpose'>, calls: readonly HotlineState[]): HotlineFigures {
  const attempts = calls.flatMap((call) => call.attempts)
  const taken = calls.filter((call) => call.taken !== undefined)
  const on = (rung: Code<'hotlineRung'>): number => taken.filter((call) => call.taken!.rung === rung).length
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
  }
}
