// Who or what an operative English word has for its subject: found from the word back to where its clause begins.

import type { Reading } from '../words/pattern.ts'
import { readActor } from './actors.ts'
import type { Phrase } from './actors.ts'

/** A subject stands at most so many tokens before its verb. */
const reachMax = 90

export type Subject =
  | {
      readonly kind: 'actor'
      readonly phrase: Phrase
      readonly start: number
      readonly end: number
      readonly introduced: number
    }
  | { readonly kind: 'thing'; readonly start: number; readonly end: number; readonly introduced: number }
  /** The clause begins with the verb itself. */
  | { readonly kind: 'absent'; readonly start: number; readonly introduced: number }
  /** Joined by `and` to the verb before, whose subject it shares. */
  | { readonly kind: 'shared'; readonly start: number; readonly introduced: number }

const hard = new Set([';', ':', '"', '—', '(', '?', '.', '•'])
const joins = new Set(['and', 'but', 'while', 'with', 'whereas', 'that', 'or'])
/** What may stand between a subject and its verb. */
const openers = new Set([
  ',',
  'to',
  'of',
  'in',
  'from',
  'that',
  'which',
  'who',
  'whose',
  'receiving',
  'concerned',
  'referred',
  'under',
  'at',
  'for',
  'with',
  '"',
  '(',
  'acting',
  'on',
  'upon',
  'by',
  'participating',
  'involved',
  'have',
  'has',
  'are',
  'is',
  'present',
  'between',
  'whom',
  'listed',
  'named',
  'within',
  "'s",
  'each',
  'both',
  'asked',
  'designated',
  'responsible',
  'having',
  'themselves',
  'respectively',
])

/**
 * The subject of the operative words that begin at a token. `floor` is the first token that may belong to their clause. The widest
 * clause decides, so that `China and the United States` is one subject; `nearest` asks for the narrowest.
 */
export function findSubject(
  reading: Reading,
  head: number,
  floor: number,
  parties: ReadonlySet<string>,
  nearest = false,
): Subject {
  const { classes, tokens } = reading
  const lowest = Math.max(floor, head - reachMax)
  const starts: number[] = []
  let at = head
  for (; at > lowest; at--) {
    at = beforeParentheses(reading, at, lowest)
    if (at <= lowest) break
    const token = tokens[at - 1]!
    const known = classes[at - 1]!
    if (hard.has(token.word)) {
      starts.push(at)
      if (token.word !== '"' && token.word !== '(') break
    } else if (
      token.kind === 'number' &&
      at < head &&
      (classes[at]!.has('determiner') || classes[at]!.has('each') || classes[at]!.has('both'))
    ) {
      // `No later than 1 March 2027 the Secretariat shall …`
      starts.push(at)
    } else if (token.word === ',' || joins.has(token.word) || known.has('subordinator')) starts.push(at)
    else if (known.has('modal') || isOperativeVerb(known, reading, at - 1)) {
      starts.push(at)
      break
    }
  }
  // What follows an earlier operative word directly is its object, and no subject.
  if (at <= 0) starts.push(0)
  for (const start of nearest ? starts : starts.reverse()) {
    const first = skipLinks(reading, start, head)
    if (first >= head) continue
    const phrase = readActor(reading, first, parties)
    if (phrase !== undefined && phrase.end <= head && isModifier(reading, phrase.end, head)) {
      return { kind: 'actor', phrase, start: first, end: phrase.end, introduced: start }
    }
  }
  // `quotes both ministers as agreeing to …`: the actor stands right before.
  for (let at = Math.max(lowest, head - 6); nearest && at < head; at++) {
    const phrase = readActor(reading, at, parties)
    if (phrase?.end === head) return { kind: 'actor', phrase, start: at, end: head, introduced: at }
  }
  return withoutActor(reading, head, starts)
}

function withoutActor(reading: Reading, head: number, starts: readonly number[]): Subject {
  const { tokens } = reading
  const nearest = starts.at(-1) ?? head
  if (skipLinks(reading, nearest, head) >= head) {
    const before = tokens[nearest - 1]?.word
    if (nearest > 0 && (before === 'and' || before === 'but' || before === 'or' || before === ',')) {
      return { kind: 'shared', start: head, introduced: nearest }
    }
    return { kind: 'absent', start: head, introduced: nearest }
  }
  // The widest stretch without a mark before the verb, for a thing with its own `of` and `that`.
  const start =
    starts.find((each) => !tokens.slice(each, head).some(({ word }) => word === ',' || hard.has(word))) ?? nearest
  return { kind: 'thing', start: skipLinks(reading, start, head), end: head, introduced: start }
}

/** Past `Furthermore,`, `In addition,`, `To this end,`, `also`. */
function skipLinks({ classes, tokens }: Reading, start: number, head: number): number {
  let at = start
  while (
    at < head &&
    (classes[at]!.has('link') || classes[at]!.has('adverb') || tokens[at]!.word === '"' || tokens[at]!.word === '(')
  ) {
    // `both` and `each` may be the subject themselves.
    if (classes[at]!.has('each') || classes[at]!.has('both')) break
    at += 1
  }
  return at
}

function isModifier({ classes, tokens }: Reading, from: number, head: number): boolean {
  let at = from
  while (
    at < head &&
    (classes[at]!.has('adverb') ||
      tokens[at]!.word === '"' ||
      tokens[at]!.word === 'have' ||
      tokens[at]!.word === 'has')
  )
    at += 1
  if (at >= head) return true
  return openers.has(tokens[at]!.word)
}

/** Past an aside in parentheses that ends right before a token. */
function beforeParentheses({ tokens }: Reading, at: number, lowest: number): number {
  if (tokens[at - 1]?.word !== ')') return at
  for (let open = at - 2; open >= lowest; open--) if (tokens[open]!.word === '(') return open
  return at
}

/** Forms that are nouns as often as verbs: `the United States`, `a note`, `the value`. */
const nouns = new Set([
  'states',
  'state',
  'note',
  'notes',
  'value',
  'support',
  'supports',
  'praise',
  'promise',
  'pledge',
  'commend',
  'form',
  'forms',
])

function isOperativeVerb(classes: ReadonlySet<string>, { classes: all, tokens }: Reading, at: number): boolean {
  const operative = ['agree', 'commit', 'decide', 'affirm', 'welcome', 'say', 'recall'].some((name) =>
    classes.has(`${name}.finite`),
  )
  if (!operative || nouns.has(tokens[at]!.word)) return false
  // `the agreed text`, `committed resources`, `a plan`: no verb after a determiner.
  return !(at > 0 && (all[at - 1]!.has('determiner') || tokens[at - 1]!.word === 'of'))
}
