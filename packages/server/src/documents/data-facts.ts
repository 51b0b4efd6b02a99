// The coded data of an act in words, by the shape of its type. Codes of a type or list that has no word are printed as they
// were recorded.

import { atMillisecondsMax } from '@parley/record'
import type { CanonicalObject } from '@parley/record'
import { carriedReceipt, findType, MechanismError, receiptField, wordOf } from '@parley/mechanism'
import type { Shape, WordLanguage } from '@parley/mechanism'
import { documentWord } from './wording.ts'
import { printMoment } from './moment.ts'

/** A name and a value, both in one language. */
export type Fact = readonly [name: string, value: string]

const separators: Readonly<Record<WordLanguage, string>> = { en: ', ', 'zh-Hans': '、' }

/** The word of a key, or the code itself where this version has none. */
export function wordOrCode(language: WordLanguage, list: string, code: string): string {
  try {
    return wordOf(language, `${list}.${code}`)
  } catch (error) {
    if (error instanceof MechanismError && error.code === 'word.unknown') return code
    throw error
  }
}

/** The fields of an act's data in the order of its shape. */
export function listDataFacts(language: WordLanguage, type: string, data: Readonly<Record<string, unknown>>): Fact[] {
  const shape = findType(type)?.shape
  const fields = shape?.kind === 'object' ? { ...shape.required, ...shape.optional } : {}
  const order = Object.keys(fields)
  return Object.entries(data)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([name, value]) => [
      wordOrCode(language, 'field', name),
      (name === receiptField ? printReceipt(language, type, data) : undefined) ??
        printValue(language, value, fields[name]),
    ])
}

/** By when the other side certainly held what it was asked; undefined for data that was never valid. */
function printReceipt(
  language: WordLanguage,
  type: string,
  data: Readonly<Record<string, unknown>>,
): string | undefined {
  const receipt = carriedReceipt(type, data as CanonicalObject)
  if (receipt === undefined) return undefined
  const time = printMoment(language, receipt.time * 1000)
  return documentWord(language, 'receivedBy', { party: receipt.party, time })
}

function printValue(language: WordLanguage, value: unknown, shape: Shape<unknown> | undefined): string {
  if (Array.isArray(value)) {
    const item = shape?.kind === 'list' ? shape.item : undefined
    return value.map((one) => printValue(language, one, item)).join(separators[language])
  }
  if (typeof value === 'object' && value !== null) {
    const fields = shape?.kind === 'object' ? { ...shape.required, ...shape.optional } : {}
    return Object.entries(value)
      .map(([name, one]) => `${wordOrCode(language, 'field', name)} ${printValue(language, one, fields[name])}`)
      .join(separators[language])
  }
  if (typeof value === 'boolean') return documentWord(language, value ? 'yes' : 'no')
  if (typeof value === 'number') {
    return shape?.kind === 'integer' && shape.max === atMillisecondsMax ? printMoment(language, value) : String(value)
  }
  const text = String(value)
  return shape?.kind === 'codes' ? wordOrCode(language, shape.list, text) : text
}
