// Who or what an operative Chinese word has for its subject: in its own clause, or before the comma where it goes on.

import type { Reading } from '../words/pattern.ts'
import { readActor, readActorEnding } from './actors.ts'
import type { Phrase } from './actors.ts'

export type Subject =
  | {
      readonly kind: 'actor'
      readonly phrase: Phrase
      readonly start: number
      readonly end: number
      readonly clause: number
    }
  | { readonly kind: 'thing'; readonly start: number; readonly end: number; readonly clause: number }
  | { readonly kind: 'shared'; readonly start: number; readonly end: number; readonly clause: number }
  | { readonly kind: 'absent'; readonly start: number; readonly end: number; readonly clause: number }

const clauseMarks = new Set([',', ';', ':', '。', '—', '.', '！', '？'])

/** Where the clause of a token begins, not before `floor`. A quotation mark begins none: 两国“将不利用…”. */
export function clauseStart({ tokens }: Reading, at: number, floor: number): number {
  let start = at
  while (start > floor && !clauseMarks.has(tokens[start - 1]!.word)) start -= 1
  return start
}

export function findSubject(reading: Reading, head: number, floor: number, parties: ReadonlySet<string>): Subject {
  const { classes, tokens } = reading
  const clause = clauseStart(reading, head, floor)
  let first = clause
  while (
    first < head &&
    (classes[first]!.has('link') || isQuote(tokens[first]!.word)) &&
    readActor(reading, first, parties) === undefined
  )
    first += 1
  let last = head
  while (last > first && (classes[last - 1]!.has('adverb') || isQuote(tokens[last - 1]!.word))) last -= 1
  if (last <= first) {
    const begins = clause === 0 || tokens[clause - 1]!.word === ':' || tokens[clause - 1]!.word === '。'
    return { kind: begins ? 'absent' : 'shared', start: head, end: head, clause }
  }
  const phrase = readActor(reading, first, parties)
  if (phrase !== undefined && phrase.end <= head && follows(reading, phrase.end, last)) {
    return { kind: 'actor', phrase, start: first, end: phrase.end, clause: first }
  }
  const ending = readActorEnding(reading, first, last, parties)
  if (ending !== undefined && !isObject(reading, first)) {
    const start = last - lengthOf(reading, first, last, parties)
    return { kind: 'actor', phrase: ending, start, end: last, clause: first }
  }
  // 报告提到双方同意…: the actor stands right before, after a verb that reports.
  for (let at = first + 1; at < last; at++) {
    if (!classes[at - 1]!.has('say') && tokens[at - 1]!.word !== '"') continue
    const said = readActor(reading, at, parties)
    if (said !== undefined && said.end <= last && follows(reading, said.end, last)) {
      return { kind: 'actor', phrase: said, start: at, end: said.end, clause: at }
    }
  }
  return { kind: 'thing', start: first, end: last, clause: first }
}

function lengthOf(reading: Reading, from: number, end: number, parties: ReadonlySet<string>): number {
  for (let at = Math.max(from, end - 3); at < end; at++)
    if (readActor(reading, at, parties)?.end === end) return end - at
  return 1
}

const isQuote = (word: string): boolean => word === '"' || word === '(' || word === ')'

/** After a subject come its verb, or words that say how, when, with whom. */
function follows({ classes, tokens }: Reading, from: number, last: number): boolean {
  if (from >= last) return true
  const next = tokens[from]!
  if (next.word === '的') return false
  return (
    classes[from]!.has('preposition') ||
    classes[from]!.has('adverb') ||
    next.kind === 'number' ||
    isQuote(next.word) ||
    next.word === '每' ||
    classes[from]!.has('doing') ||
    classes[from]!.has('hypothesis') ||
    classes[from]!.has('failed') ||
    classes[from]!.has('history') ||
    classes[from]!.has('hope') ||
    classes[from]!.has('soft')
  )
}

/** 对…、就…: what stands first is no subject. */
function isObject({ tokens }: Reading, first: number): boolean {
  return /^(?:对|就|在|于|为|以|从|自|根据|按照|依照)$/.test(tokens[first]!.word)
}
