// Shapes: what coded data must look like, as plain values that can be checked, listed and published as JSON Schema. The
// check is part of the validity predicate that every party must decide alike, so it is frozen here and not a library's.

import { codeLists, type Code, type CodeList } from './codes.ts'

declare const typed: unique symbol

/** What a shape is made of. A shape is data: this module alone interprets it. */
export type ShapeNode =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'codes'; readonly list: CodeList; readonly values: readonly string[] }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'date' }
  | { readonly kind: 'digest' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'language' }
  | {
      readonly kind: 'list'
      readonly item: ShapeNode
      readonly min: number
      readonly max: number
      readonly unique: boolean
    }
  | { readonly kind: 'object'; readonly required: Fields; readonly optional: Fields }
  | { readonly kind: 'party' }
  | {
      readonly kind: 'record'
      readonly key: ShapeNode
      readonly value: ShapeNode
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'signature' }
  | { readonly kind: 'text'; readonly lengthMax: number }
  | { readonly kind: 'token'; readonly lengthMax: number }
  | { readonly kind: 'zone' }

type Fields = Readonly<Record<string, ShapeNode>>

/** A shape whose checked values have the type T. */
export type Shape<T> = ShapeNode & { readonly [typed]?: T }
/** The type of the values that a shape lets through. */
export type Infer<S> = S extends { readonly [typed]?: infer T } ? T : never

type AnyFields = Readonly<Record<string, Shape<unknown>>>
type Flat<T> = { [K in keyof T]: T[K] }
type InferRequired<R extends AnyFields> = { readonly [K in keyof R]: Infer<R[K]> }

/** One code of a named closed list. */
export function codes<L extends CodeList>(list: L): Shape<Code<L>> {
  return { kind: 'codes', list, values: codeLists[list] }
}
/** Exactly this value. */
export function constant<const V extends string | number | boolean>(value: V): Shape<V> {
  return { kind: 'constant', value }
}
/** A SHA-256 digest: 64 lower-case hexadecimal digits. */
export function digest(): Shape<string> {
  return { kind: 'digest' }
}
/** An integer between two bounds, both included. */
export function integer(min: number, max: number): Shape<number> {
  return { kind: 'integer', min, max }
}
/** A moment: milliseconds since 1970 in UTC, before the year 10000. Nothing here compares it with a clock. */
export function moment(): Shape<number> {
  return integer(0, momentMax)
}
/** An Ed25519 signature: base64 of its 64 bytes, in the one way of writing them. */
export function signature(): Shape<string> {
  return { kind: 'signature' }
}
/** A second since 1970 in UTC, before the year 10000, and not the first one: 0 stands for none where times are stated. */
export function second(): Shape<number> {
  return integer(1, Math.floor(momentMax / 1000))
}
export function boolean(): Shape<boolean> {
  return { kind: 'boolean' }
}
/** A short machine name: `[a-z0-9]`, then `[a-z0-9.-]`. Never a natural person's name. */
export function token(lengthMax: number = tokenLengthMax): Shape<string> {
  return { kind: 'token', lengthMax }
}
/** A party id. */
export function party(): Shape<string> {
  return { kind: 'party' }
}
/** A BCP 47 tag of language, script and region only: `en`, `zh-Hans`, `pt-BR`. */
export function language(): Shape<string> {
  return { kind: 'language' }
}
/** The name of a time zone by its spelling (`Asia/Shanghai`, `UTC`); whether it exists is not asked of the machine. */
export function zone(): Shape<string> {
  return { kind: 'zone' }
}
/** A date of the calendar, `YYYY-MM-DD`, that exists. */
export function date(): Shape<string> {
  return { kind: 'date' }
}
/** Free text of at most this many UTF-16 units. For packs and bodies: no entry's data may hold it. */
export function text(lengthMax: number): Shape<string> {
  return { kind: 'text', lengthMax }
}
/** A list; `unique` refuses equal items (scalars only). */
export function list<T>(item: Shape<T>, bounds: { min?: number; max: number; unique?: boolean }): Shape<readonly T[]> {
  return { kind: 'list', item, min: bounds.min ?? 0, max: bounds.max, unique: bounds.unique ?? false }
}
/** A set of codes or tokens: a list without equal items and with at least one. */
export function set<T>(item: Shape<T>, max: number): Shape<readonly T[]> {
  return list(item, { min: 1, max, unique: true })
}
/** An object with these fields and no others. */
export function object<const R extends AnyFields>(required: R): Shape<InferRequired<R>>
/** An object with these fields, and perhaps those, and no others. */
export function object<const R extends AnyFields, const O extends AnyFields>(
  required: R,
  optional: O,
): Shape<Flat<InferRequired<R> & { readonly [K in keyof O]?: Infer<O[K]> }>>
export function object(required: AnyFields, optional: AnyFields = {}): Shape<object> {
  return { kind: 'object', required, optional }
}
/** An object whose field names are data themselves. */
export function record<K extends string, T>(
  key: Shape<K>,
  value: Shape<T>,
  bounds: { min?: number; max: number },
): Shape<Readonly<Record<string, T>>> {
  return { kind: 'record', key, value, min: bounds.min ?? 0, max: bounds.max }
}

