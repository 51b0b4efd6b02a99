// The sentences of a block, each with its place in the text. English full stops end a sentence when what follows begins one;
// Chinese ones always do. Closing quotation marks and parentheses belong to the sentence that they close.

import type { Range } from '../range.ts'

/** Abbreviations after which a full stop ends nothing. */
const abbreviations = new Set(
  'mr mrs ms dr prof st vs no nos art arts para paras sec fig cf approx dept gov jan feb mar apr jun jul aug sep sept oct nov dec u.s u.n e.g i.e u.k'.split(
    ' ',
  ),
)
const stops = /[.!?。！？\n]/g

/** The sentences between two places of the text. */
export function splitSentences(text: string, { end, start }: Range): readonly Range[] {
  const sentences: Range[] = []
  let begun = start
  const close = (at: number): void => {
    const words = text.slice(begun, at)
    const from = begun + (words.length - words.trimStart().length)
    const to = begun + words.trimEnd().length
    if (to > from) sentences.push({ start: from, end: to })
    begun = at
  }
  stops.lastIndex = start
  for (let match = stops.exec(text); match !== null && match.index < end; match = stops.exec(text)) {
    if (match.index < begun || match[0] === '\n') continue
    let after = match.index + 1
    while (after < end && /["'”’」』)）.!?。！？]/.test(text[after]!)) after += 1
    if (/[。！？]/.test(match[0]) || after >= end || endsEnglish(text, match.index, after, end)) close(after)
  }
  close(end)
  return sentences
}

function endsEnglish(text: string, stop: number, after: number, end: number): boolean {
  if (!/\s/.test(text[after]!)) return false
  let next = after
  while (next < end && /[\s"'“‘(]/.test(text[next]!)) next += 1
  if (next < end && !/[\p{Lu}\p{N}\u4e00-\u9fff•]/u.test(text[next]!)) return false
  if (text[stop] !== '.') return true
  const word = /[\p{L}.]{1,12}$/u.exec(text.slice(Math.max(0, stop - 12), stop))?.[0].toLowerCase() ?? ''
  if (abbreviations.has(word)) return false
  return !(word.length === 1 && /\p{Lu}/u.test(text[stop - 1]!) && next < end && /\p{Lu}/u.test(text[next]!))
}
