// The structure of a text: headings, paragraphs and items with their marks, each with its place in the text, and the
// paragraph that leads into a list. Nothing in a text is markup; every word of it is in one block.

import { TextsError } from '../error.ts'
import type { Range } from '../range.ts'
import { headingMark, isHeading, isTitleAbove } from './headings.ts'
import { splitInlineItems } from './inline-items.ts'
import { nestItems } from './lists.ts'
import { readMarker } from './markers.ts'
import type { Marker, MarkerStyle } from './markers.ts'

export const blocksMax = 50_000

/** A block before it is known what it stands under. */
export interface PlainBlock {
  readonly kind: 'heading' | 'item' | 'paragraph'
  /** The words without the mark. */
  readonly range: Range
  readonly marker?: { readonly style: MarkerStyle; readonly label: string }
}

export interface Block extends PlainBlock {
  /** Depth among the items around it, from 0. */
  readonly level: number
  /** The block whose words lead into this item (`The two sides:`), by its place in the list of blocks. */
  readonly under?: number
}

export interface Line extends Range {
  readonly words: string
  readonly marker: Marker | undefined
}

/** The blocks of a text in their order. @throws TextsError `text.limit` */
export function readBlocks(text: string): readonly Block[] {
  const blocks: PlainBlock[] = []
  let lines: Line[] = []
  const end = (alone: boolean): void => {
    if (lines.length > 0) blocks.push(...closeBlock(text, lines, alone))
    if (blocks.length > blocksMax) throw new TextsError('text.limit', `the text has more than ${blocksMax} blocks`)
    lines = []
  }
  for (const line of readLines(text)) {
    if (line.words.trim() === '') {
      end(true)
    } else if (headingMark.test(line.words)) {
      end(true)
      lines.push(line)
      end(true)
    } else {
      if (line.marker !== undefined || closesParagraph(lines, line)) end(lines.length === 1)
      lines.push(line)
    }
  }
  end(true)
  return nestItems(text, blocks)
}

function* readLines(text: string): Iterable<Line> {
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start)
    const stop = found === -1 ? text.length : found
    const words = text.slice(start, stop).trimEnd()
    yield { start, end: start + words.length, words, marker: readMarker(words) }
    start = stop + 1
  }
}

/** A line of more units is no line of a wrapped paragraph: there each line is a paragraph. */
const wrappedLengthMax = 160

/** A Chinese text often has a paragraph on each line: a line that ends a sentence there ends its block. */
function closesParagraph(lines: readonly Line[], next: Line): boolean {
  const line = lines.at(-1)
  if (line === undefined) return false
  if (lines.length === 1 && isTitleAbove(line, next.words)) return true
  if (/[。；：！？][”’」』]?$/u.test(line.words)) return true
  return line.words.length > wrappedLengthMax && /^\p{Lu}/u.test(next.words)
}

function closeBlock(text: string, lines: readonly Line[], alone: boolean): readonly PlainBlock[] {
  const first = lines[0]!
  const { marker } = first
  const mark = marker === undefined ? {} : { marker: { style: marker.style, label: marker.label } }
  const space = first.words.length - first.words.trimStart().length
  if (lines.length === 1 && isHeading(first, alone)) {
    const hashes = headingMark.exec(first.words)?.[0].length
    const start = first.start + (hashes ?? marker?.length ?? space)
    return [{ kind: 'heading', range: { start: Math.min(start, first.end), end: first.end }, ...mark }]
  }
  const range = { start: first.start + (marker?.length ?? space), end: lines.at(-1)!.end }
  return splitInlineItems(text, { kind: marker === undefined ? 'paragraph' : 'item', range, ...mark })
}
