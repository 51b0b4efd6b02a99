// What the text around a statement says of it: who spoke last, what a list is led into by, which names are parties.

import type { Alias } from './aliases.ts'
import type { ActorKind, Force, ProposalKind } from './proposal.ts'
import type { Range } from './range.ts'
import type { OperativeRule } from './rule.ts'
import type { TextLanguage } from './structure/language.ts'

/** An actor that the words name. */
export interface NamedActor {
  readonly kind: Exclude<ActorKind, 'absent' | 'unnamed'>
  readonly range: Range
  /** True of `neither side`, `no party`. */
  readonly none: boolean
}

/** Only parties speak through an agreement; what a ministry or a group does says nothing of whom the next words oblige. */
export function speakerOf(actor: NamedActor | undefined): NamedActor | undefined {
  return actor === undefined || actor.kind === 'body' || actor.kind === 'class' ? undefined : actor
}

/** The head of a list: `The participants agreed to:`. Its items owe what it says. */
export interface LeadIn {
  readonly rule: OperativeRule
  readonly operative: Range
  readonly actor: NamedActor | undefined
  readonly force: Force
  readonly kind: ProposalKind | 'by-verb' | 'commit-by-verb'
  readonly negative: boolean
}

export interface Context {
  readonly text: string
  readonly language: TextLanguage
  readonly aliases: readonly Alias[]
  /** Proper names that this text itself shows to be parties, in lower case. */
  readonly parties: ReadonlySet<string>
  /** Who was named last in this block or in what leads into it. */
  readonly spoken: NamedActor | undefined
}
