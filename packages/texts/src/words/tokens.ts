// Tokens: the words, numbers and marks of a sentence with their places. English is split where letters end; Chinese by the
// longest word that the rules know, and by single ideographs elsewhere.

import type { Range } from '../range.ts'

export type TokenKind = 'word' | 'number' | 'mark'

export interface Token extends Range {
  readonly kind: TokenKind
  /** As it is compared: lower case, straight quotation marks. */
  readonly word: string
  /** True when it begins with a capital letter. */
  readonly capital: boolean
}

/** A sentence of more tokens is read up to this one: no sentence of an agreement is as long. */
export const tokensMax = 4000

const isLetter = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0xc0 && unit <= 0x24f)
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39
const isSpace = (unit: number): boolean => unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || unit === 0xfeff
const isJoint = (unit: number): boolean => unit === 0x2d || unit === 0x27 || unit === 0x2019 || unit === 0x2010

const isCapital = (unit: number): boolean => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0xc0 && unit <= 0xde)

/** Ideographs have no case. */
function foldCase(words: string): string {
  if (words.charCodeAt(0) >= 0x3400) return words
  const folded = words.toLowerCase()
  return folded.includes('’') ? folded.replaceAll('’', "'") : folded
}

const straight: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '「': '"',
  '」': '"',
  '『': '"',
  '』': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '（': '(',
  '）': ')',
  '，': ',',
  '；': ';',
  '：': ':',
  '–': '—',
}

/** The tokens between two places. `longestWord` says how long the known word is that begins at a place; 0 is none. */
export function readTokens(
  text: string,
  { end, start }: Range,
  longestWord: (at: number, end: number) => number = () => 0,
): readonly Token[] {
  const tokens: Token[] = []
  const push = (kind: TokenKind, from: number, to: number): number => {
    const words = text.slice(from, to)
    const word = kind === 'mark' ? (straight[words] ?? words) : foldCase(words)
    tokens.push({ kind, start: from, end: to, word, capital: isCapital(text.charCodeAt(from)) })
    return to
  }
  for (let at = start; at < end && tokens.length < tokensMax;) {
    const unit = text.charCodeAt(at)
    if (isSpace(unit)) at += 1
    else if (isDigit(unit)) at = push('number', at, numberEnd(text, at, end))
    else if (isLetter(unit)) at = push('word', at, wordEnd(text, at, end))
    else if (isJoint(unit) && unit !== 0x2d && isPossessive(text, at, end) && at > start) at = push('word', at, at + 2)
    else if (unit >= 0x3400 && unit <= 0x9fff) at = push('word', at, at + Math.max(1, longestWord(at, end)))
    else at = push('mark', at, at + 1)
  }
  return tokens
}

/** Letters, and hyphens and apostrophes between letters. A possessive `'s` is a token of its own. */
function wordEnd(text: string, start: number, end: number): number {
  let at = start
  while (at < end) {
    const unit = text.charCodeAt(at)
    if (isLetter(unit) || isDigit(unit)) at += 1
    else if (isJoint(unit) && at + 1 < end && isLetter(text.charCodeAt(at + 1)) && !isPossessive(text, at, end)) at += 1
    else if (
      unit === 0x2e &&
      at - start === 1 &&
      isLetter(text.charCodeAt(at + 1)) &&
      !isLetter(text.charCodeAt(at + 2))
    )
      at += 2
    else break
  }
  return at
}

function isPossessive(text: string, at: number, end: number): boolean {
  const after = text.charCodeAt(at + 2)
  return text[at] !== '-' && text[at + 1] === 's' && (at + 2 >= end || !isLetter(after))
}

/** Digits, and points, commas and hyphens between digits: `2,000`, `0.5`, `2027-03-31`. */
function numberEnd(text: string, start: number, end: number): number {
  let at = start + 1
  while (at < end) {
    const unit = text.charCodeAt(at)
    const joins = unit === 0x2c || unit === 0x2e || unit === 0x2d
    if (isDigit(unit)) at += 1
    else if (joins && at + 1 < end && isDigit(text.charCodeAt(at + 1))) at += 2
    else break
  }
  return at
}
