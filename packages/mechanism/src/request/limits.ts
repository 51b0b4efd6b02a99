// What goes with every body of a request: its marking, and for what the requested party says, what it may be used for and on which
// conditions. Where an act does not say, the request or the acceptance does; where nothing does, the strictest counts.

import type { Code } from '../codes.ts'
import { readHandling } from '../handling.ts'
import { isRequesting, type RequestType } from './shapes.ts'
import type { RequestState } from './view.ts'

export interface Limits {
  readonly handling: Code<'handling'>
  /** Absent for what the requesting party says: it asks, and gives nothing to use. */
  readonly use?: Code<'use'>
  readonly conditions: readonly Code<'condition'>[]
}

/** The limits of the body of an act of this request; its data is of the shape of its type. */
export function limitsOf(
  { data, type }: { readonly type: RequestType; readonly data: Readonly<Record<string, unknown>> },
  { accepted, handling }: Pick<RequestState, 'accepted' | 'handling'>,
): Limits {
  const own = data as {
    readonly handling?: string
    readonly use?: Code<'use'>
    readonly conditions?: readonly Code<'condition'>[]
  }
  const marking = readHandling(own.handling ?? handling)
  if (isRequesting(type)) return { handling: marking, conditions: [] }
  return {
    handling: marking,
    use: own.use ?? 'intelligence-only',
    conditions: [...new Set([...(accepted?.conditions ?? []), ...(own.conditions ?? [])])],
  }
}
