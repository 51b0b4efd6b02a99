// What it takes to read a language.

import type { Context, LeadIn } from './context.ts'
import type { Draft, SentenceReading } from './draft.ts'
import type { Qualifier } from './proposal.ts'
import type { Range } from './range.ts'
import type { TimeRule } from './time/time-rule.ts'

export interface LanguageReader {
  readSentence(range: Range, context: Context): SentenceReading
  /** An item of a list whose lead-in obliges. */
  readItem(range: Range, lead: LeadIn, context: Context): Draft
  readTimes(text: string, range: Range): readonly TimeRule[]
  readDetails(text: string, range: Range): Details
}

export interface Details {
  readonly qualifiers: readonly Qualifier[]
  readonly conditions: readonly Range[]
  /** The words that say that the parties host in turn. */
  readonly hosts: Range | undefined
}
