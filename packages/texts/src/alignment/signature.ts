// What a proposal has that its rendering in another text has too: terms of the field, numbers, times, named bodies.

import { findNamed } from '../aliases.ts'
import type { Alias } from '../aliases.ts'
import type { Proposal } from '../proposal.ts'
import { wordsAt } from '../range.ts'
import { foldTraditional } from '../structure/traditional.ts'
import { formatTimeRule } from '../time/time-rule.ts'
import { terms } from './terms.ts'

export interface Signature {
  readonly chinese: boolean
  readonly terms: ReadonlySet<string>
  readonly numbers: ReadonlySet<string>
  readonly times: readonly string[]
  readonly bodies: ReadonlySet<string>
  /** Content words, or pairs of ideographs: they tell items of one language apart. */
  readonly words: ReadonlySet<string>
}

/** As many units of an item are looked at. */
const lengthMax = 4000

export function signProposal(text: string, proposal: Proposal, aliases: readonly Alias[]): Signature {
  const chinese = proposal.language !== 'en'
  const whole = wordsAt(text, proposal.range).slice(0, lengthMax)
  const words = (chinese ? foldTraditional(whole) : whole).toLowerCase()
  return {
    chinese,
    terms: listTerms(words, chinese),
    numbers: new Set(words.match(/\d{1,8}/g)),
    times: proposal.times.map(formatTimeRule).sort(),
    bodies: new Set(findNamed(text, proposal.range, aliases).map(({ id }) => id)),
    words: chinese ? pairsOf(words) : new Set(words.match(/[a-z]{4,24}/g)),
  }
}

/** What a longer term took is no shorter one's: a trade secret is no trade. */
function listTerms(words: string, chinese: boolean): ReadonlySet<string> {
  const found = new Set<string>()
  let left = words
  for (const { chinese: han, english, id } of terms) {
    for (const term of chinese ? han : english) {
      if (!left.includes(term)) continue
      found.add(id)
      left = left.replaceAll(term, '\n')
    }
  }
  return found
}

function pairsOf(words: string): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (let at = 0; at + 1 < words.length; at++) {
    const pair = words.slice(at, at + 2)
    if (/^[\u4e00-\u9fff]{2}$/u.test(pair)) pairs.add(pair)
  }
  return pairs
}
