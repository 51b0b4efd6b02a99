// Anchors: the words of a text that a commitment stands on, by a text-quote selector of the W3C Web Annotation Data Model
// (section 4.2.4). A quotation is found by UTF-16 units, exactly as written; nothing is normalised.

/** A W3C TextQuoteSelector: the words, and enough of what stands before and after to tell them from others like them. */
export type TextQuoteSelector = {
  readonly type: 'TextQuoteSelector'
  readonly exact: string
  readonly prefix?: string
  readonly suffix?: string
}

/** Where in a text a quotation stands, in UTF-16 units. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Every place where the selector's words stand between its prefix and suffix, overlapping places included. */
export function listQuotes(text: string, selector: TextQuoteSelector): readonly Range[] {
  const { exact, prefix = '', suffix = '' } = selector
  const sought = prefix + exact + suffix
  const places: Range[] = []
  for (let found = text.indexOf(sought); found !== -1; found = text.indexOf(sought, found + 1)) {
    const start = found + prefix.length
    places.push({ start, end: start + exact.length })
  }
  return places
}
