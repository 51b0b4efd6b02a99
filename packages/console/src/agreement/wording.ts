// One wording out of several languages: the reader's, else English, else whichever there is.

import type { Wordings } from '@parley/api'

export function wordingOf(wordings: Wordings, language: string): string | undefined {
  const base = (tag: string) => tag.split('-', 1)[0]
  const find = (wanted: string) =>
    wordings[wanted] ?? Object.entries(wordings).find(([tag]) => base(tag) === base(wanted))?.[1]
  return find(language) ?? find('en') ?? Object.values(wordings)[0]
}
