// Reads the fields of a parsed JSON object and refuses what is missing, unknown or of another form, under one error
// code. It knows forms, not meanings.

import type { CanonicalObject, CanonicalValue } from './canonical.ts'
import { RecordError, type RecordErrorCode } from './error.ts'

/** How one kind of document reports what is wrong with it. */
export interface FieldReader {
  /** An object with every required field, any optional ones, and no other. */
  object(
    value: CanonicalValue | undefined,
    where: string,
    required: readonly string[],
    optional?: readonly string[],
  ): CanonicalObject
  text(value: CanonicalValue | undefined, where: string, form: RegExp): string
  /** Standard base64 of a number of bytes within the bounds. */
  base64(value: CanonicalValue | undefined, where: string, bytesMin: number, bytesMax?: number): string
  integer(value: CanonicalValue | undefined, where: string, min: number, max: number): number
  array(value: CanonicalValue | undefined, where: string, countMin: number, countMax: number): readonly CanonicalValue[]
  /** One word of a closed list. */
  word<Word extends string>(value: CanonicalValue | undefined, where: string, words: readonly Word[]): Word
  /** Items that rise strictly by `key`, compared by UTF-16 code units: sorted, and none twice. */
  rising<Item>(items: readonly Item[], where: string, key: (item: Item) => string): readonly Item[]
  refuse(where: string, problem: string): never
}

// Exactly what `parseBase64` takes, at a fifth of its price: the last letter before padding has no spare bits set.
const base64Form = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/

/** How many bytes a text in base64 stands for. */
function base64Length(text: string): number {
  return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0)
}

/** A reader whose refusals carry `code`. */
export function createFieldReader(code: RecordErrorCode): FieldReader {
  function refuse(where: string, problem: string): never {
    throw new RecordError(code, `${where}: ${problem}`)
  }
  return {
    refuse,
    object(value, where, required, optional = []) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(where, 'not an object')
      const object = value as CanonicalObject
      let present = 0
      for (const name of required) {
        if (!Object.hasOwn(object, name)) refuse(where, `the field ${name} is missing`)
        present++
      }
      for (const name of optional) if (Object.hasOwn(object, name)) present++
      // The name of the stranger is not repeated: it is the sender's text.
      if (Object.keys(object).length !== present) refuse(where, 'a field is not known')
      return object
    },
    text(value, where, form) {
      if (typeof value !== 'string' || !form.test(value)) refuse(where, 'not text of the demanded form')
      return value
    },
    base64(value, where, bytesMin, bytesMax = bytesMin) {
      if (typeof value !== 'string') refuse(where, 'not text')
      const length = base64Length(value)
      if (length < bytesMin || length > bytesMax) refuse(where, 'not base64 of the demanded length')
      // Last, because it costs most.
      if (!base64Form.test(value)) refuse(where, 'not base64')
      return value
    },
    integer(value, where, min, max) {
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
        refuse(where, `not an integer from ${min} to ${max}`)
      }
      return value
    },
    array(value, where, countMin, countMax) {
      if (!Array.isArray(value) || value.length < countMin || value.length > countMax) {
        refuse(where, `not an array of ${countMin} to ${countMax} items`)
      }
      return value as readonly CanonicalValue[]
    },
    word(value, where, words) {
      const word = words.find((candidate) => candidate === value)
      if (word === undefined) refuse(where, 'not a known word')
      return word
    },
    rising(items, where, key) {
      for (let i = 1; i < items.length; i++) {
        if (key(items[i - 1]!) >= key(items[i]!)) refuse(where, 'not sorted, or one item twice')
      }
      return items
    },
  }
}
