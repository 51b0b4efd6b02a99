// The structure of a plain text: headings, items, quotations and paragraphs, so that two languages can stand block by block. It
// reads conventions that people use anyway; nothing in a text is ever markup, and the blocks hold every word of it.

export type TextBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'item'; readonly number: string; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }

/** The number of an item that has a mark and none. */
const bullet = '•'

/** `1. `, `1.2. `, `1)`, `(1)`, `a)`, `一、`, `（一）` at the head of a line. A full stop needs a space: `198.51.100.7` is none. */
const item =
  /^(?:(\d{1,3}(?:\.\d{1,3}){0,2})(?:\.(?=[ \t])|[)、．])|\((\d{1,3}|[a-z])\)|([a-z])\)|([一二三四五六七八九十]{1,3})、|（([一二三四五六七八九十\d]{1,3})）)[ \t\u3000]*(?=\S)(.*)$/su
/** `- ` and the like: a dash needs a space, for `-5` is a number. */
const bulletItem = /^[-*•·][ \t\u3000]+(?=\S)(.*)$/su
/** A line of somebody else's words: `> as they wrote`. */
const quoted = /^[>＞][ \t\u3000]?(.*)$/u
/** A line that is a heading: `# Facts`, with one to three marks. */
const heading = /^#{1,3}[ \t]+(\S.*)$/u

/**
 * The blocks of a text in their order. Blank lines part blocks; a heading, an item and a quotation begin one of their own. Line
 * feeds inside a block stay.
 */
export function parseTextBlocks(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = []
  let lines: string[] = []
  const end = (): void => {
    if (lines.length > 0) blocks.push(readBlock(lines.join('\n')))
    lines = []
  }
  for (const line of text.split('\n').map((each) => each.trimEnd())) {
    if (line.trim() === '') {
      end()
    } else if (heading.test(line)) {
      end()
      blocks.push({ kind: 'heading', text: heading.exec(line)![1]! })
    } else {
      const begins = matchItem(line) !== undefined || (lines.length > 0 && quoted.test(line) !== quoted.test(lines[0]!))
      if (begins) end()
      lines.push(line)
    }
  }
  end()
  return blocks
}

function readBlock(text: string): TextBlock {
  if (quoted.test(text.split('\n', 1)[0]!)) {
    const lines = text.split('\n').map((line) => quoted.exec(line)?.[1] ?? line)
    return { kind: 'quote', text: lines.join('\n') }
  }
  const match = matchItem(text)
  if (match === undefined) return { kind: 'paragraph', text }
  return { kind: 'item', ...match }
}

function matchItem(text: string): { number: string; text: string } | undefined {
  const match = item.exec(text)
  if (match === null) {
    const marked = bulletItem.exec(text)
    return marked === null ? undefined : { number: bullet, text: marked[1]! }
  }
  const number = match.slice(1, 6).find((part) => part !== undefined)!
  return { number, text: match[6]! }
}

/** True when two texts can stand side by side block by block: as many blocks, of the same kinds in the same order. */
export function areAligned(one: readonly TextBlock[], other: readonly TextBlock[]): boolean {
  return one.length === other.length && one.every(({ kind }, place) => kind === other[place]!.kind)
}
