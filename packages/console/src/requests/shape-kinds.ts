// What a shape of the mechanism is to a form: which control it takes. No words and no drawing here.

import { atMillisecondsMax } from '@parley/record'
import { receiptField } from '@parley/mechanism'
import type { Shape } from '@parley/mechanism'

/** True for the shape of a moment: an integer as large as only moments may be. */
export function isMoment(node: Shape<unknown>): boolean {
  return node.kind === 'integer' && node.max === atMillisecondsMax
}

/** The most numbers that are offered one by one. */
const scaleMax = 10
/** The most codes that are offered side by side; more are folded away. */
export const openChoicesMax = 8

export type Control =
  | { readonly kind: 'one'; readonly list: string; readonly values: readonly string[] }
  | { readonly kind: 'some'; readonly list: string; readonly values: readonly string[] }
  | { readonly kind: 'languages' }
  | { readonly kind: 'commitments' }
  | { readonly kind: 'party' }
  | { readonly kind: 'parties' }
  | { readonly kind: 'moment' }
  | { readonly kind: 'scale'; readonly min: number; readonly max: number }
  | { readonly kind: 'token'; readonly lengthMax: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'group'; readonly fields: readonly FieldSpec[] }
  /** Objects of one shape, as many as `max`, each on its own. */
  | { readonly kind: 'rows'; readonly fields: readonly FieldSpec[]; readonly max: number }
  /** A minute of the day; `isEnd` where midnight is the end of the day. */
  | { readonly kind: 'minute'; readonly isEnd: boolean }
  | { readonly kind: 'weekdays' }
  /** What the clocks of a zone show, which the page works out. */
  | { readonly kind: 'offsets' }
  /** Nothing a person can fill in here. */
  | { readonly kind: 'none' }

export interface FieldSpec {
  readonly name: string
  readonly required: boolean
  readonly control: Control
}

/** Digests that a person copies from a page; all others are filled in by the page itself. */
const named: ReadonlySet<string> = new Set(['earlier', 'extension', 'request'])
const digestLength = 64
/** The longest name in the zone database is half of this. */
const zoneLengthMax = 64

const dayMinutes = 1440
const weekDays = 7

/** The control for a shape. `cites` is told by its name: its tokens are commitments of the agreement. */
export function controlOf(name: string, node: Shape<unknown>): Control {
  switch (node.kind) {
    case 'codes':
      return { kind: 'one', list: node.list, values: node.values }
    case 'boolean':
      return { kind: 'boolean' }
    case 'party':
      return { kind: 'party' }
    case 'zone':
      return { kind: 'token', lengthMax: zoneLengthMax }
    case 'token':
      return { kind: 'token', lengthMax: node.lengthMax }
    case 'integer':
      if (isMoment(node)) return { kind: 'moment' }
      if (node.max === dayMinutes - 1 || node.max === dayMinutes) {
        return { kind: 'minute', isEnd: node.max === dayMinutes }
      }
      return node.max - node.min < scaleMax ? { kind: 'scale', min: node.min, max: node.max } : { kind: 'none' }
    case 'list':
      if (node.item.kind === 'codes') return { kind: 'some', list: node.item.list, values: node.item.values }
      if (node.item.kind === 'party') return { kind: 'parties' }
      if (node.item.kind === 'language') return { kind: 'languages' }
      if (node.item.kind === 'integer' && node.item.max === weekDays) return { kind: 'weekdays' }
      if (name === 'offsets') return { kind: 'offsets' }
      if (node.item.kind === 'object') return rowsOf(node.item, node.max)
      return name === 'cites' ? { kind: 'commitments' } : { kind: 'none' }
    case 'object':
      // The node itself puts in a receipt.
      return name === receiptField ? { kind: 'none' } : { kind: 'group', fields: listFields(node) }
    case 'digest':
      return named.has(name) ? { kind: 'token', lengthMax: digestLength } : { kind: 'none' }
    case 'constant':
    case 'date':
    case 'language':
    case 'record':
    case 'signature':
    case 'text':
      return { kind: 'none' }
  }
}

/** Rows that a person can fill in whole, or nothing. */
function rowsOf(item: Shape<unknown>, max: number): Control {
  const required = item.kind === 'object' ? Object.entries(item.required) : []
  const isWhole = required.every(([name, node]) => controlOf(name, node).kind !== 'none')
  return isWhole ? { kind: 'rows', fields: listFields(item), max } : { kind: 'none' }
}

/** The fields of an object's shape that a person can fill in, those that must be first. */
export function listFields(node: Shape<unknown>): readonly FieldSpec[] {
  if (node.kind !== 'object') return []
  const specs = (fields: Readonly<Record<string, Shape<unknown>>>, required: boolean) =>
    Object.entries(fields).map(([name, field]): FieldSpec => ({ name, required, control: controlOf(name, field) }))
  return [...specs(node.required, true), ...specs(node.optional, false)].filter(
    ({ control }) => control.kind !== 'none',
  )
}
