// Which items stand under which others, and which block leads into them.

import type { Block, PlainBlock } from './blocks.ts'
import type { MarkerStyle } from './markers.ts'

/** As many units of the end of a block are looked at for the colon that leads into a list. */
const endLength = 6

interface Open {
  readonly style: MarkerStyle
  /** The block that leads into the items of this style, by its place. */
  readonly lead: number | undefined
}

/** Gives each block its depth, and each item the block that leads into it. */
export function nestItems(text: string, blocks: readonly PlainBlock[]): readonly Block[] {
  const open: Open[] = []
  return blocks.map((block, place): Block => {
    const { kind, marker } = block
    if (kind === 'heading' || marker === undefined) {
      open.length = 0
      return { ...block, level: 0 }
    }
    const known = open.findIndex(({ style }) => style === marker.style)
    if (known === -1) open.push({ style: marker.style, lead: leadsIn(text, blocks[place - 1]) ? place - 1 : undefined })
    else open.length = known + 1
    const { lead } = open.at(-1)!
    return { ...block, level: open.length - 1, ...(lead === undefined ? {} : { under: lead }) }
  })
}

/** True of a block that ends with a colon or a dash. */
function leadsIn(text: string, block: PlainBlock | undefined): boolean {
  if (block === undefined || block.kind === 'heading') return false
  const { end, start } = block.range
  return /[:：—][\s"”]*$/u.test(text.slice(Math.max(start, end - endLength), end))
}
