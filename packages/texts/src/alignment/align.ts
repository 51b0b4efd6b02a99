// Aligns the texts that the parties issued of one agreement, in any languages: one commitment with N texts. Items keep their order;
// what is left over is matched where it is much alike, and then it has moved.

import type { Alias } from '../aliases.ts'
import { TextsError } from '../error.ts'
import type { Proposal } from '../proposal.ts'
import type { ReadText } from '../read-text.ts'
import { listDivergences } from './divergences.ts'
import type { Divergence } from './divergences.ts'
import { likeness, likenessMin } from './likeness.ts'
import type { Item } from './likeness.ts'
import { signProposal } from './signature.ts'

export const alignedTextsMax = 64
export const alignedProposalsMax = 1500
/** An item out of order must be this much alike. */
const movedMin = 420

export interface IssuedText {
  readonly id: string
  readonly text: string
  readonly read: ReadText
}

/** One commitment: its proposal in each text that has it, by the text's id. */
export interface Aligned {
  readonly proposals: ReadonlyMap<string, Proposal>
  /** True when it stands in another order in some text. */
  readonly moved: boolean
}

export interface Alignment {
  readonly commitments: readonly Aligned[]
  readonly divergences: readonly Divergence[]
}

interface Row {
  readonly items: Map<string, Item>
  moved: boolean
}

/**
 * Aligns texts; the first is the one that the others are held against.
 *
 * @throws TextsError `text.limit`
 */
export function alignTexts(texts: readonly IssuedText[], aliases: readonly Alias[] = []): Alignment {
  const long = texts.some(({ read }) => read.proposals.length > alignedProposalsMax)
  if (long || texts.length > alignedTextsMax) throw new TextsError('text.limit', 'too much to align')
  let rows: readonly Row[] = []
  for (const { id, read, text } of texts) {
    const items = read.proposals.map((proposal, i): Item => {
      const place = Math.trunc((i * 1000) / Math.max(1, read.proposals.length - 1))
      return { proposal, signature: signProposal(text, proposal, aliases), place }
    })
    rows = rows.length === 0 ? items.map((item) => rowOf(id, item)) : addText(rows, id, items)
  }
  const commitments = rows.map(({ items, moved }) => ({
    proposals: new Map([...items].map(([id, { proposal }]) => [id, proposal] as const)),
    moved,
  }))
  return {
    commitments,
    divergences: listDivergences(
      texts,
      rows.map(({ items }) => items),
    ),
  }
}

function rowOf(id: string, item: Item): Row {
  return { items: new Map([[id, item]]), moved: false }
}

function addText(rows: readonly Row[], id: string, items: readonly Item[]): readonly Row[] {
  const scores = rows.map((row) =>
    items.map((item) => Math.max(...[...row.items.values()].map((each) => likeness(each, item)))),
  )
  const matched = matchInOrder(scores)
  const used = new Set(matched.values())
  const moved = matchLeftOver(scores, matched, used)
  const result: Row[] = []
  let next = 0
  for (const [i, row] of rows.entries()) {
    const inOrder = matched.get(i)
    if (inOrder !== undefined) {
      for (; next < inOrder; next++) if (!used.has(next)) result.push(rowOf(id, items[next]!))
      next = inOrder + 1
    }
    const place = inOrder ?? moved.get(i)
    if (place !== undefined) row.items.set(id, items[place]!)
    if (moved.has(i)) row.moved = true
    result.push(row)
  }
  for (; next < items.length; next++) if (!used.has(next)) result.push(rowOf(id, items[next]!))
  return result
}

/** The pairs in order whose likeness above the least sums to most. */
function matchInOrder(scores: readonly (readonly number[])[]): Map<number, number> {
  const width = scores[0]?.length ?? 0
  const best = Array.from({ length: scores.length + 1 }, () => new Int32Array(width + 1))
  for (let i = scores.length - 1; i >= 0; i--) {
    for (let j = width - 1; j >= 0; j--) {
      const gain = scores[i]![j]! - likenessMin
      best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, gain > 0 ? gain + best[i + 1]![j + 1]! : 0)
    }
  }
  const pairs = new Map<number, number>()
  for (let i = 0, j = 0; i < scores.length && j < width;) {
    const gain = scores[i]![j]! - likenessMin
    if (gain > 0 && best[i]![j] === gain + best[i + 1]![j + 1]!) pairs.set(i++, j++)
    else if (best[i]![j] === best[i + 1]![j]) i += 1
    else j += 1
  }
  return pairs
}

/** Pairs out of order, the most alike first. Adds them to `used`. */
function matchLeftOver(
  scores: readonly (readonly number[])[],
  matched: ReadonlyMap<number, number>,
  used: Set<number>,
): ReadonlyMap<number, number> {
  const pairs = scores.flatMap((row, i) =>
    matched.has(i) ? [] : row.flatMap((score, j) => (score >= movedMin && !used.has(j) ? [{ i, j, score }] : [])),
  )
  const moved = new Map<number, number>()
  for (const { i, j } of pairs.sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j)) {
    if (moved.has(i) || used.has(j)) continue
    moved.set(i, j)
    used.add(j)
  }
  return moved
}
