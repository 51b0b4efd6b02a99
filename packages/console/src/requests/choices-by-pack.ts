// Which values of a new request's fields the agreement speaks of: its kinds in the order of the pack, and what a request of the chosen
// kind may be to an earlier one. A pack with other kinds has another form, without a line of code.

import { findKind } from '@parley/mechanism'
import type { Code, Guidelines } from '@parley/mechanism'
import type { ActDraft } from './act-draft.ts'

/** Choices by the name of the field; a field that is not there has all of its list. */
export function choicesByPack(
  type: string,
  { values }: Pick<ActDraft, 'values'>,
  guidelines: Guidelines | undefined,
): Readonly<Record<string, readonly string[]>> {
  if (type !== 'request.opened' || guidelines === undefined) return {}
  const { kind, relation } = values
  const known = typeof kind === 'string' ? findKind(guidelines, kind as Code<'requestKind'>) : undefined
  // What somebody chose stays choosable: the agreement may have changed since.
  const keep = (listed: readonly string[], chosen: unknown) =>
    typeof chosen === 'string' && !listed.includes(chosen) ? [...listed, chosen] : listed
  return {
    kind: keep(
      guidelines.kinds.map((each) => each.kind),
      kind,
    ),
    ...(known === undefined ? {} : { relation: keep(known.relations, relation) }),
  }
}
