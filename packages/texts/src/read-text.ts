// Reads a text: its language, its structure, and the commitments that its words may hold. The same text gives the same
// proposals everywhere: no clock, no chance, no model.

import { findNamed } from './aliases.ts'
import type { Alias } from './aliases.ts'
import { chineseReader } from './chinese/reader.ts'
import type { Context, LeadIn, NamedActor } from './context.ts'
import type { Draft } from './draft.ts'
import { englishReader } from './english/reader.ts'
import { TextsError } from './error.ts'
import { finishDraft } from './finish.ts'
import { listNamedParties } from './parties.ts'
import type { Passed, Proposal } from './proposal.ts'
import type { Range } from './range.ts'
import type { LanguageReader } from './reader.ts'
import { readBlocks } from './structure/blocks.ts'
import type { Block } from './structure/blocks.ts'
import { findLanguage, isMostlyHan } from './structure/language.ts'
import type { TextLanguage } from './structure/language.ts'
import { splitSentences } from './structure/sentences.ts'
import { foldTraditional } from './structure/traditional.ts'

/** In UTF-16 units: some thousand pages. */
export const textLengthMax = 4_000_000
export const sentencesMax = 100_000

export interface ReadOptions {
  /** Instead of finding it. */
  readonly language?: TextLanguage
  /** Bodies and parties by all their names. */
  readonly aliases?: readonly Alias[]
}

export interface ReadText {
  readonly language: TextLanguage
  readonly blocks: readonly Block[]
  readonly sentences: number
  readonly proposals: readonly Proposal[]
  /** Statements that looked like commitments, with the rule by which they are none. */
  readonly passed: readonly Passed[]
}

/**
 * Reads a text.
 *
 * @throws TextsError `text.long`, `text.empty`, `text.language`, `text.limit`
 */
export function readText(text: string, { aliases = [], language: asked }: ReadOptions = {}): ReadText {
  if (text.length > textLengthMax)
    throw new TextsError('text.long', `the text is longer than ${textLengthMax} characters`)
  const language = asked ?? findLanguage(text)
  // The fold keeps every place; the words that are quoted are always those of the text as it is.
  const folded = language === 'zh-Hant' ? foldTraditional(text) : text
  const blocks = readBlocks(folded)
  const parties = listNamedParties(folded, aliases)
  const proposals: Proposal[] = []
  const passed: Passed[] = []
  const leads = new Map<
    number,
    { lead: LeadIn | undefined; spoken: NamedActor | undefined; proposal: Proposal | undefined }
  >()
  const listed = new Set<number>()
  let spoken: NamedActor | undefined
  let sentences = 0

  for (const [place, block] of blocks.entries()) {
    if (block.kind === 'heading') continue
    const above = block.under === undefined ? undefined : leads.get(block.under)
    const words = folded.slice(block.range.start, block.range.end)
    const reader = readerOf(language, words)
    const blockLanguage = reader === englishReader ? 'en' : language === 'en' ? 'zh-Hans' : language
    const contextOf = (said: NamedActor | undefined): Context => ({
      text: folded,
      language: blockLanguage,
      aliases,
      parties,
      spoken: said,
    })
    const add = (draft: Draft, said: NamedActor | undefined): Proposal => {
      const named = findNamed(folded, draft.range, aliases)
      const proposal = finishDraft(draft, {
        context: contextOf(said),
        block: place,
        marker: block.marker?.style === 'bullet' ? undefined : block.marker?.label,
        named,
        reader,
      })
      proposals.push(proposal)
      if (block.under !== undefined) listed.add(block.under)
      return proposal
    }
    let said = above?.spoken ?? spoken
    const ranges = splitSentences(folded, block.range)
    let last: { draft: Draft; proposal: Proposal } | undefined
    for (const [i, range] of ranges.entries()) {
      sentences += 1
      if (sentences > sentencesMax)
        throw new TextsError('text.limit', `the text has more than ${sentencesMax} sentences`)
      const read = reader.readSentence(range, contextOf(said))
      passed.push(...read.passed)
      last = undefined
      if (i === 0 && above?.lead !== undefined && !standsAlone(read.drafts, range)) {
        add(reader.readItem(range, above.lead, contextOf(said)), said)
      } else {
        for (const draft of read.drafts) last = { draft, proposal: add(draft, said) }
      }
      if (read.spoken !== undefined) said = read.spoken
    }
    spoken = block.under === undefined ? (said ?? spoken) : spoken
    const lead = last !== undefined && endsOpen(folded, block.range) ? leadOf(last.draft) : undefined
    leads.set(place, { lead, spoken: said, proposal: last?.proposal })
  }
  const emptied = new Set([...listed].flatMap((place) => leads.get(place)?.proposal ?? []))
  return { language, blocks, sentences, proposals: proposals.filter((each) => !emptied.has(each)), passed }
}

/** Texts that hold both languages are read block by block in the language of each. */
function readerOf(language: TextLanguage, words: string): LanguageReader {
  return isMostlyHan(words) || (language !== 'en' && !/[a-z]/i.test(words)) ? chineseReader : englishReader
}

/** An item under a lead-in that obliges is its object, unless it says by itself who does what. */
function standsAlone(drafts: readonly Draft[], { start }: Range): boolean {
  const [first] = drafts
  return first !== undefined && first.range.start <= start + 1 && first.actor !== 'absent' && first.actor !== 'unnamed'
}

function endsOpen(text: string, { end }: Range): boolean {
  return /[:：—]["”\s]*$/u.test(text.slice(Math.max(0, end - 4), end))
}

function leadOf({ actor, force, kind, negative, operative, rule }: Draft): LeadIn {
  return {
    rule,
    operative,
    force,
    kind,
    negative,
    actor: actor === 'absent' || actor === 'unnamed' ? undefined : actor,
  }
}
