// Who acts, in English: `the two sides`, `neither government`, `China and the United States`, `a party that receives a
// request`, `the senior experts group`. A phrase is read from its first word; what is after its last noun is the caller's.

import type { NamedActor } from '../context.ts'
import type { Reading } from '../words/pattern.ts'

/** A noun phrase before its noun has at most so many words. */
const modifiersMax = 10

export interface Phrase {
  readonly actor: Pick<NamedActor, 'kind' | 'none'>
  /** The token after its last. */
  readonly end: number
}

/** The actor whose phrase begins at a token, if one does. `parties` are names that the text shows to be parties. */
export function readActor(reading: Reading, at: number, parties: ReadonlySet<string>): Phrase | undefined {
  const first = readOne(reading, at, parties)
  if (first === undefined) return undefined
  let { actor, end } = first
  let many = 1
  let joined = false
  for (;;) {
    const next = joint(reading, end)
    const other = next === undefined ? undefined : readOne(reading, next, parties)
    if (other === undefined) break
    many += 1
    joined ||= reading.tokens[next! - 1]!.word !== ','
    end = other.end
    if (other.actor.kind !== actor.kind)
      actor = { ...actor, kind: actor.kind === 'body' || other.actor.kind === 'body' ? 'body' : 'all' }
  }
  // `In the meetings, we`: commas alone join nothing.
  if (!joined) return first
  if (many > 1 && actor.kind === 'one') actor = { ...actor, kind: 'all' }
  return { actor, end }
}

/** After `,` or `and` or `, and`, the place where a phrase joined to the one before would begin. */
function joint({ tokens }: Reading, at: number): number | undefined {
  const word = tokens[at]?.word
  if (word === 'and' || word === 'or' || word === 'nor') return at + 1
  if (word === ',') return tokens[at + 1]?.word === 'and' ? at + 2 : at + 1
  return undefined
}

function readOne(reading: Reading, start: number, parties: ReadonlySet<string>): Phrase | undefined {
  const { classes, tokens } = reading
  const is = (at: number, name: string): boolean => classes[at]?.has(name) ?? false
  let at = start
  const [none, each, both] = [is(at, 'none'), is(at, 'each'), is(at, 'both')]
  const any = is(at, 'any')
  if (none || each || both) at += 1
  if (tokens[at]?.word === 'of') at += 1
  // `that Party` begins a clause; elsewhere `that` leads into one.
  const demonstrative = tokens[at]?.word === 'that' && (at === 0 || tokens[at - 1]!.kind === 'mark')
  if (is(at, 'determiner') || demonstrative) at += 1
  const from = at
  let noun = -1
  for (; at < tokens.length && at - from <= modifiersMax; at++) {
    const token = tokens[at]!
    if (token.kind === 'mark') break
    // `neither country's government`: the noun goes on.
    if (token.word === "'s") continue
    const nounLike = is(at, 'party') || is(at, 'body') || is(at, 'role')
    if (is(at, 'outsider')) return undefined
    if (is(at, 'country') || isUnited(reading, at) > 0 || parties.has(token.word)) {
      const length = Math.max(1, isUnited(reading, at))
      // `China's ministry`: the country only says whose.
      if (tokens[at + length]?.word === "'s") {
        at += length
        continue
      }
      if (!is(at + length, 'party') && !is(at + length, 'body'))
        return { actor: { kind: 'one', none }, end: at + length }
      at += length - 1
      noun = at
    } else if (is(at, 'party') || is(at, 'body')) noun = at
    else if (
      nounLike ||
      is(at, 'modifier') ||
      is(at, 'plural') ||
      is(at, 'country-adjective') ||
      is(at, 'number') ||
      is(at, 'adjective') ||
      token.kind === 'number'
    )
      continue
    else if (isBinding(reading, at)) continue
    // `State Internet and Information Office`: a name goes on while its words begin with capitals.
    else if (token.capital && at > start) continue
    else if (joinsName(reading, at)) continue
    else break
  }
  if (noun === -1) {
    if (is(start, 'pronoun') && (none || each || both || is(start, 'pronoun'))) {
      return { actor: { kind: each ? 'each' : 'all', none }, end: each || both || none ? from : start + 1 }
    }
    return none ? { actor: { kind: 'all', none }, end: from } : undefined
  }
  return { actor: { kind: kindOf(reading, start, noun, { none, each, both, any }), none }, end: noun + 1 }
}

/** How many tokens `United States`, `European Union`, `New Zealand` and the like have here; 0 is none. */
function isUnited({ tokens }: Reading, at: number): number {
  const pair = `${tokens[at]?.word} ${tokens[at + 1]?.word}`
  if (pair === 'united states') return tokens[at + 2]?.word === 'of' && tokens[at + 3]?.word === 'america' ? 4 : 2
  if (pair === "people's republic" && tokens[at + 2]?.word === 'of') return 4
  return /^(?:united kingdom|european union|new zealand|south africa|south korea|sri lanka|saudi arabia|costa rica|united nations|african union)$/.test(
    pair,
  )
    ? 2
    : 0
}

/** `of the Party`, `points of contact`, `chiefs of staff`: an of inside a name of an office. */
function isBinding({ classes, tokens }: Reading, at: number): boolean {
  const of = tokens[at]?.word === 'of' || tokens[at]?.word === 'for' || tokens[at]?.word === 'and'
  return (
    of &&
    (tokens[at - 1]?.word === 'point' ||
      tokens[at - 1]?.word === 'points' ||
      isHead(classes[at - 1], tokens[at]!.word)) &&
    at > 0
  )
}

/** `and`, `of`, `for` between words of a name. */
function joinsName({ tokens }: Reading, at: number): boolean {
  const word = tokens[at]!.word
  if (word !== 'and' && word !== 'of' && word !== 'for' && word !== 'on') return false
  return tokens[at - 1]?.capital === true && tokens[at + 1]?.capital === true
}

/** `Ministry of Justice`, `heads of the agencies`: the office is the first noun, the rest says whose. */
function isHead(classes: ReadonlySet<string> | undefined, word: string): boolean {
  return word === 'of' && classes !== undefined && classes.has('office')
}

function kindOf(
  { classes, tokens }: Reading,
  start: number,
  noun: number,
  { any, both, each, none }: { none: boolean; each: boolean; both: boolean; any: boolean },
): NamedActor['kind'] {
  const has = (name: string): boolean => {
    for (let at = start; at <= noun; at++) if (classes[at]!.has(name)) return true
    return false
  }
  const isParty = classes[noun]!.has('party')
  const plural = classes[noun]!.has('party-plural')
  if (none) return 'all'
  if (each) return 'each'
  if (has('role') && !plural && !both) return 'class'
  if (has('country-adjective') && isParty && !has('plural')) return 'one'
  if (isParty && plural) return tokens[noun]!.word === 'states' && noun === start ? 'class' : 'all'
  if (isParty) return any || tokens[start]?.word === 'another' ? 'class' : 'one'
  if (has('party-plural') && !has('office')) return 'all'
  return 'body'
}
