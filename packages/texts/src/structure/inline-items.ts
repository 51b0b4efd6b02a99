// Lists inside a paragraph: `agreed to: (a) publish …; (b) name …`, `同意：（一）公布…；（二）指定…`. The words before the
// first mark become a paragraph that leads into the items.

import { inlineMarker } from './markers.ts'
import type { PlainBlock } from './blocks.ts'

/** As many units before a mark are looked at to see whether a list goes on there. */
const before = 8

/** The block itself, or its lead-in and its items when it holds a list of at least two. */
export function splitInlineItems(text: string, block: PlainBlock): readonly PlainBlock[] {
  const { range } = block
  const words = text.slice(range.start, range.end)
  const marks = [...words.matchAll(inlineMarker)].filter(({ index }) =>
    /(?:[:：;；,，。.]|[;；,，] ?(?:and|or|以及|和))\s*$/u.test(words.slice(Math.max(0, index - before), index)),
  )
  const first = marks[0]
  if (first === undefined || marks.length < 2) return [block]
  if (!/[:：]\s*$/u.test(words.slice(Math.max(0, first.index - before), first.index))) return [block]
  const place = (from: number, to: number): { start: number; end: number } => {
    const piece = words.slice(from, to)
    return {
      start: range.start + from + (piece.length - piece.trimStart().length),
      end: range.start + from + piece.trimEnd().length,
    }
  }
  const items = marks.map((mark, i): PlainBlock => {
    const next = marks[i + 1]?.index ?? words.length
    const label = mark[0].slice(1, -1).toLowerCase()
    return { kind: 'item', range: place(mark.index + mark[0].length, next), marker: { style: 'inline', label } }
  })
  return [{ ...block, range: place(0, first.index) }, ...items]
}
