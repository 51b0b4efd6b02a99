// What follows an operative English word: to do, not to do, to establish a body, to designate somebody, or that something is so.

import type { ProposalKind } from '../proposal.ts'
import type { OperativeRule } from '../rule.ts'
import { compilePattern, findPattern, matchAt } from '../words/pattern.ts'
import type { Reading } from '../words/pattern.ts'

/** As many tokens after the operative word are looked at for a body that is set up or an office that is filled. */
const objectReach = 16
/** And as many for the verb of a clause after `that`. */
const clauseReach = 30

const abstaining = compilePattern('@not? to? @adverb* @abstain')
const denying = compilePattern('to? @adverb* @not')
const establishing = compilePattern('to? @not? @adverb* @be? @adverb* @establish')
const settingUp = compilePattern('to? @not? @adverb* @be? @adverb* set/sets/setting up')
const naming = compilePattern('to? @not? @adverb* @be? @adverb* @designate/identify/identified')
const creation = compilePattern('the? joint? establishment/creation/formation/setting-up/launch/setting of/up')
const nominating = compilePattern('the? designation/appointment/nomination of')
const importance = compilePattern('the importance/need/necessity/value/significance/urgency of/to/for')
const clauseModal = compilePattern('will/would/shall/should/must/is/are')
const deniedModal = compilePattern('will/would/shall/should/must/is/are @adverb* not/never/neither')
const noOne = compilePattern('neither/no/none')
const toBe = compilePattern('will/would/shall/should/must')

export interface Complement {
  readonly kind: ProposalKind
  readonly negative: boolean
}

/**
 * Reads what follows the operative words that end at `after`. `none` says that nobody is to do it; `subject` are the tokens of
 * a thing that it is to be done to.
 */
export function readComplement(
  rule: OperativeRule,
  reading: Reading,
  after: number,
  { none, subject }: { readonly none: boolean; readonly subject?: { readonly start: number; readonly end: number } },
): Complement {
  if (rule.kind !== 'by-verb' && rule.kind !== 'commit-by-verb') {
    return { kind: rule.kind, negative: deniesClause(reading, after) }
  }
  const plain: ProposalKind = rule.kind === 'by-verb' ? 'agree-to-do' : 'commit'
  const { tokens } = reading
  const end = Math.min(tokens.length, after + objectReach)
  let at = after
  while (at < end && (tokens[at]!.word === '"' || tokens[at]!.word === ':')) at += 1
  const last = tokens[after - 1]?.word
  const saysNot = last === 'not' || last === 'never' || matchAt(denying, reading, at) > at
  if (none || saysNot || matchAt(abstaining, reading, at) > at) return { kind: 'undertake-not-to', negative: true }
  if (matchAt(importance, reading, at) > at) return { kind: 'affirm', negative: false }
  if (last === ',') at = skipAside(reading, at, end)
  if (last === 'that' || tokens[at]?.word === 'that') {
    if (deniesClause(reading, at)) return { kind: 'undertake-not-to', negative: true }
    const modal = findPattern(toBe, reading, at, Math.min(tokens.length, at + clauseReach))
    if (modal === undefined) return { kind: 'affirm', negative: false }
    at = modal.end
  }
  if (matchAt(denying, reading, at) > at || matchAt(abstaining, reading, at) > at) {
    return { kind: 'undertake-not-to', negative: true }
  }
  const places = [...(subject === undefined ? [] : [subject]), { start: at, end }]
  const has = (name: string): boolean =>
    places.some((place) => reading.classes.slice(place.start, place.end).some((classes) => classes.has(name)))
  const founds = [establishing, settingUp, creation].some((pattern) => matchAt(pattern, reading, at) > at)
  if (founds && has('institution')) return { kind: 'establish', negative: false }
  const names = [naming, nominating].some((pattern) => matchAt(pattern, reading, at) > at)
  if (names && has('office')) return { kind: 'designate', negative: false }
  return { kind: plain, negative: false }
}

/** True when the clause that follows says that nobody is to do it, or that somebody is not to. */
function deniesClause(reading: Reading, from: number): boolean {
  const { tokens } = reading
  if (tokens[from]?.word !== 'that' && tokens[from - 1]?.word !== 'that') return false
  const start = tokens[from]?.word === 'that' ? from + 1 : from
  let at = start
  while (tokens[at]?.word === '"' || tokens[at]?.word === 'that') at += 1
  if (matchAt(noOne, reading, at) > at) return true
  const end = Math.min(tokens.length, start + clauseReach)
  const modal = findPattern(clauseModal, reading, start, end)
  const denied = findPattern(deniedModal, reading, start, end)
  return denied !== undefined && modal !== undefined && denied.start === modal.start
}

/** Past `, subject to available resources,` to what is agreed. */
function skipAside({ tokens }: Reading, from: number, end: number): number {
  for (let at = from; at < end; at++) if (tokens[at]!.word === ',') return at + 1
  return from
}
