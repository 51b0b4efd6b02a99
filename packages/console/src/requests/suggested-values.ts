// What the forms of a request's acts begin with: what both sides compute anyway, so that nobody has to copy it.

import type { RequestState } from '@parley/mechanism'
import type { RequestView } from '@parley/api'
import type { Json } from './act-draft.ts'

/** Values by the type of the act. The state is the mechanism's, as the node computed it. */
export function suggestValues({
  missing,
  state: stated,
}: Pick<RequestView, 'missing' | 'state'>): Record<string, Record<string, Json>> {
  const state = stated as unknown as Pick<RequestState, 'extensions' | 'handling'>
  const extension = state.extensions.findLast(({ agreed }) => agreed === undefined)
  return {
    ...(missing.length === 0 ? {} : { 'request.returned': { reasons: ['incomplete'], missing: [...missing] } }),
    ...(extension === undefined ? {} : { 'request.agreed': { extension: extension.entry } }),
    'request.answered': { handling: state.handling },
  }
}