const tokenLengthMax = 32
/** The last millisecond of the year 9999. */
const momentMax = 253_402_300_799_999
/** A check stops looking after this many reasons. */
export const reasonsMax = 32

export type ShapeCode =
  | 'shape.type'
  | 'shape.unknown-field'
  | 'shape.missing-field'
  | 'shape.code'
  | 'shape.constant'
  | 'shape.digest'
  | 'shape.signature'
  | 'shape.token'
  | 'shape.party'
  | 'shape.language'
  | 'shape.zone'
  | 'shape.date'
  | 'shape.range'
  | 'shape.length'
  | 'shape.duplicate'
  | 'shape.text'

/** Why a value does not fit: a stable code and a JSON pointer (RFC 6901). */
export interface ShapeReason {
  readonly code: ShapeCode
  readonly pointer: string
}

export type Checked<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'refused'; readonly reasons: readonly [ShapeReason, ...ShapeReason[]] }

/**
 * Checks a value that came out of a JSON parser. The value handed back is a fresh copy that holds the shape's fields and
 * nothing else. Reasons come in the order of the shape's fields, unknown fields last in the order of their names.
 */
export function checkShape<T>(shape: Shape<T>, value: unknown): Checked<T> {
  const reasons: ShapeReason[] = []
  const copy = read(shape, value, '', reasons)
  const [first, ...rest] = reasons.slice(0, reasonsMax)
  return first === undefined ? { kind: 'value', value: copy as T } : { kind: 'refused', reasons: [first, ...rest] }
}

/** The spellings that the check and the published schemas share. */
export const patterns = {
  digest: /^[0-9a-f]{64}$/,
  language: /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/,
  signature: /^[A-Za-z0-9+/]{85}[AQgw]==$/,
  party: /^[a-z][a-z0-9-]{0,15}$/,
  token: /^[a-z0-9][a-z0-9.-]*$/,
  zone: /^[A-Z][A-Za-z]{1,13}(?:\/[A-Z][A-Za-z_-]{1,19}){0,2}$/,
} as const

