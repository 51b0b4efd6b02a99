// What a signature may cover of an HTTP message (RFC 9421 section 2): the value of each component, made from a request or
// a response that somebody else has received. It knows no signature.

import { RecordError } from './error.ts'
import type { Item } from './structured-fields.ts'

/** Header fields in the order in which they came; names in any case, a name as often as it came. */
export type HttpFields = Iterable<readonly [name: string, value: string]>

export interface HttpRequest {
  readonly method: string
  /** Absolute, and spelled as the WHATWG URL serialiser spells it, so that nobody reads another address from it. */
  readonly targetUri: string
  readonly fields: HttpFields
}

export interface HttpResponse {
  readonly status: number
  readonly fields: HttpFields
}

function refuse(problem: string): never {
  throw new RecordError('http-signature.malformed', problem)
}

function parseTarget(targetUri: string): URL {
  const url = URL.parse(targetUri)
  if (url === null || url.href !== targetUri || url.hash !== '' || url.username !== '' || url.password !== '') {
    refuse('the target URI is not in its one spelling')
  }
  return url
}

/** As the form-urlencoded serialiser, but with %20 for a space (RFC 9421 section 2.2.8). */
function encodeQuery(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

function queryParameter(url: URL, encodedName: string): string {
  const values = [...url.searchParams].filter(([name]) => encodeQuery(name) === encodedName)
  // Which of two values counts is read differently everywhere, so neither can be signed.
  if (values.length !== 1) refuse('a query parameter is not there exactly once')
  return encodeQuery(values[0]![1])
}

function ofRequest(request: HttpRequest, { value: name, parameters }: Item): string {
  const url = parseTarget(request.targetUri)
  if (name === '@query-param') {
    const queryName = parameters.get('name')
    if (typeof queryName !== 'string' || parameters.size !== 1) refuse('a query parameter is not named')
    return queryParameter(url, queryName)
  }
  switch (name) {
    case '@method':
      return request.method
    case '@target-uri':
      return request.targetUri
    case '@authority':
      return url.host
    case '@scheme':
      return url.protocol.slice(0, -1)
    case '@path':
      return url.pathname
    case '@query':
      // A lone question mark stands for an empty query and for none.
      return url.search === '' ? '?' : url.search
    default:
      return refuse('a component is not one of a request')
  }
}

function ofFields(fields: HttpFields, name: string): string {
  if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) refuse('the name of a field is not written in lower case')
  const values: string[] = []
  for (const [key, value] of fields) {
    // A folded line counts as one space (RFC 9421 section 2.1).
    if (key.toLowerCase() === name)
      values.push(value.replaceAll(/[ \t]*\r?\n[ \t]+/g, ' ').replaceAll(/^[ \t]+|[ \t]+$/g, ''))
  }
  if (values.length === 0) refuse('a covered field is not in the message')
  return values.join(', ')
}

/**
 * The value of one component of a message.
 *
 * @throws RecordError `http-signature.malformed` for a component that the message does not have, that is not supported
 * (`sf`, `key`, `bs`, `tr`, `req`, `@request-target`), or whose value is not printable ASCII.
 */
export function componentValue(message: HttpRequest | HttpResponse, component: Item): string {
  const { value: name, parameters } = component
  let value: string
  if (name !== '@query-param' && parameters.size > 0) refuse('a component has a parameter that is not supported')
  if (!name.startsWith('@')) value = ofFields(message.fields, name)
  else if ('method' in message) value = ofRequest(message, component)
  else if (name === '@status') value = String(message.status)
  else refuse('a component is not one of a response')
  // A line feed here would let one component pretend to be two.
  if (!/^[ -~\t]*$/.test(value)) refuse('the value of a component is not printable ASCII')
  return value
}
