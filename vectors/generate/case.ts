// How the vectors of what is refused are made: a good value, and one change to it.

import { canonicalText } from '../../packages/record/src/canonical.ts'

/** The canonical text of a value after `change` has had its way with a copy. */
// oxlint-disable-next-line typescript/no-explicit-any
export function changedText(value: object, change: (copy: any) => void): string {
  const copy = structuredClone(value)
  change(copy)
  return canonicalText(copy)
}
