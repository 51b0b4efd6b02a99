// The moment by which the requested party said that something will come. It is its own word, and it may move it, but never
// silently: SPEC.md [RQ25].

import type { RequestAct } from './shapes.ts'

export interface Undertaking {
  /** The entry that says so. */
  readonly entry: string
  /** In Unix milliseconds. */
  readonly by: number
}

/** The latest moment that the requested party has named, from the acts in their order; undefined before it named one. */
export function viewUndertaking(ordered: readonly RequestAct[]): Undertaking | undefined {
  return ordered
    .flatMap((act) => {
      const by = momentOf(act)
      return by === undefined ? [] : [{ entry: act.digest, by }]
    })
    .at(-1)
}

function momentOf(act: RequestAct): number | undefined {
  if (act.type === 'request.extended' || act.type === 'request.postponed') return act.data.until
  if (act.type === 'request.triaged' || act.type === 'request.accepted' || act.type === 'request.updated') {
    return act.data.expected
  }
  return undefined
}
