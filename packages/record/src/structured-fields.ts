// The part of structured HTTP fields (RFC 8941) that signatures need: dictionaries of inner lists and of byte sequences,
// with parameters that are strings, integers or true. Read as strictly as they are written: one value, one spelling.

import { parseBase64 } from './bytes.ts'
import { RecordError } from './error.ts'

export type BareItem = string | number | true
/** In the order of the field, which a signature covers. */
export type Parameters = ReadonlyMap<string, BareItem>
export interface Item {
  readonly value: string
  readonly parameters: Parameters
}
export interface InnerList {
  readonly items: readonly Item[]
  readonly parameters: Parameters
}

export const structuredFieldLengthMax = 8192
export const dictionaryMembersMax = 16
export const innerListItemsMax = 64
export const parametersMax = 16

const keyForm = /[a-z*][a-z0-9_.*-]*/y
const integerForm = /(?:0|[1-9][0-9]{0,14})(?![0-9.])/y
const stringForm = /"((?:[ !#-[\]-~]|\\["\\])*)"/y
const bytesForm = /:([A-Za-z0-9+/]*={0,2}):/y

function refuse(problem: string): never {
  throw new RecordError('http-signature.malformed', problem)
}

/** A place in a field's text, which only moves forward. */
class Cursor {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    if (text.length > structuredFieldLengthMax) refuse('a field is longer than its limit')
    this.#text = text
  }

  get ended(): boolean {
    return this.#at === this.#text.length
  }

  accept(literal: string): boolean {
    if (!this.#text.startsWith(literal, this.#at)) return false
    this.#at += literal.length
    return true
  }

  demand(literal: string): void {
    if (!this.accept(literal)) refuse(`${literal} is missing in a structured field`)
  }

  match(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at
    const found = form.exec(this.#text)
    if (found === null) return undefined
    this.#at = form.lastIndex
    return found
  }
}

function parseKey(cursor: Cursor): string {
  return cursor.match(keyForm)?.[0] ?? refuse('a key is missing in a structured field')
}

function parseString(cursor: Cursor): string | undefined {
  return cursor.match(stringForm)?.[1]?.replaceAll(/\\(["\\])/g, '$1')
}

function parseParameters(cursor: Cursor): Parameters {
  const parameters = new Map<string, BareItem>()
  while (cursor.accept(';')) {
    const key = parseKey(cursor)
    if (parameters.has(key)) refuse('a parameter stands twice')
    if (parameters.size === parametersMax) refuse('there are too many parameters')
    if (cursor.accept('=')) {
      const integer = cursor.match(integerForm)?.[0]
      parameters.set(
        key,
        integer === undefined ? (parseString(cursor) ?? refuse('a parameter is of no known form')) : Number(integer),
      )
    } else parameters.set(key, true)
  }
  return parameters
}

function parseInnerList(cursor: Cursor): InnerList {
  cursor.demand('(')
  const items: Item[] = []
  while (!cursor.accept(')')) {
    if (items.length > 0) cursor.demand(' ')
    if (items.length === innerListItemsMax) refuse('an inner list is too long')
    const value = parseString(cursor) ?? refuse('an item of an inner list is no string')
    items.push({ value, parameters: parseParameters(cursor) })
  }
  return { items, parameters: parseParameters(cursor) }
}

function parseDictionary<Member>(text: string, parseMember: (cursor: Cursor) => Member): Map<string, Member> {
  const cursor = new Cursor(text)
  const members = new Map<string, Member>()
  do {
    const key = parseKey(cursor)
    // RFC 8941 lets the last of two win, so two readers may see two different fields; here neither wins.
    if (members.has(key)) refuse('a member of a dictionary stands twice')
    if (members.size === dictionaryMembersMax) refuse('a dictionary has too many members')
    cursor.demand('=')
    members.set(key, parseMember(cursor))
  } while (cursor.accept(', '))
  if (!cursor.ended) refuse('something stands after a structured field')
  return members
}

/** @throws RecordError `http-signature.malformed`. */
export function parseInnerLists(text: string): Map<string, InnerList> {
  return parseDictionary(text, parseInnerList)
}

/** @throws RecordError `http-signature.malformed`. */
export function parseByteSequences(text: string): Map<string, Uint8Array> {
  return parseDictionary(text, (cursor) => {
    const base64 = cursor.match(bytesForm)?.[1] ?? refuse('a member of a dictionary is no byte sequence')
    try {
      return parseBase64(base64)
    } catch (cause) {
      throw new RecordError('http-signature.malformed', 'a byte sequence is not canonical base64', { cause })
    }
  })
}

function formatString(value: string): string {
  if (!/^[ -~]*$/.test(value)) refuse('a string of a structured field is not printable ASCII')
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
}

function formatKey(key: string): string {
  if (!/^[a-z*][a-z0-9_.*-]*$/.test(key)) refuse('a key of a structured field is of another form')
  return key
}

function formatParameters(parameters: Parameters): string {
  let text = ''
  for (const [key, value] of parameters) {
    text += `;${formatKey(key)}`
    if (typeof value === 'string') text += `=${formatString(value)}`
    else if (typeof value === 'number') {
      if (!Number.isSafeInteger(value) || value < 0 || value >= 1e15)
        refuse('an integer of a structured field is out of range')
      text += `=${value}`
    }
  }
  return text
}

/** A string with its parameters. @throws RecordError `http-signature.malformed`. */
export function formatItem(item: Item): string {
  return formatString(item.value) + formatParameters(item.parameters)
}

/** @throws RecordError `http-signature.malformed`. */
export function formatInnerList(list: InnerList): string {
  return `(${list.items.map(formatItem).join(' ')})${formatParameters(list.parameters)}`
}

/** @throws RecordError `http-signature.malformed`. */
export function formatInnerLists(lists: ReadonlyMap<string, InnerList>): string {
  return Array.from(lists, ([key, list]) => `${formatKey(key)}=${formatInnerList(list)}`).join(', ')
}

/** @throws RecordError `http-signature.malformed`. */
export function formatByteSequences(members: ReadonlyMap<string, Uint8Array>): string {
  return Array.from(members, ([key, bytes]) => `${formatKey(key)}=:${bytes.toBase64()}:`).join(', ')
}
