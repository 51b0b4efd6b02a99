// Patterns over tokens, as rule files write them: elements apart by spaces. `word`, `one/another`, `@class`, `@a/@b`, `#`
// (a number), `..6` (up to six words, no mark that parts clauses), each with `?` (may be missing) or `*` (up to four).

import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

/** A repeated element stands at most so often in a row. */
const repeatsMax = 4
const gapMax = 40

type Test = (token: Token, classes: ReadonlySet<string>) => boolean
type Element =
  | { readonly kind: 'one'; readonly test: Test; readonly min: number; readonly max: number }
  | { readonly kind: 'gap'; readonly max: number }

export interface Pattern {
  readonly source: string
  readonly elements: readonly Element[]
}

/** A sentence ready to be matched: its tokens, and the classes of each. */
export interface Reading {
  readonly tokens: readonly Token[]
  readonly classes: readonly ReadonlySet<string>[]
}

export function readClasses(tokens: readonly Token[], lexicon: Lexicon): Reading {
  return { tokens, classes: tokens.map(({ word }) => lexicon.classesOf(word)) }
}

const compiled = new Map<string, Pattern>()

/** @throws Error when a rule file is wrong, which nobody catches. */
export function compilePattern(source: string): Pattern {
  const known = compiled.get(source)
  if (known !== undefined) return known
  const pattern = { source, elements: source.split(' ').map(compileElement) }
  if (pattern.elements.every((element) => element.kind === 'gap' || element.min === 0)) {
    throw new Error(`invariant: the pattern ${source} matches something`)
  }
  compiled.set(source, pattern)
  return pattern
}

function compileElement(part: string): Element {
  const gap = /^\.\.(\d+)$/.exec(part)
  if (gap !== null) return { kind: 'gap', max: Math.min(Number(gap[1]), gapMax) }
  const many = part.length > 1 && /[?*]$/.test(part) ? part.at(-1) : undefined
  const body = many === undefined ? part : part.slice(0, -1)
  const tests = body.split('/').map(compileTest)
  const test: Test = (token, classes) => tests.some((each) => each(token, classes))
  return { kind: 'one', test, min: many === undefined ? 1 : 0, max: many === '*' ? repeatsMax : 1 }
}

function compileTest(body: string): Test {
  if (body === '#') return ({ kind }) => kind === 'number'
  if (body.startsWith('@')) {
    const name = body.slice(1)
    return (_token, classes) => classes.has(name)
  }
  return ({ word }) => word === body
}

const parts = new Set([',', ';', ':', '。', '.', '(', ')', '"', '—', '、'])

/** Where the pattern ends when it begins at a token, or -1. It takes as much as it can. */
export function matchAt(pattern: Pattern, reading: Reading, at: number): number {
  return matchFrom(pattern.elements, 0, reading, at)
}

function matchFrom(elements: readonly Element[], next: number, reading: Reading, at: number): number {
  const element = elements[next]
  if (element === undefined) return at
  if (element.kind === 'gap') {
    for (let skipped = 0; skipped <= element.max && at + skipped <= reading.tokens.length; skipped++) {
      const end = matchFrom(elements, next + 1, reading, at + skipped)
      if (end !== -1) return end
      if (parts.has(reading.tokens[at + skipped]?.word ?? '')) return -1
    }
    return -1
  }
  let taken = 0
  while (taken < element.max && at + taken < reading.tokens.length) {
    if (!element.test(reading.tokens[at + taken]!, reading.classes[at + taken]!)) break
    taken += 1
  }
  for (; taken >= element.min; taken--) {
    const end = matchFrom(elements, next + 1, reading, at + taken)
    if (end !== -1) return end
  }
  return -1
}

/** The first place from `from` to before `to` where the pattern stands. */
export function findPattern(
  pattern: Pattern,
  reading: Reading,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } | undefined {
  for (let at = from; at < to; at++) {
    const end = matchAt(pattern, reading, at)
    if (end > at && end <= to) return { start: at, end }
  }
  return undefined
}
