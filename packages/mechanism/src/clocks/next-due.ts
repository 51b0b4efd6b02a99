// Which of a request's clocks is watched next, and the figures of its clocks at a cut.

import type { Act } from '../act.ts'
import type { Code } from '../codes.ts'
import type { Guidelines } from '../guidelines/shape.ts'
import { newestEvidence } from '../time/evidence.ts'
import { viewClocks, type Clock } from './clocks.ts'

const running: readonly Code<'clockState'>[] = ['in-time', 'due', 'disputed', 'overdue', 'paused']

/** The running clock whose target comes first, or undefined when nothing is owed. A paused one comes after the others. */
export function nextDue(clocks: readonly Clock[]): Clock | undefined {
  return clocks
    .filter(({ done, state }) => done === null && running.includes(state))
    .reduce<Clock | undefined>((first, clock) => {
      return first === undefined || rank(clock) < rank(first) ? clock : first
    }, undefined)
}

function rank({ state, target }: Clock): number {
  const end = target.notBefore ?? target.notAfter ?? Number.MAX_SAFE_INTEGER
  return state === 'paused' ? Number.MAX_SAFE_INTEGER : end
}

/**
 * The clocks of a request as the acts inside a cut alone have them: at the newest time that they are evidence of, or at 0
 * where they are of none. Both sides compute the same.
 */
export function viewClocksAtCut(
  acts: readonly Act[],
  guidelines: Guidelines,
): { readonly now: number; readonly clocks: readonly Clock[] } {
  const now = newestEvidence(acts) ?? 0
  return { now, clocks: viewClocks(acts, guidelines, now) }
}
