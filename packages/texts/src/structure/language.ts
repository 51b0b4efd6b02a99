// Which language a text is in: by its letters, and for Latin letters by the little words that no text does without. Only
// English and Chinese are read; every other is refused plainly.

import { TextsError } from '../error.ts'
import { countForms } from './traditional.ts'

export const textLanguages = ['en', 'zh-Hans', 'zh-Hant'] as const
export type TextLanguage = (typeof textLanguages)[number]

/** How much of a text is looked at to find its language, in UTF-16 units. */
const sampleLengthMax = 60_000

const english = new Set(
  'the of and to that shall will by with for be is are its this which not from has have was each their should at were it under'.split(
    ' ',
  ),
)
const others = new Set(
  'le les des du et une dans pour que qui est sont der das und den dem nicht mit für ist werden wird el los las del por para una con il gli della che di sono dos não uma em och att som het een van zijn oraz nie się dan yang untuk'.split(
    ' ',
  ),
)

interface Letters {
  readonly han: number
  readonly latin: number
  readonly other: number
}

/** Kana and hangul beside ideographs are Japanese and Korean, which are not read. */
function countLetters(text: string): Letters {
  let [han, latin, other] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x4e00 && unit <= 0x9fff) han += 1
    else if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0xc0 && unit <= 0x24f))
      latin += 1
    else if (
      (unit >= 0x370 && unit <= 0x1fff) ||
      (unit >= 0x3041 && unit <= 0x30ff) ||
      (unit >= 0xac00 && unit <= 0xd7af)
    )
      other += 1
  }
  return { han, latin, other }
}

/** True when more of the letters are ideographs than Latin words could weigh up: an ideograph says as much as two letters. */
export function isMostlyHan(text: string): boolean {
  const { han, latin } = countLetters(text)
  return han * 2 > latin
}

/**
 * The language of a text.
 *
 * @throws TextsError `text.empty` without a letter; `text.language` when it is neither English nor Chinese.
 */
export function findLanguage(text: string): TextLanguage {
  const sample = text.slice(0, sampleLengthMax)
  const { han, latin, other } = countLetters(sample)
  if (han + latin + other === 0) throw new TextsError('text.empty', 'there is no word in the text')
  if (other * 8 > han + latin + other) throw new TextsError('text.language', 'the text is neither English nor Chinese')
  if (han * 2 > latin) return countForms(sample) > 0 ? 'zh-Hant' : 'zh-Hans'
  const words = sample.toLowerCase().split(/[^a-zà-ɏ]+/)
  const known = words.filter((word) => english.has(word)).length
  const foreign = words.filter((word) => others.has(word)).length
  if (foreign > known || (known === 0 && words.length > 10)) {
    throw new TextsError('text.language', 'the text is neither English nor Chinese')
  }
  return 'en'
}
