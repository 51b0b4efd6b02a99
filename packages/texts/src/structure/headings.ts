// Which lines are headings: marked ones, chapters, and short lines alone that are set like a title and end no sentence.

import { isMostlyHan } from './language.ts'
import type { Line } from './blocks.ts'

/** A line of more words is no heading, however it is set. */
const headingWordsMax = 16
const headingIdeographsMax = 40
const headingLengthMax = 160

export const headingMark = /^ {0,3}#{1,6}[ \t]+/

/** A line of Chinese that says who does what is no heading, though it has no full stop. */
const statement = /^(?:双方|两国|各方|各国|三方|中方|美方|同意|承诺|确认|重申|欢迎|应|不得|雙方|兩國)/u

/** A title on the line above its text, without a blank line between. */
const titleLengthMax = 60
const titleIdeographsMax = 20

/** True of a short first line of a paragraph that is set like a title, when the next line begins anew. */
export function isTitleAbove(line: Line, next: string): boolean {
  const { marker, words } = line
  if (marker?.style === 'article' || marker?.style === 'chapter') return isHeading(line, true)
  const short = words.length <= (isMostlyHan(words) ? titleIdeographsMax : titleLengthMax)
  return short && marker === undefined && /^\s*[\p{Lu}\u4e00-\u9fff“"]/u.test(next) && isHeading(line, true)
}

/** `alone` is a line with nothing of the same paragraph around it. */
export function isHeading({ marker, words }: Line, alone: boolean): boolean {
  if (headingMark.test(words)) return true
  const rest = words.slice(marker?.length ?? 0).trim()
  if (rest === '') return true
  if (rest.length > headingLengthMax || /[.;:,!?。；：，！？”"]$/u.test(rest)) return false
  if (marker?.style === 'chapter') return true
  if (!alone && marker === undefined) return false
  if (marker !== undefined && !['article', 'number', 'han'].includes(marker.style)) return false
  return isMostlyHan(rest) ? isChineseTitle(rest) : isEnglishTitle(rest)
}

function isChineseTitle(words: string): boolean {
  return words.length <= headingIdeographsMax && !/[，。；]/u.test(words) && !statement.test(words)
}

/** Title case: seven of ten of the longer words begin with a capital letter. */
function isEnglishTitle(words: string): boolean {
  const all = words.split(/[\s–—-]+/).filter((word) => /^\p{L}/u.test(word))
  const long = all.filter((word) => word.length > 3)
  const capital = long.filter((word) => /^\p{Lu}/u.test(word)).length
  return all.length > 0 && all.length <= headingWordsMax && capital * 10 >= long.length * 7
}
