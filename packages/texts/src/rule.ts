// What the rules of a language are made of. Rule files hold values of these types and nothing else, so that a person who
// knows agreements can read and correct them.

import type { Force, ProposalKind, QualifierCode } from './proposal.ts'

/** Who may be said to do it: parties and their bodies, or also things (`Requests shall be answered`). */
export type SubjectDemand = 'actor' | 'actor-or-thing'

/** The words by which a party obliges itself. */
export interface OperativeRule {
  readonly name: string
  /** See `words/pattern.ts`. */
  readonly pattern: string
  readonly subject: SubjectDemand
  /** True when the statement may begin with it: `Affirm the value of …`, `承诺不…`. */
  readonly absent?: true
  /** `by-verb` is decided by what follows: not to do it, to establish, to designate, or else `agree-to-do`. */
  readonly kind: ProposalKind | 'by-verb' | 'commit-by-verb'
  readonly force: Force
  readonly qualifier?: QualifierCode
  readonly example: string
  /** Where the turn of phrase was seen. */
  readonly source: string
}

/** Words that make a statement no commitment of the text. */
export interface PassingRule {
  readonly name: string
  readonly pattern: string
  /** `sentence`: anywhere in it; `start`: at its beginning; `before`: it begins before the operative
   *  word in the same clause; `head`: it begins with the operative word. */
  readonly where: 'sentence' | 'start' | 'before' | 'head'
  /** Names of operative rules that hold all the same. */
  readonly except?: readonly string[]
  readonly example: string
  readonly source: string
}

export interface QualifierRule {
  readonly code: QualifierCode
  readonly pattern: string
  readonly example: string
  readonly source: string
}

export interface ConditionRule {
  readonly name: string
  readonly pattern: string
  readonly example: string
}
