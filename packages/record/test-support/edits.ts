// Small changes to long bytes, so that a vector of what is refused says what is wrong with it instead of repeating it all.

import { concatBytes, formatHex, parseHex } from '../src/bytes.ts'

/** In place of `length` bytes from `offset` on, these in hexadecimal. */
export type Edit = readonly [offset: number, length: number, hex: string]

export function applyEdit(bytes: Uint8Array, [offset, length, hex]: Edit): Uint8Array {
  return concatBytes(bytes.subarray(0, offset), parseHex(hex), bytes.subarray(offset + length))
}

/** The one edit that makes `after` of `before`. */
export function editBetween(before: Uint8Array, after: Uint8Array): Edit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return [start, before.length - start - end, formatHex(after.subarray(start, after.length - end))]
}
