// The ceiling of a channel: what the guidelines say may travel in it. Whoever sends is held to it before anything is sealed;
// whoever receives is shown what came above it. No verdict asks, for an act that came is a fact, whatever it carries.

import { exceedsCeiling, readHandling } from './handling.ts'
import type { Code } from './codes.ts'
import type { Guidelines } from './guidelines/shape.ts'
import { findType } from './table.ts'

/** Why an act is not sent: its marking is stricter than the channel may carry. */
export type CeilingRefusal = 'handling.above-ceiling'

export interface AboveCeiling {
  /** As it counts: the strictest where it is missing or unknown. */
  readonly marking: Code<'handling'>
  readonly ceiling: Code<'handling'>
}

/** True for the types whose acts carry a marking. */
export function isMarked(type: string): boolean {
  const shape = findType(type)?.shape
  return shape?.kind === 'object' && ('handling' in shape.required || 'handling' in shape.optional)
}

/** What is above the ceiling in an act, or undefined where nothing is: by the guidelines that rule it, if there are any. */
export function findAboveCeiling(
  { data, type }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> },
  guidelines: Pick<Guidelines, 'ceiling'> | undefined,
): AboveCeiling | undefined {
  if (guidelines === undefined || !isMarked(type)) return undefined
  const ceiling = guidelines.ceiling.handling
  const { handling } = data
  const marking = readHandling(typeof handling === 'string' ? handling : undefined)
  return exceedsCeiling(marking, ceiling) ? { marking, ceiling } : undefined
}
