// Which texts of an agreement stand side by side: an original with its translation, else two originals in two languages.

import type { AgreementText } from '@parley/api'

export type TextPair = readonly [AgreementText] | readonly [AgreementText, AgreementText]

/** Each text once, in the order of the pack; within a pair the reader's language first. */
export function pairTexts(texts: readonly AgreementText[], language: string): TextPair[] {
  const base = (tag: string) => tag.split('-', 1)[0]
  const rest = new Set(texts)
  const pairs: TextPair[] = []
  for (const text of texts) {
    if (!rest.delete(text)) continue
    const others = [...rest].filter((other) => base(other.language) !== base(text.language))
    const other =
      others.find(({ of }) => of === text.id) ??
      others.find(({ id }) => id === text.of) ??
      others.find(({ id, of }) => of === undefined && text.of === undefined && !texts.some((some) => some.of === id))
    if (other === undefined) {
      pairs.push([text])
      continue
    }
    rest.delete(other)
    pairs.push(base(other.language) === base(language) ? [other, text] : [text, other])
  }
  return pairs
}
