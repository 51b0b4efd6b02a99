// The alias table of bodies: one agency, three names. A row has an id and every name that some text calls it by, in each
// language; the parties and agencies of a pack are such rows already.

import type { Pack } from '@parley/mechanism'
import type { Range } from './range.ts'

export interface Alias {
  readonly id: string
  readonly names: readonly string[]
}

/** Shorter names than this would be found in other words. */
const nameLengthMin = 2

/** The rows of a pack: its parties, their leads and their agencies, with all their aliases. */
export function listPackAliases({ parties }: Pick<Pack, 'parties'>): readonly Alias[] {
  return parties.flatMap(({ agencies, id, leads, names }) => [
    { id, names: Object.values(names) },
    ...[...leads, ...agencies].map((office) => ({
      id: `${id}/${office.id}`,
      names: [...Object.values(office.names), ...(office.aliases ?? []).flatMap((alias) => Object.values(alias))],
    })),
  ])
}

/** Rows in one table. Rows with the same id are one row. */
export function mergeAliases(...tables: readonly (readonly Alias[])[]): readonly Alias[] {
  const rows = new Map<string, Set<string>>()
  for (const { id, names } of tables.flat()) {
    const row = rows.get(id) ?? new Set()
    rows.set(id, row)
    for (const name of names) row.add(name)
  }
  return [...rows].map(([id, names]) => ({ id, names: [...names] }))
}

export interface Named {
  readonly id: string
  readonly range: Range
}

/** Where the rows are named in a piece of the text: the longest names first, and no place twice unless for two rows of one name. */
export function findNamed(text: string, { end, start }: Range, aliases: readonly Alias[]): readonly Named[] {
  const words = text.slice(start, end).toLowerCase()
  const found: Named[] = []
  const names = aliases
    .flatMap(({ id, names: all }) => all.map((name) => ({ id, name: name.toLowerCase() })))
    .filter(({ name }) => name.length >= nameLengthMin)
    .sort((a, b) => b.name.length - a.name.length || (a.id < b.id ? -1 : 1))
  for (const { id, name } of names) {
    for (let at = words.indexOf(name); at !== -1; at = words.indexOf(name, at + name.length)) {
      const range = { start: start + at, end: start + at + name.length }
      if (!isWhole(words, at, name)) continue
      const taken = found.find((other) => other.range.start < range.end && range.start < other.range.end)
      if (
        taken === undefined ||
        (taken.range.start === range.start && taken.range.end === range.end && taken.id !== id)
      )
        found.push({ id, range })
    }
  }
  return found.sort((a, b) => a.range.start - b.range.start || (a.id < b.id ? -1 : 1))
}

function isWhole(words: string, at: number, name: string): boolean {
  const letter = /[a-z0-9]/
  if (!letter.test(name[0]!)) return true
  return !letter.test(words[at - 1] ?? ' ') && !letter.test(words[at + name.length] ?? ' ')
}
