// The marks at the head of a line by which people number and list: bullets, 1. 1.2 (a) iv) in English; 一、（一） 1． ① 第一条
// in Chinese. Each pattern is anchored and bounded, so reading a line costs what the line is long.

export type MarkerStyle =
  | 'bullet'
  | 'number'
  | 'number-parenthesis'
  | 'letter'
  | 'roman'
  | 'article'
  | 'chapter'
  | 'han'
  | 'han-parenthesis'
  | 'circled'
  | 'inline'

export interface Marker {
  readonly style: MarkerStyle
  /** The mark without its punctuation: `2`, `1.3`, `a`, `一`. */
  readonly label: string
  /** Units of the line up to the words. */
  readonly length: number
}

const han = '[一二三四五六七八九十百零〇\\d]{1,6}'
const patterns: readonly (readonly [style: MarkerStyle, pattern: RegExp])[] = [
  ['bullet', /^[ \t\u3000]{0,40}([•·●○▪◦‣■□◆※])[ \t\u3000]{0,8}(?=\S)/u],
  ['bullet', /^[ \t\u3000]{0,40}([-–—*+])[ \t\u3000]{1,8}(?=\S)/u],
  ['chapter', new RegExp(`^[ \\t\\u3000]{0,40}第(${han})[章节部编][、：:\\u3000 ]{0,4}`, 'u')],
  [
    'chapter',
    /^[ \t]{0,40}(?:chapter|part|section|annex|appendix)[ \t]{1,4}([0-9]{1,3}|[ivxlc]{1,6}|[a-h])(?![a-z0-9])[.:]?[ \t]{0,8}/iu,
  ],
  ['article', new RegExp(`^[ \\t\\u3000]{0,40}第(${han})[条款项][、：:\\u3000 ]{0,4}`, 'u')],
  [
    'article',
    /^[ \t]{0,40}(?:article|art\.|paragraph|clause|item)[ \t]{1,4}([0-9]{1,3}[a-z]?)(?![a-z0-9])[.:]?[ \t]{0,8}/iu,
  ],
  [
    'number',
    /^[ \t\u3000]{0,40}([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})(?:[.)](?=[ \t\u3000])|[、．]|(?=[ \t]{2,8}\S))[ \t\u3000]{0,8}(?=\S)/u,
  ],
  ['number', /^[ \t\u3000]{0,40}([0-9]{1,3}(?:\.[0-9]{1,3}){1,3})[ \t]{1,8}(?=\S)/u],
  ['number-parenthesis', /^[ \t\u3000]{0,40}[(（]([0-9]{1,3})[)）][ \t\u3000]{0,8}(?=\S)/u],
  ['roman', /^[ \t]{0,40}\(?([ivx]{1,5})[.)][ \t]{1,8}(?=\S)/u],
  ['letter', /^[ \t]{0,40}[(（]([a-zA-Z])[)）][ \t\u3000]{0,8}(?=\S)/u],
  ['letter', /^[ \t]{0,40}([a-zA-Z])[.)][ \t]{1,8}(?=\S)/u],
  ['han', /^[ \t\u3000]{0,40}([一二三四五六七八九十]{1,4})[、．.][ \t\u3000]{0,8}(?=\S)/u],
  ['han-parenthesis', /^[ \t\u3000]{0,40}[(（]([一二三四五六七八九十]{1,4})[)）][ \t\u3000]{0,8}(?=\S)/u],
  ['circled', /^[ \t\u3000]{0,40}([①-⑳])[ \t\u3000]{0,8}(?=\S)/u],
]

/** The mark that a line begins with, if any. */
export function readMarker(line: string): Marker | undefined {
  for (const [style, pattern] of patterns) {
    const match = pattern.exec(line)
    if (match !== null) return { style, label: match[1]!.toLowerCase(), length: match[0].length }
  }
  return undefined
}

/** Marks that also stand inside a paragraph: `agreed to: (a) publish …; (b) name …`, `同意：（一）公布…；（二）指定…`. */
export const inlineMarker = /[(（](?:[a-h]|[ivx]{1,4}|[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]/gu
