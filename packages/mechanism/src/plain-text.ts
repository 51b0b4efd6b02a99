// Plain text from people: which characters it may hold, and which of them a reader would not see. The adversary writes a
// name that reads as another, or hides words from one of two readers.

/** Why a text is refused. */
export type TextRefusal = 'text.control' | 'text.surrogate' | 'text.hidden' | 'text.not-normal' | 'text.blank'

/** C0 and C1 controls without LF and TAB, and the two separators that some programs take for line ends. */
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/
/** Characters that order, join or tag others, or take no room: what Unicode calls ignorable by default, and annotations. */
const hidden = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/u
const hiddenEverywhere = new RegExp(hidden, 'gu')

/** Free text: lines of well-formed Unicode. Hidden characters are let through; a console shows them. */
export function refuseText(text: string): TextRefusal | undefined {
  if (!text.isWellFormed()) return 'text.surrogate'
  if (control.test(text)) return 'text.control'
  return text.trim() === '' ? 'text.blank' : undefined
}

/** A name: one line in normal form C, without spaces at its ends, in which nothing is hidden. */
export function refuseName(name: string): TextRefusal | undefined {
  const refusal = refuseText(name)
  if (refusal !== undefined) return refusal
  if (/[\n\t]/.test(name)) return 'text.control'
  if (hidden.test(name)) return 'text.hidden'
  return name.normalize('NFC') === name && name.trim() === name ? undefined : 'text.not-normal'
}

/** A character that a reader would not see, at its index in UTF-16 units. */
export interface HiddenCharacter {
  readonly index: number
  readonly codePoint: number
}

/** Lists what is hidden in a free text, for a console to show. */
export function listHidden(text: string): readonly HiddenCharacter[] {
  return [...text.matchAll(hiddenEverywhere)].map(({ index, 0: found }) => ({
    index,
    codePoint: found.codePointAt(0)!,
  }))
}
