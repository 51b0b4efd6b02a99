// What the main thread and a SQLite worker say to each other. Bytes travel in one buffer that is handed over, not cloned:
// a clone would copy the whole buffer behind each view, which for an entry of a delivery is the whole delivery.

import type { Value } from '../value.ts'

/** Lists of values whose bytes lie one after another in `bytes`; `places` holds list, index, offset, length of each. */
export interface PackedValues {
  readonly lists: Value[][]
  readonly places: readonly number[]
  readonly bytes: ArrayBuffer
}

export interface WorkerSettings {
  readonly path: string
  readonly role: 'writer' | 'reader'
}

/** `run`: the statements in one transaction; `read`: one query; `close`: finish and let go of the file. */
export type WorkerRequest =
  | {
      readonly kind: 'run'
      readonly texts: readonly string[]
      readonly changes: readonly (number | undefined)[]
      readonly values: PackedValues
    }
  | { readonly kind: 'read'; readonly text: string; readonly values: PackedValues }
  | { readonly kind: 'purge' }
  | { readonly kind: 'close' }

/** `errcode` is SQLite's extended result code; `unmet` is the statement that changed another number of rows than it must. */
export type WorkerAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'changed'; readonly changes: readonly number[] }
  | { readonly kind: 'rows'; readonly columns: readonly string[]; readonly values: PackedValues }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'refused'
      readonly message: string
      readonly errcode: number | undefined
      readonly unmet: boolean
    }
  | { readonly kind: 'undurable'; readonly message: string }

/** Gathers the bytes of all lists into one buffer. The lists are copied; the values' own buffers stay untouched. */
export function packValues(lists: readonly (readonly Value[])[]): PackedValues {
  const places: number[] = []
  let length = 0
  const packed: Value[][] = []
  for (const [list, values] of lists.entries()) {
    const copy = [...values]
    for (const [index, value] of copy.entries()) {
      if (!(value instanceof Uint8Array)) continue
      places.push(list, index, length, value.length)
      length += value.length
    }
    packed.push(copy)
  }
  const bytes = new Uint8Array(length)
  for (let i = 0; i < places.length; i += 4) {
    const values = packed[places[i]!]!
    const index = places[i + 1]!
    bytes.set(values[index] as Uint8Array, places[i + 2])
    values[index] = null
  }
  return { lists: packed, places, bytes: bytes.buffer }
}

/**
 * The lists as they were before packing. `own`: each value gets a buffer of its own, so that whoever keeps one digest
 * does not keep a page of entries with it; otherwise the values are views.
 */
export function unpackValues(packed: PackedValues, own: boolean): Value[][] {
  const { lists, places } = packed
  const bytes = new Uint8Array(packed.bytes)
  for (let i = 0; i < places.length; i += 4) {
    const start = places[i + 2]!
    const end = start + places[i + 3]!
    lists[places[i]!]![places[i + 1]!] = own ? bytes.slice(start, end) : bytes.subarray(start, end)
  }
  return lists
}
