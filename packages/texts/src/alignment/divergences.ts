// The register of divergences: where the texts of one commitment do not say the same. It says that they differ and shows the
// words; which is right, only the parties can say.

import type { QualifierCode } from '../proposal.ts'
import type { Range } from '../range.ts'
import { overlap, wordsAt } from '../range.ts'
import { foldTraditional } from '../structure/traditional.ts'
import type { IssuedText } from './align.ts'
import { drifts } from './drifts.ts'
import type { Item } from './likeness.ts'

export type DivergenceCode =
  /** A text does not have the commitment at all. */
  | 'missing'
  | 'kind'
  | 'force'
  /** To do in one text, not to do in the other. */
  | 'negation'
  /** One side alone in one text, both in the other. */
  | 'actor'
  | 'qualifier'
  | 'time'
  | 'bodies'
  /** A rendering that is known to say something else. */
  | 'rendering'

export interface Divergence {
  readonly code: DivergenceCode
  /** The commitment, by its place in the alignment. */
  readonly commitment: number
  /** The texts that differ and what each says; the place of the words where there are some. */
  readonly texts: readonly { readonly text: string; readonly says: string; readonly range?: Range }[]
  /** For a rendering: the name of the drift. */
  readonly drift?: string
}

/** Chinese has one word for shall and should, so the texts of two languages cannot differ in it. */
const sameInChinese: ReadonlySet<QualifierCode> = new Set(['should', 'generally-applicable'])

export function listDivergences(
  texts: readonly IssuedText[],
  rows: readonly ReadonlyMap<string, Item>[],
): readonly Divergence[] {
  return rows.flatMap((items, commitment) => {
    const present = texts.filter(({ id }) => items.has(id))
    const missing = texts.filter(({ id }) => !items.has(id))
    const found: Divergence[] = []
    if (missing.length > 0) {
      found.push({
        code: 'missing',
        commitment,
        texts: [
          ...present.map(({ id }) => ({ text: id, says: 'present', range: items.get(id)!.proposal.range })),
          ...missing.map(({ id }) => ({ text: id, says: 'missing' })),
        ],
      })
    }
    const [first, ...others] = present
    for (const other of others) found.push(...compare(commitment, first!, other, items))
    return found
  })
}

function compare(
  commitment: number,
  one: IssuedText,
  other: IssuedText,
  items: ReadonlyMap<string, Item>,
): readonly Divergence[] {
  const [a, b] = [items.get(one.id)!, items.get(other.id)!]
  const differ = (code: DivergenceCode, says: string, otherSays: string): readonly Divergence[] => {
    if (says === otherSays) return []
    const of = (text: IssuedText, words: string, { proposal }: Item) => ({
      text: text.id,
      says: words,
      range: proposal.range,
    })
    return [{ code, commitment, texts: [of(one, says, a), of(other, otherSays, b)] }]
  }
  const crossing = a.signature.chinese !== b.signature.chinese
  const qualifiers = ({ proposal }: Item): string =>
    [...new Set(proposal.qualifiers.map(({ code }) => code))]
      .filter((code) => !crossing || !sameInChinese.has(code))
      .sort()
      .join(' ')
  const side = ({ proposal: { actor } }: Item): string => (actor.kind === 'one' ? 'one' : 'both')
  return [
    ...differ('kind', a.proposal.kind, b.proposal.kind),
    ...differ('force', a.proposal.force, b.proposal.force),
    ...differ('negation', a.proposal.negative ? 'not' : 'do', b.proposal.negative ? 'not' : 'do'),
    ...differ('actor', side(a), side(b)),
    ...differ('qualifier', qualifiers(a), qualifiers(b)),
    ...differ('time', a.signature.times.join('; '), b.signature.times.join('; ')),
    ...differ('bodies', [...a.signature.bodies].sort().join(' '), [...b.signature.bodies].sort().join(' ')),
    ...(crossing ? listDrifts(commitment, one, other, [a, b]) : []),
  ]
}

function listDrifts(
  commitment: number,
  one: IssuedText,
  other: IssuedText,
  [a, b]: readonly [Item, Item],
): readonly Divergence[] {
  const [english, chinese] = a.signature.chinese
    ? [
        { ...other, item: b },
        { ...one, item: a },
      ]
    : [
        { ...one, item: a },
        { ...other, item: b },
      ]
  return drifts.flatMap((drift): readonly Divergence[] => {
    const there = findWords(english.text, english.item.proposal.range, drift.english)
    const here = findWords(foldTraditional(chinese.text), chinese.item.proposal.range, drift.drifting)
    if (there === undefined || here === undefined) return []
    const sound = findWords(foldTraditional(chinese.text), chinese.item.proposal.range, drift.faithful)
    if (sound !== undefined && !overlap(sound, here)) return []
    const say = (text: string, range: Range): string => wordsAt(text, range)
    return [
      {
        code: 'rendering',
        commitment,
        drift: drift.name,
        texts: [
          { text: english.id, says: say(english.text, there), range: there },
          { text: chinese.id, says: say(chinese.text, here), range: here },
        ],
      },
    ]
  })
}

function findWords(text: string, { end, start }: Range, words: readonly string[]): Range | undefined {
  const piece = text.slice(start, end).toLowerCase()
  for (const word of words) {
    const at = piece.indexOf(word)
    if (at !== -1) return { start: start + at, end: start + at + word.length }
  }
  return undefined
}
