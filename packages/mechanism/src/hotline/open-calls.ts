// How many calls of one side may be open in a channel at once. No verdict depends on it, because a call knows nothing of
// others: a party's own desk keeps to it. SPEC.md [HL13].

import type { Code } from '../codes.ts'

export const openCallsMax = 8

/** Every state but that of a call that was stood down. */
export const openCallStatuses = [
  'ringing',
  'unanswered',
  'declined',
  'taken',
  'conflict',
] as const satisfies readonly Code<'hotlineStatus'>[]

export type OpenCallsRefusal = 'hotline.open-max'

/** Why a side with so many open calls raises no other one. */
export function mayRaiseAnother(open: number): OpenCallsRefusal | undefined {
  return open < openCallsMax ? undefined : 'hotline.open-max'
}
