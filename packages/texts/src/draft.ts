// What a reader of one language makes of one statement, before it is placed in the text around it.

import type { NamedActor } from './context.ts'
import type { Force, ProposalKind, QualifierCode } from './proposal.ts'
import type { Range } from './range.ts'
import type { OperativeRule } from './rule.ts'

export interface Draft {
  readonly rule: OperativeRule
  readonly kind: ProposalKind
  readonly force: Force
  readonly negative: boolean
  readonly range: Range
  readonly operative: Range
  readonly object: Range
  readonly actor: NamedActor | 'unnamed' | 'absent'
  readonly qualifier?: QualifierCode
}

export interface SentenceReading {
  readonly drafts: readonly Draft[]
  readonly passed: readonly { readonly rule: string; readonly range: Range }[]
  /** Who is named first in the sentence as somebody who acts. */
  readonly spoken: NamedActor | undefined
}
