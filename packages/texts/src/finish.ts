// Completes a draft with all that its words say besides: qualifiers, conditions, times, who hosts, which bodies are named, and
// for a statement without a subject whom the text around it speaks of.

import type { Named } from './aliases.ts'
import type { Context, NamedActor } from './context.ts'
import type { Draft } from './draft.ts'
import type { Actor, Proposal } from './proposal.ts'
import { overlap } from './range.ts'
import type { LanguageReader } from './reader.ts'

interface Place {
  readonly context: Context
  readonly block: number
  readonly marker: string | undefined
  readonly named: readonly Named[]
  readonly reader: LanguageReader
}

export function finishDraft(draft: Draft, { block, context, marker, named, reader }: Place): Proposal {
  const { text } = context
  const { force, kind, negative, object, operative, qualifier, range, rule } = draft
  const { conditions, hosts, qualifiers: found } = reader.readDetails(text, range)
  const qualifiers =
    qualifier === undefined || found.some(({ code }) => code === qualifier)
      ? found
      : [...found, { code: qualifier, range: operative }]
  return {
    rule: rule.name,
    language: context.language,
    range,
    operative,
    kind,
    force,
    negative,
    actor: actorOf(draft.actor, context, named),
    object,
    qualifiers,
    conditions,
    times: reader.readTimes(text, range),
    ...(hosts === undefined ? {} : { hosts }),
    block,
    ...(marker === undefined ? {} : { number: marker }),
  }
}

function actorOf(actor: NamedActor | 'unnamed' | 'absent', { spoken }: Context, named: readonly Named[]): Actor {
  if (actor === 'unnamed') return { kind: 'unnamed', ids: [] }
  if (actor !== 'absent') {
    const inside = named.filter(({ range }) => overlap(range, actor.range))
    return { kind: actor.kind, range: actor.range, ids: [...new Set(inside.map(({ id }) => id))] }
  }
  if (spoken === undefined) return { kind: 'absent', taken: 'all', ids: [] }
  return { kind: 'absent', range: spoken.range, taken: spoken.kind, ids: [] }
}
