// Proper names that a text itself shows to be parties: `the Government of Borealia`, `between Borealia and Cassara`,
// `(hereinafter "Borealia")`, and the names of the alias table. Gathered once, before anything is read.

import type { Alias } from './aliases.ts'

/** No text has more parties than an agreement may have. */
const namesMax = 400
const name = '(\\p{Lu}[\\p{L}-]{2,24})'
const shows: readonly RegExp[] = [
  new RegExp(
    `\\b(?:Government|Republic|Kingdom|Commonwealth|Union|authorities|delegation|State) of (?:the )?${name}`,
    'gu',
  ),
  new RegExp(`\\b(?:between|by|of) (?:the )?${name}(?:, (?:the )?${name}){0,3},? and (?:the )?${name}`, 'gu'),
  new RegExp(`\\bhereinafter (?:referred to as )?["“](?:the )?${name}`, 'gu'),
]
/** Words that begin with a capital letter and are nobody's name. */
const common = new Set(
  'the this these parties party side sides january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday internet article annex'.split(
    ' ',
  ),
)

/** In lower case. */
export function listNamedParties(text: string, aliases: readonly Alias[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { names: all } of aliases)
    for (const each of all) if (/^\p{L}[\p{L}-]+$/u.test(each)) names.add(each.toLowerCase())
  for (const pattern of shows) {
    for (const match of text.matchAll(pattern)) {
      for (const each of match.slice(1)) {
        if (each !== undefined && !common.has(each.toLowerCase()) && names.size < namesMax)
          names.add(each.toLowerCase())
      }
    }
  }
  return names
}
