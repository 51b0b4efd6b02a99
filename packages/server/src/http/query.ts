// Reads a query string without guessing: a name once, escapes whole, nothing that the operation does not declare.

import type { Operation } from '@parley/api'
import { HttpError } from './error.ts'
import { fieldProblems } from './field-problems.ts'
import { queryLengthMax } from './limits.ts'

/**
 * Reads the query of an operation.
 *
 * @param text what follows the question mark; empty when nothing does
 * @throws {HttpError} `http.query`
 */
export function openQuery(operation: Operation, text: string): Record<string, unknown> {
  if (text.length > queryLengthMax) throw new HttpError('http.query', `The query is over ${queryLengthMax} characters`)
  const pairs = new Map<string, string>()
  for (const pair of text === '' ? [] : text.split('&')) {
    const equals = pair.indexOf('=')
    if (equals < 1) throw new HttpError('http.query', 'A part of the query has no name or no value')
    const name = decoded(pair.slice(0, equals))
    if (pairs.has(name)) throw new HttpError('http.query', 'A name stands twice in the query')
    pairs.set(name, decoded(pair.slice(equals + 1)))
  }
  // An object from pairs has own properties only, whatever they are called.
  const query = Object.fromEntries(pairs)
  if (operation.query === undefined) {
    if (pairs.size > 0) throw new HttpError('http.query', 'This operation takes no query')
    return {}
  }
  const result = operation.query.safeParse(query)
  if (!result.success) {
    const errors = fieldProblems(result.error, query)
    throw new HttpError('http.query', 'The query is not as this operation takes it', { errors })
  }
  return result.data
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new HttpError('http.query', 'An escape in the query is not UTF-8', { cause })
  }
}