function read(node: ShapeNode, value: unknown, pointer: string, reasons: ShapeReason[]): unknown {
  if (reasons.length >= reasonsMax) return undefined
  const refuse = (code: ShapeCode, at: string = pointer): undefined => {
    reasons.push({ code, pointer: at })
    return undefined
  }
  const matching = (pattern: RegExp, code: ShapeCode, lengthMax = Infinity): string | undefined => {
    if (typeof value !== 'string') return refuse('shape.type')
    return value.length <= lengthMax && pattern.test(value) ? value : refuse(code)
  }
  switch (node.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse('shape.type')
    case 'codes':
      if (typeof value !== 'string') return refuse('shape.type')
      return node.values.includes(value) ? value : refuse('shape.code')
    case 'constant':
      if (typeof value !== typeof node.value) return refuse('shape.type')
      return value === node.value ? value : refuse('shape.constant')
    case 'digest':
      return matching(patterns.digest, 'shape.digest')
    case 'signature':
      return matching(patterns.signature, 'shape.signature')
    case 'token':
      return matching(patterns.token, 'shape.token', node.lengthMax)
    case 'party':
      return matching(patterns.party, 'shape.party')
    case 'language':
      return matching(patterns.language, 'shape.language')
    case 'zone':
      return matching(patterns.zone, 'shape.zone')
    case 'date':
      if (typeof value !== 'string') return refuse('shape.type')
      return isDate(value) ? value : refuse('shape.date')
    case 'integer':
      if (typeof value !== 'number') return refuse('shape.type')
      // JSON keeps no difference between 0 and -0, so neither may a verdict.
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) return refuse('shape.range')
      return value >= node.min && value <= node.max ? value : refuse('shape.range')
    case 'text':
      if (typeof value !== 'string') return refuse('shape.type')
      if (value.length === 0 || value.length > node.lengthMax) return refuse('shape.length')
      return value.isWellFormed() ? value : refuse('shape.text')
    case 'list':
      return readList(node, value, pointer, reasons, refuse)
    case 'object':
      return readObject(node, value, pointer, reasons, refuse)
    case 'record':
      return readRecord(node, value, pointer, reasons, refuse)
  }
}

type Refuse = (code: ShapeCode, at?: string) => undefined

function readList(
  node: ShapeNode & { kind: 'list' },
  value: unknown,
  pointer: string,
  reasons: ShapeReason[],
  refuse: Refuse,
): unknown {
  if (!Array.isArray(value)) return refuse('shape.type')
  if (value.length < node.min || value.length > node.max) return refuse('shape.length')
  const items: unknown[] = []
  const met = new Set<unknown>()
  for (let i = 0; i < value.length; i++) {
    const item: unknown = value[i]
    if (node.unique && met.has(item)) refuse('shape.duplicate', `${pointer}/${i}`)
    met.add(item)
    items.push(read(node.item, item, `${pointer}/${i}`, reasons))
  }
  return items
}

function readObject(
  node: ShapeNode & { kind: 'object' },
  value: unknown,
  pointer: string,
  reasons: ShapeReason[],
  refuse: Refuse,
): unknown {
  if (!isObject(value)) return refuse('shape.type')
  const copy: Record<string, unknown> = {}
  for (const [name, shape] of Object.entries(node.required)) {
    const at = `${pointer}/${formatPointerPart(name)}`
    if (Object.hasOwn(value, name)) copy[name] = read(shape, value[name], at, reasons)
    else refuse('shape.missing-field', at)
  }
  for (const [name, shape] of Object.entries(node.optional)) {
    if (Object.hasOwn(value, name)) {
      copy[name] = read(shape, value[name], `${pointer}/${formatPointerPart(name)}`, reasons)
    }
  }
  for (const name of Object.keys(value).sort()) {
    if (!Object.hasOwn(node.required, name) && !Object.hasOwn(node.optional, name)) {
      refuse('shape.unknown-field', `${pointer}/${formatPointerPart(name)}`)
    }
  }
  return copy
}

function readRecord(
  node: ShapeNode & { kind: 'record' },
  value: unknown,
  pointer: string,
  reasons: ShapeReason[],
  refuse: Refuse,
): unknown {
  if (!isObject(value)) return refuse('shape.type')
  const names = Object.keys(value).sort()
  if (names.length < node.min || names.length > node.max) return refuse('shape.length')
  const copy: Record<string, unknown> = {}
  for (const name of names) {
    const at = `${pointer}/${formatPointerPart(name)}`
    const before = reasons.length
    read(node.key, name, at, reasons)
    // A name that is refused is not copied: it could be `__proto__`.
    if (reasons.length === before) copy[name] = read(node.value, value[name], at, reasons)
  }
  return copy
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDate(value: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(value)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= days[month - 1]!
}

function formatPointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
