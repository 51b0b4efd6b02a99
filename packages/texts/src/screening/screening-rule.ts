// What a screening rule is made of: words that raise a question, what must stand beside them, and what answers it already.

import type { ScreeningCriterion } from './criteria.ts'

export interface ScreeningRule {
  readonly name: string
  readonly criterion: ScreeningCriterion
  /** The words that are marked; see `words/pattern.ts`. */
  readonly pattern: string
  /** One of these stands in the same sentence too. */
  readonly context?: readonly string[]
  /** With one of these in the same sentence there is no question. */
  readonly except?: readonly string[]
  readonly example: string
  readonly source: string
}
