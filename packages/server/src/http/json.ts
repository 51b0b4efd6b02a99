// A strict reader of JSON from outside: RFC 8259 less what parsers disagree about. Duplicate names, numbers that are not
// safe integers, lone surrogates and `__proto__` are refused, and depth and numbers of things are bounded while reading.

import { HttpError } from './error.ts'
import { jsonDepthMax, jsonMembersMax, jsonValuesMax } from './limits.ts'

interface Reading {
  readonly text: string
  at: number
  values: number
}

/**
 * Reads one JSON value from UTF-8.
 *
 * @throws {HttpError} `http.json`
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new HttpError('http.json', 'The body is not UTF-8', { cause })
  }
  const reading: Reading = { text, at: 0, values: 0 }
  const value = readValue(reading, 0)
  skipSpace(reading)
  if (reading.at !== text.length) throw refuse('Something follows the JSON value')
  return value
}

function refuse(detail: string): HttpError {
  return new HttpError('http.json', detail)
}

function readValue(reading: Reading, depth: number): unknown {
  skipSpace(reading)
  reading.values += 1
  if (reading.values > jsonValuesMax) throw refuse(`The body holds more than ${jsonValuesMax} values`)
  switch (reading.text[reading.at]) {
    case '{':
      return readObject(reading, depth + 1)
    case '[':
      return readArray(reading, depth + 1)
    case '"':
      return readString(reading)
    case 't':
      return readWord(reading, 'true', true)
    case 'f':
      return readWord(reading, 'false', false)
    case 'n':
      return readWord(reading, 'null', null)
    case undefined:
    default:
      return readInteger(reading)
  }
}

function readObject(reading: Reading, depth: number): Record<string, unknown> {
  if (depth > jsonDepthMax) throw refuse(`The body is nested deeper than ${jsonDepthMax}`)
  const object: Record<string, unknown> = {}
  let members = 0
  reading.at += 1
  if (skipCharacter(reading, '}')) return object
  do {
    skipSpace(reading)
    const name = readString(reading)
    if (name === '__proto__') throw refuse('A member may not be named __proto__')
    if (Object.hasOwn(object, name)) throw refuse('An object has two members of one name')
    members += 1
    if (members > jsonMembersMax) throw refuse(`An object has more than ${jsonMembersMax} members`)
    if (!skipCharacter(reading, ':')) throw refuse('A member has no value')
    object[name] = readValue(reading, depth)
  } while (skipCharacter(reading, ','))
  if (!skipCharacter(reading, '}')) throw refuse('An object does not end')
  return object
}

function readArray(reading: Reading, depth: number): unknown[] {
  if (depth > jsonDepthMax) throw refuse(`The body is nested deeper than ${jsonDepthMax}`)
  const array: unknown[] = []
  reading.at += 1
  if (skipCharacter(reading, ']')) return array
  do array.push(readValue(reading, depth))
  while (skipCharacter(reading, ','))
  if (!skipCharacter(reading, ']')) throw refuse('An array does not end')
  return array
}

function readString(reading: Reading): string {
  const { text } = reading
  if (text[reading.at] !== '"') throw refuse('A string was expected')
  const start = reading.at
  let escaped = false
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x22) {
      reading.at = at + 1
      const value = escaped ? unescaped(text.slice(start, at + 1)) : text.slice(start + 1, at)
      if (!value.isWellFormed()) throw refuse('A string holds half a surrogate pair')
      return value
    }
    if (unit < 0x20) throw refuse('A string holds a control character')
    if (unit === 0x5c) {
      escaped = true
      at += 1
    }
  }
  throw refuse('A string does not end')
}

function unescaped(literal: string): string {
  try {
    return JSON.parse(literal) as string
  } catch (cause) {
    throw new HttpError('http.json', 'A string holds an unknown escape', { cause })
  }
}

function readWord<T>(reading: Reading, word: string, value: T): T {
  if (!reading.text.startsWith(word, reading.at)) throw refuse('This is not a JSON value')
  reading.at += word.length
  return value
}

function readInteger(reading: Reading): number {
  const pattern = /-?(?:0|[1-9][0-9]{0,15})(?![0-9.eE])/y
  pattern.lastIndex = reading.at
  const literal = pattern.exec(reading.text)?.[0]
  const value = Number(literal)
  // Other readers disagree about fractions, about large numbers and about minus nought.
  if (literal === undefined || !Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw refuse('This is not a JSON value, or a number that is not a safe integer')
  }
  reading.at = pattern.lastIndex
  return value
}

function skipSpace(reading: Reading): void {
  for (;;) {
    const unit = reading.text.charCodeAt(reading.at)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
    reading.at += 1
  }
}

function skipCharacter(reading: Reading, character: string): boolean {
  skipSpace(reading)
  if (reading.text[reading.at] !== character) return false
  reading.at += 1
  return true
}
