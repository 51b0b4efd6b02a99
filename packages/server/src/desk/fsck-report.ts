// What a check of the store found: every difference between what is stored and what follows from the entries, by name.

/** What differs: a row or a file, or one fact of it. Words are added, never renamed. */
export type DifferenceKind =
  | 'genesis'
  | 'card'
  | 'pack'
  | 'log'
  | 'entry'
  | 'verdict'
  | 'tile'
  | 'head'
  | 'cosignature'
  | 'receipt'
  | 'fork'
  | 'lock'
  | 'body'
  | 'subject'
  | 'text'
  | 'security-event'
  | 'evidence'
  | 'draft'
  | 'release'

/** Where it is, as far as that is told by each. */
export interface DifferencePlace {
  readonly origin?: string
  /** Of an entry, the first hash of a tile that differs, or a piece of a file. */
  readonly position?: number
  readonly level?: number
  readonly size?: number
  readonly cosigner?: string
  readonly channel?: string
  readonly subject?: string
  readonly party?: string
  readonly digest?: string
  readonly draft?: string
  /** In the folder of evidence. */
  readonly file?: string
  /** The column or the field. */
  readonly field?: string
}

export interface Difference {
  readonly what: DifferenceKind
  readonly where: DifferencePlace
  readonly expected: string
  readonly found: string
}

/** One damaged entry can spoil everything behind it: more than these are counted and not listed. */
export const differencesListedMax = 1000
const valueLengthMax = 200

export interface DifferenceList {
  readonly listed: readonly Difference[]
  readonly count: number
  add(what: DifferenceKind, where: DifferencePlace, expected: unknown, found: unknown): void
  /** Adds a difference unless the two are equal: bytes by their bytes, everything else by its text. */
  compare(what: DifferenceKind, where: DifferencePlace, expected: unknown, found: unknown): void
}

export function createDifferenceList(): DifferenceList {
  const listed: Difference[] = []
  let count = 0
  function add(what: DifferenceKind, where: DifferencePlace, expected: unknown, found: unknown): void {
    count += 1
    if (listed.length < differencesListedMax) {
      listed.push({ what, where, expected: describe(expected), found: describe(found) })
    }
  }
  return {
    listed,
    get count() {
      return count
    },
    add,
    compare(what, where, expected, found) {
      if (describe(expected, Infinity) !== describe(found, Infinity)) add(what, where, expected, found)
    },
  }
}

function describe(value: unknown, lengthMax = valueLengthMax): string {
  const text =
    value === undefined || value === null
      ? 'nothing'
      : value instanceof Uint8Array
        ? value.toHex()
        : typeof value === 'string'
          ? value
          : (JSON.stringify(value) ?? 'nothing')
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text
}
