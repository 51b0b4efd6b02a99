// Reads our own vectors of vectors/record. They spell bytes as text where they are well-formed UTF-8, in hexadecimal where
// they are not, and as runs where they are long and dull.

import { readFileSync } from 'node:fs'
import { formatUtf8, parseHex } from '../src/bytes.ts'

/** `runs` is a list of [hexadecimal, how often]. */
export type VectorBytes = { text: string } | { hex: string } | { runs: [string, number][] }

export function bytesOfVector(vector: VectorBytes): Uint8Array {
  if ('text' in vector) return formatUtf8(vector.text)
  if ('hex' in vector) return parseHex(vector.hex)
  return parseHex(vector.runs.map(([hex, count]) => hex.repeat(count)).join(''))
}

/** A file of vectors/record; the caller names its shape. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export function readRecordVectors<Shape = unknown>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`../../../vectors/record/${name}.json`, import.meta.url), 'utf8')) as Shape
}
