// Cuts text that somebody else wrote into what can be shown as it is and what must be shown as an escape: characters
// that are invisible, that turn the direction of the line, or that pile marks on a letter (rule T-11).

/** A run of ordinary text, or one character shown by its code point. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'escape'; readonly text: string }

/** Marks on one letter beyond this many are shown as escapes: no written language needs more. */
const combiningMarksMax = 4

// Control and format characters, separators, lone surrogates, unassigned and private code points, everything Unicode
// calls default-ignorable (bidi controls, joiners, tags, variation selectors, fillers), the blank Braille cell, and
// spaces other than the ordinary, the no-break and the ideographic one. The line feed and the tab stay.
const hidden =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]|(?![ \u00a0\u3000])\p{Zs}/u
const combining = /\p{M}/u

/** `U+202E` and so on. */
export function formatCodePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
}

/** The text in order; joining the segments' originals loses nothing but the escaped characters themselves. */
export function revealHidden(text: string): Segment[] {
  const segments: Segment[] = []
  let run = ''
  let marks = 0
  for (const character of text) {
    marks = combining.test(character) ? marks + 1 : 0
    const keep = character === '\n' || character === '\t' || (!hidden.test(character) && marks <= combiningMarksMax)
    if (keep) {
      run += character
      continue
    }
    if (run !== '') segments.push({ kind: 'text', text: run })
    run = ''
    segments.push({ kind: 'escape', text: formatCodePoint(character) })
  }
  if (run !== '') segments.push({ kind: 'text', text: run })
  return segments
}

/** The same as one text, for places that take no elements: the name of a window, a label. */
export function formatShown(text: string): string {
  return revealHidden(text)
    .map((segment) => segment.text)
    .join('')
}
